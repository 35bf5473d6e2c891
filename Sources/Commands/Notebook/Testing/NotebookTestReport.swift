import Platform
import Runner

/// What came of testing a notebook, or of trying to.
struct NotebookTestReport: Sendable {
  enum Outcome: Sendable {
    case tested(NotebookTestResult)
    /// It could not be tested.
    case impossible(Failure)
    case interrupted
  }

  enum Verdict: String {
    case same, different, failed, updated, interrupted
    case impossible = "not-tested"
  }

  /// As the command line names it.
  var name: String
  var kernel: String?
  var outcome: Outcome
  var seconds: Double
  /// Whether the outputs of the cells that differ are now those of the file.
  var isUpdated = false

  var result: NotebookTestResult? { if case .tested(let result) = outcome { result } else { nil } }

  var verdict: Verdict {
    switch outcome {
    case .impossible: .impossible
    case .interrupted: .interrupted
    case .tested(let result):
      if result.wasCancelled {
        .interrupted
      } else if result.count(.failed) + result.count(.notRun) > 0 {
        .failed
      } else if result.count(.different) == 0 {
        .same
      } else {
        isUpdated ? .updated : .different
      }
    }
  }

  /// The exit status of a command that tested nothing else.
  var exitCode: Int32 {
    switch verdict {
    case .same, .updated: 0
    case .different, .failed: Failure.Code.no.exitCode
    case .impossible: Failure.Code.invalid.exitCode
    case .interrupted: Failure.Code.interrupted.exitCode
    }
  }
}
