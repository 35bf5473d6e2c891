/// How the run of a notebook ended.
package struct NotebookResult: Sendable {
  /// Cells are counted as in the notebook that was given.
  package enum Status: Sendable, Equatable {
    /// All cells that were to run did.
    case completed
    /// A cell ended the notebook early, and well: `SystemExit` with nothing or 0.
    case stopped(cell: Int)
    case failed(cell: Int)
    case timedOut(cell: Int)
    /// The kernel's process ended in a cell.
    case died(cell: Int)
    /// The task was cancelled; in a cell, or between two.
    case cancelled(cell: Int?)
  }

  package var status: Status
  /// The notebook with what came of it; after an error with two more cells that mark the place.
  package var document: NotebookDocument
  /// The cells that were to run, and those that did.
  package var selected: [Int]
  package var executed: [Int]
  /// What ended the run, if that is no success.
  package var error: NotebookError?
  package var start: KernelOptions.Start
  package var info: KernelInfo
  /// How the kernel's process ended.
  package var end: KernelEnd?
  /// What the process wrote on its own last, when it died.
  package var lastWords: String

  /// As papermill gives it: 0; 1 for an error; 138 for a dead kernel; 130 when interrupted, which is for the one who knows
  /// the signal to change to 143.
  package var exitCode: Int32 {
    switch status {
    case .completed, .stopped: 0
    case .failed, .timedOut: 1
    case .died: 138
    case .cancelled: 130
    }
  }
}
