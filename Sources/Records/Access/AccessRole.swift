/// Grants under one name. What is granted to one user stands in a role of its own, which nobody else has.
package struct AccessRole: Sendable, Hashable {
  package var id: Int64
  package var name: String
  /// MLflow's servers may have several workspaces; ours has the one in which all things stand.
  package var workspace: String
  package var description: String?
  /// In the order in which they were made.
  package var grants: [AccessGrant]

  package static let defaultWorkspace = "default"
  static let ownPrefix = "__user_"

  /// Whether it is the role of one user alone.
  package func isOwn(of user: AccessUser) -> Bool { name == AccessRole.ownName(of: user.id) }

  static func ownName(of user: Int64) -> String { "\(ownPrefix)\(user)__" }
}
