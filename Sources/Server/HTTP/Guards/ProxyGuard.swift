import HTTPTypes

/// Takes the client's address from a proxy on this machine, which gives it as `X-Real-IP`. Others are not believed.
struct ProxyGuard: RequestGuard {
  private static let field = HTTPField.Name("X-Real-IP").unsafelyUnwrapped

  func check(_ request: inout ServerRequest) throws {
    guard request.client == "127.0.0.1" || request.client == "::1" else { return }
    let given = request.headers[values: ProxyGuard.field]
    guard given.count == 1, let address = given.first, address.utf8.count <= 45,
      address.allSatisfy({ $0.isHexDigit || $0 == "." || $0 == ":" })
    else { return }
    request.client = address
  }
}
