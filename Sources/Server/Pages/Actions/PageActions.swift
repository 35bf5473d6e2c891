import HTTPTypes
import Platform

/// What people change on pages. Each form does what endpoints of the API do, with their checks, permissions and audit.
struct PageActions: ServerPart {
  let api: TrackingAPI

  /// Bytes of a form: a description of a run, and its old text.
  static let limit = 256 << 10

  func answer(_ request: ServerRequest) async throws -> ServerAnswer? {
    guard request.method == .post else { return nil }
    let parts = request.pathParts
    guard ["runs", "experiments"].contains(parts.first) else { return nil }
    let at = PageContext(request)
    do {
      try PageActions.check(request.headers)
      var share = api.bodies.share()
      let body = try await request.bytes(upTo: PageActions.limit, &share)
      let form = QueryFields(parsing: String(decoding: body, as: UTF8.self)[...])
      guard let action = PageAction(parts, form) else { return nil }
      for step in action.steps {
        _ = try await api.perform(
          step.endpoint, step.fields, request.identity, from: request.client)
      }
      return ServerAnswer(.seeOther, headers: [.location: action.address], body: .bytes([]))
    } catch {
      let refusal = APIError(any: error)
      guard refusal.status < 500 else { throw error }
      return PageProblem(at: at, refusal: refusal).answer
    }
  }

  /// Other sites' forms were refused before (``OriginRule``); here a browser must have said whose page it was.
  private static func check(_ headers: HTTPFields) throws(APIError) {
    guard headers[.origin] != nil else {
      throw APIError(
        "PERMISSION_DENIED", "A form without an Origin is not taken; programs use the REST API.",
        status: 403)
    }
    let type = headers[.contentType]?.prefix { $0 != ";" }.lowercased()
    guard type == "application/x-www-form-urlencoded" else {
      throw APIError.invalid("A form is sent as application/x-www-form-urlencoded.")
    }
  }
}

extension ServerRequest {
  /// The names of the path, decoded one by one.
  var pathParts: [String] {
    path.split(separator: "/", omittingEmptySubsequences: true).map {
      String(decoding: PercentEncoding.decodedBytes($0), as: UTF8.self)
    }
  }
}
