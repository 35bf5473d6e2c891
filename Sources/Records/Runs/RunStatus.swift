/// How a run stands, in MLflow's words.
package enum RunStatus: String, Sendable, Hashable, CaseIterable {
  case running = "RUNNING"
  case scheduled = "SCHEDULED"
  case finished = "FINISHED"
  case failed = "FAILED"
  case killed = "KILLED"
}
