extension NotebookDocument {
  /// Takes outputs, execution counts and ids over from the cells of another notebook that have the same source, in
  /// order.
  package mutating func takeOutputs(from old: NotebookDocument) {
    var interning = Interning()
    func key(_ cell: Cell) -> String { cell.kind.name + "\n" + cell.source }
    let difference = SequenceDifference(
      interning.numbers(old.cells.map(key)), interning.numbers(cells.map(key)))
    let taken = Set(difference.matches.map { old.cells[$0.old].id })
    for match in difference.matches {
      cells[match.new].outputs = old.cells[match.old].outputs
      cells[match.new].executionCountValue = old.cells[match.old].executionCountValue
      cells[match.new].attachments = old.cells[match.old].attachments
      cells[match.new].id = old.cells[match.old].id
    }
    // A new cell may have been given an id that is taken now.
    var identifiers = CellIdentifiers(taken: taken)
    let kept = Set(difference.matches.map(\.new))
    for index in cells.indices where !kept.contains(index) && taken.contains(cells[index].id) {
      cells[index].id = identifiers.next(
        kind: cells[index].kind.name, index: index, source: cells[index].source)
    }
  }
}
