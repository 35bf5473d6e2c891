/// Who asks, as far as the server knows.
package struct Identity: Sendable, Hashable {
  /// The user's name; nil when the server asks for none, or none was given.
  package var user: String?
  /// Whether everything is allowed, within the scope.
  package var isAdmin: Bool
  /// The most that is allowed, whatever the user may: tokens have less.
  package var scope: AccessRule.Permission

  package init(user: String?, isAdmin: Bool, scope: AccessRule.Permission = .manage) {
    self.user = user
    self.isAdmin = isAdmin
    self.scope = scope
  }

  /// Anybody, on a server that asks nobody who they are.
  package static let everybody = Identity(user: nil, isAdmin: true)
}
