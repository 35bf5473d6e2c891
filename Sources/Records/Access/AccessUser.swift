import Platform

/// Somebody who may sign in.
package struct AccessUser: Sendable, Hashable {
  package var id: Int64
  package var name: String
  package var isAdmin: Bool
  package var password: Scrypt
  /// The roles that were given, in that order.
  package var roles: [Int64]
}
