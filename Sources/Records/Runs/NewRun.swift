/// What is known of a run when it starts.
package struct NewRun: Sendable, Hashable {
  /// Given when the run is known elsewhere already, as on import; random otherwise.
  package var id: RunID?
  package var experiment: ExperimentID
  /// A random `adjective-animal-NNN` when nil or empty.
  package var name: String?
  package var user: String
  package var host: String
  package var status: RunStatus
  /// Milliseconds since 1970.
  package var startTime: Int64
  package var params: [Param]
  package var tags: [Tag]
  /// The command that is run, as a shell would read it.
  package var command: String?
  package var entryPoint: String?
  /// The project or script that is run: a path or a URI.
  package var sourceName: String?
  /// The process that records the run. When it dies before the end, the run becomes KILLED.
  package var owner: Owner?

  package init(
    id: RunID? = nil, experiment: ExperimentID = .defaultExperiment, name: String? = nil,
    user: String = "", host: String = "", status: RunStatus = .running, startTime: Int64,
    params: [Param] = [], tags: [Tag] = [], command: String? = nil, entryPoint: String? = nil,
    sourceName: String? = nil, owner: Owner? = nil
  ) {
    self.id = id
    self.experiment = experiment
    self.name = name
    self.user = user
    self.host = host
    self.status = status
    self.startTime = startTime
    self.params = params
    self.tags = tags
    self.command = command
    self.entryPoint = entryPoint
    self.sourceName = sourceName
    self.owner = owner
  }
}
