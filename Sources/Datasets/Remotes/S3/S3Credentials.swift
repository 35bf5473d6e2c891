/// The name and the secret that requests are signed with. Never printed.
struct S3Credentials: Sendable, Hashable {
  var id: String
  var secret: String
  /// Of credentials that end after a while.
  var token: String?
}

extension S3Credentials: CustomStringConvertible, CustomDebugStringConvertible {
  var description: String { "credentials that are not shown" }
  var debugDescription: String { description }
}
