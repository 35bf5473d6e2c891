/// What may be granted on what, in MLflow's words.
extension AccessStore {
  static func level(_ text: String, for subject: AccessSubject) throws -> AccessLevel {
    guard let level = AccessLevel(rawValue: text) else {
      throw RecordFailure.invalidAccess(
        """
        Invalid permission '\(text)'. Valid permissions are: \
        \(tuple(AccessLevel.allCases.map(\.rawValue)))
        """)
    }
    try checkKind(subject.kind)
    let grantable: [AccessLevel] =
      subject.kind == AccessSubject.workspace.kind
      ? [.manage, .use] : [.deny, .edit, .manage, .read, .use]
    guard grantable.contains(level) else {
      let scope = subject.kind == AccessSubject.workspace.kind ? "Workspace-wide" : "Resource-level"
      throw RecordFailure.invalidAccess(
        """
        Invalid permission '\(text)' for resource_type='\(subject.kind)'. \
        \(scope) grants accept only: \(tuple(grantable.map(\.rawValue))).
        """)
    }
    return level
  }

  /// - Throws: ``RecordFailure`` when that cannot be granted on a thing.
  package static func checkLevel(_ text: String, for subject: AccessSubject) throws {
    _ = try level(text, for: subject)
  }

  package static func checkKind(_ kind: String) throws {
    guard AccessSubject.kinds.contains(kind) else {
      throw RecordFailure.invalidAccess(
        "Invalid resource type '\(kind)'. Valid resource types are: \(tuple(AccessSubject.kinds.sorted()))"
      )
    }
  }

  package static func checkPattern(_ subject: AccessSubject) throws {
    try checkKind(subject.kind)
    guard subject.id == "*" || AccessSubject.singleKinds.contains(subject.kind) else {
      throw RecordFailure.invalidAccess(
        """
        Invalid resource_pattern '\(subject.id)' for resource_type='\(subject.kind)'. \
        This resource type supports only wildcard ('*') grants.
        """)
    }
  }

  package static func rejectWorkspace(_ subject: AccessSubject) throws {
    guard subject.kind != AccessSubject.workspace.kind else {
      throw RecordFailure.invalidAccess(
        """
        resource_type 'workspace' is not supported by the per-user permission convenience APIs. Use \
        set_workspace_permission / delete_workspace_permission for workspace-wide grants.
        """)
    }
  }

  /// As Python shows a tuple of texts.
  private static func tuple(_ texts: [String]) -> String {
    "(" + texts.map { "'\($0)'" }.joined(separator: ", ") + ")"
  }
}
