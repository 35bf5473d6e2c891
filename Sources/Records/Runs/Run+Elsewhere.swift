extension Run {
  /// A run as it is known before anything of it is read, such as from an archive: the rest is set afterwards.
  package init(
    id: RunID, name: String, user: String, host: String, status: RunStatus, startTime: Int64
  ) {
    self.init(
      id: id, experiment: .defaultExperiment, name: name, user: user, host: host, status: status,
      startTime: startTime, artifactURI: "", params: [], metrics: [], tags: [], inputs: [],
      outputs: [])
  }
}
