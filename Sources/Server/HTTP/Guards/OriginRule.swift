import HTTPTypes

/// Which pages may change something: the server's own, and those of origins that a user named.
///
/// A page of any site can make a browser send requests here, with the browser's password for this server. Browsers say
/// in `Origin` and `Sec-Fetch-Site` whose page it was; programs send neither. The rule holds for every route, whatever
/// it answers.
package struct OriginRule: Sendable, Hashable {
  private let allowed: Set<String>

  /// - Parameter more: origins that a user gave, such as `https://notebooks.example.org`.
  package init(more: [String] = []) { allowed = Set(more.map { $0.lowercased() }) }

  /// - Throws: status 403 when another site's page wants to change something.
  package func check(_ request: ServerRequest) throws(APIError) {
    guard OriginRule.changes(request.method) else { return }
    let origins = request.headers[values: .origin]
    guard origins.count <= 1 else { throw OriginRule.refusal }
    if let origin = origins.first?.lowercased() {
      if allowed.contains(origin) { return }
      guard isOwn(origin, request.authority) else { throw OriginRule.refusal }
    }
    for site in request.headers[values: OriginRule.fetchSite] {
      guard site == "same-origin" || site == "none" else { throw OriginRule.refusal }
    }
  }

  /// Whether a method may change something; those that RFC 9110 calls safe do not.
  package static func changes(_ method: HTTPRequest.Method) -> Bool {
    ![.get, .head, .options].contains(method)
  }

  /// The host of the request was checked before. The scheme is not known behind a proxy that ends TLS.
  private func isOwn(_ origin: String, _ authority: String?) -> Bool {
    guard let authority = authority?.lowercased() else { return false }
    return origin == "http://\(authority)" || origin == "https://\(authority)"
  }

  private static let fetchSite = HTTPField.Name("Sec-Fetch-Site").unsafelyUnwrapped

  private static let refusal = APIError(
    "PERMISSION_DENIED",
    "Cross-origin request blocked: a page of another site may change nothing here.",
    status: 403)
}
