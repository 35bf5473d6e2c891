import Platform
import Records

/// What came of a run.
package struct RunOutcome: Sendable {
  /// The run as it stands in the record.
  package var run: Run
  /// What the program ends with: the child's own status, 128 and the signal's number when one ended it.
  package var exitCode: Int32
  /// What could not be recorded, or was not understood; none of it changes the run's status.
  package var problems: [Failure]
  /// Where a person sees the run, when it is recorded on a server.
  package var page: String?
  /// Why there was nothing to do; nil when the work was done.
  package var skipped: ResultCache.Skip?
}

extension RunOutcome {
  /// Takes over what a server has of the run.
  mutating func take(_ delivery: Result<RemoteRunInfo, Failure>, _ server: RemoteRecords) {
    page = server.page
    switch delivery {
    case .failure(let problem): problems.append(problem)
    case .success(let info):
      run.status = RunStatus(rawValue: info.status) ?? run.status
      run.endTime = info.endTime ?? run.endTime
      run.artifactURI = info.artifactURI
      if let experiment = ExperimentID(info.experiment) { run.experiment = experiment }
    }
  }
}
