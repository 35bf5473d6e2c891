/// Who asks, as far as the server knows.
package struct Identity: Sendable, Hashable {
  /// The user's name; nil when the server asks for none.
  package var user: String?
  /// Whether everything is allowed.
  package var isAdmin: Bool

  package init(user: String?, isAdmin: Bool) {
    self.user = user
    self.isAdmin = isAdmin
  }

  /// Anybody, on a server that asks nobody who they are.
  package static let everybody = Identity(user: nil, isAdmin: true)
}
