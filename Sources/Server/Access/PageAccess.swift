import Records

/// The pages for those who may see what stands in them.
///
/// Pages gather from many experiments. Who may read all of them sees all pages; anybody else sees those of one experiment
/// or run that they may read, and nothing that lists others.
struct PageAccess: ServerPart {
  let pages: any ServerPart
  let access: AccessControl

  func answer(_ request: ServerRequest) async throws -> ServerAnswer? {
    let parts = request.path.split(separator: "/")
    if parts.first != "assets" { try await check(request, parts) }
    return try await pages.answer(request)
  }

  private func check(_ request: ServerRequest, _ parts: [Substring]) async throws {
    if try access.readsAll(request.identity) { return }
    guard parts.count >= 2 else { throw APIError.forbidden }
    switch parts[0] {
    case "experiments":
      try access.require(.read, experiment: String(parts[1]), request.identity)
    case "runs": try await access.require(.read, run: String(parts[1]), request.identity)
    default: throw APIError.forbidden
    }
  }
}

extension AccessControl {
  /// Whether somebody may read everything there is and will be.
  func readsAll(_ identity: Identity) throws -> Bool {
    guard let store else { return true }
    guard let name = identity.user else { throw APIError.forbidden }
    if identity.isAdmin { return true }
    let book = try store.book()
    guard let user = book.users[name] else { throw APIError.forbidden }
    return book.readsAll(user)
  }
}
