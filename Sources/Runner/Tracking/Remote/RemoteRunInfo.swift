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

  var isTerminal: Bool { RunStatus(rawValue: status).map { $0 != .running && $0 != .scheduled } ?? false }
}
