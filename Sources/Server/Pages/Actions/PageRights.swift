import Records

/// What a reader may do with a run or an experiment.
struct PageRights: Sendable, Hashable {
  /// Name, describe and tag.
  var edits: Bool
  /// Delete and restore.
  var manages: Bool

  static let none = PageRights(edits: false, manages: false)
  static let all = PageRights(edits: true, manages: true)
}

extension Pages {
  /// Asked only for what is offered: each action is checked again when it is done.
  func rights(_ check: (AccessRule.Permission, AccessControl) async throws -> Void) async
    -> PageRights
  {
    guard let access else { return .all }
    func may(_ permission: AccessRule.Permission) async -> Bool {
      do {
        try await check(permission, access)
        return true
      } catch {
        return false
      }
    }
    return PageRights(edits: await may(.edit), manages: await may(.manage))
  }
}
