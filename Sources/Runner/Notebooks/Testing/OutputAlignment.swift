import Notebooks

/// Which outputs of a cell stay as they stand in the file when it is given new ones: those that count as the same, from
/// both ends. So a change of one leaves the pictures beside it alone.
struct OutputAlignment {
  let comparison: CellOutputComparison

  func replacement(
    _ stored: NotebookDocument.Cell, _ new: [NotebookJSON]
  ) throws -> [OutputReplacement.Output] {
    let old = stored.outputs
    func isSame(_ place: Int, _ other: Int) throws -> Bool {
      try comparison.compare([old[place]], [new[other]]).verdict.kind.isSame
    }
    let shorter = min(old.count, new.count)
    var head = 0
    while head < shorter, try isSame(head, head) { head += 1 }
    var tail = 0
    while tail < shorter - head, try isSame(old.count - 1 - tail, new.count - 1 - tail) {
      tail += 1
    }
    return new.indices.map { place in
      if place < head { return .kept(place) }
      if place >= new.count - tail { return .kept(place + old.count - new.count) }
      return .new(counted(new[place], as: stored))
    }
  }

  /// A value of the cell with the number of execution that the cell has in the file.
  private func counted(_ output: NotebookJSON, as cell: NotebookDocument.Cell) -> NotebookJSON {
    guard output["execution_count"] != nil else { return output }
    var output = output
    output["execution_count"] = cell.executionCountValue ?? .null
    return output
  }
}
