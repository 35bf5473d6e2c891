extension NotebookDocument {
  /// How far a cell has come.
  package enum CellStatus: String, Sendable {
    case pending, running, completed, failed
  }

  /// Makes the notebook ready to run: outputs and counts of earlier runs gone, every cell pending, also those that will
  /// be skipped.
  package mutating func beginRun(at time: NotebookTime) {
    updatePapermill([
      "start_time": .string(time.text), "end_time": .null, "duration": .null, "exception": .null,
    ])
    for index in cells.indices {
      cells[index].metadata["papermill"] = [
        "exception": .null, "start_time": .null, "end_time": .null, "duration": .null,
        "status": .string(CellStatus.pending.rawValue),
      ]
      if cells[index].kind == .code {
        cells[index].outputs = []
        cells[index].executionCount = nil
      }
      cells[index].metadata.removeValue(forKey: "execution")
    }
  }

  package mutating func beginCell(_ index: Int, at time: NotebookTime) {
    cells[index].updatePapermill([
      "start_time": .string(time.text), "exception": false,
      "status": .string(CellStatus.running.rawValue),
    ])
  }

  /// Marks a cell, and with it the run, as failed.
  package mutating func failCell(_ index: Int) {
    cells[index].updatePapermill([
      "exception": true, "status": .string(CellStatus.failed.rawValue),
    ])
    updatePapermill(["exception": true])
  }

  /// - Parameter start: what ``beginCell(_:at:)`` was given.
  package mutating func endCell(_ index: Int, started start: NotebookTime, at time: NotebookTime) {
    cells[index].updatePapermill([
      "end_time": .string(time.text), "duration": time.seconds(since: start),
    ])
    if cells[index].status != .failed {
      cells[index].updatePapermill(["status": .string(CellStatus.completed.rawValue)])
    }
  }

  /// Ends the run. Cells that were not reached stay pending; papermill calls them completed when the kernel died.
  ///
  /// - Parameter start: what ``beginRun(at:)`` was given.
  package mutating func endRun(started start: NotebookTime, at time: NotebookTime) {
    updatePapermill([
      "end_time": .string(time.text), "duration": time.seconds(since: start),
    ])
  }

  private mutating func updatePapermill(_ members: NotebookObject) {
    for (key, value) in members { metadata["papermill", default: [:]][key] = value }
  }
}

extension NotebookDocument.Cell {
  /// How far the cell came in the last run; nil before any.
  package var status: NotebookDocument.CellStatus? {
    metadata["papermill"]?["status"]?.string.flatMap { NotebookDocument.CellStatus(rawValue: $0) }
  }

  /// Whether a run does something with the cell: code that is more than white space and not tagged `skip-execution`.
  package var runs: Bool {
    kind == .code && !hasTag("skip-execution")
      && source.unicodeScalars.contains { !$0.isPythonSpace }
  }

  /// Whether an error of the cell is expected and the run goes on.
  package var raisesException: Bool { hasTag("raises-exception") }

  fileprivate mutating func updatePapermill(_ members: NotebookObject) {
    for (key, value) in members { metadata["papermill", default: [:]][key] = value }
  }
}
