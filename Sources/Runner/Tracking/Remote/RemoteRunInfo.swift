import Records

/// A run of a server's.
struct RemoteRunInfo: Sendable, Hashable {
  var id: RunID
  var experiment: String
  var name: String
  var status: String
  /// Milliseconds since 1970.
  var endTime: Int64?
  /// Where its artifacts are kept.
  var artifactURI: String
  /// The names of what it has, not in the answer to every call.
  var params: Set<String> = []
  var tags: Set<String> = []

  /// The status as we name it; of what we have no name for, that the run goes on.
  var said: RunStatus { RunStatus(rawValue: status) ?? .running }
}
