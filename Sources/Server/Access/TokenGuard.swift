import HTTPTypes
import Platform

/// One word that opens the server, as the child of a run has it.
struct TokenGuard: RequestGuard {
  let word: String

  func check(_ request: inout ServerRequest) throws {
    if Authentication.isOpen(request.path) { return }
    let fields = request.headers[values: .authorization]
    guard fields.count == 1, let field = fields.first,
      case .bearer(let given)? = Credentials(parsing: field),
      Secret.equal(Array(given.utf8), Array(word.utf8))
    else { throw APIError.unauthenticated }
  }
}
