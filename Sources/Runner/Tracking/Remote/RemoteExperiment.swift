/// An experiment of a server's.
struct RemoteExperiment: Sendable, Hashable {
  var id: String
  var name: String
}
