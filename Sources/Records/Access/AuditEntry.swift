/// Something that was done, or tried, on a server.
package struct AuditEntry: Sendable, Hashable {
  /// Milliseconds since 1970.
  package var time: Int64
  /// The user's name; of who could not sign in, the name they gave.
  package var user: String
  package var address: String
  /// Such as `sign-in`, or the method and path of a request.
  package var action: String
  /// What it was done to.
  package var subject: String
  /// `done`, `denied`, `failed`, …
  package var outcome: String

  package init(
    time: Int64, user: String, address: String, action: String, subject: String, outcome: String
  ) {
    (self.time, self.user, self.address) = (time, user, address)
    (self.action, self.subject, self.outcome) = (action, subject, outcome)
  }
}
