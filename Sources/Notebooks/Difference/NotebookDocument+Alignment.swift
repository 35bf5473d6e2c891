extension NotebookDocument {
  /// The cells of two notebooks beside each other, in their order, by what they hold; nil where there is none.
  package func aligned(with other: NotebookDocument) -> [(first: Cell?, second: Cell?)] {
    var rows: [(first: Cell?, second: Cell?)] = []
    var (left, right) = (0, 0)
    func advance(to first: Int, _ second: Int) {
      rows += cells[left..<first].map { ($0, nil) }
      rows += other.cells[right..<second].map { (nil, $0) }
    }
    for pair in CellAlignment(NotebookSide(self), NotebookSide(other)).pairs {
      advance(to: pair.old, pair.new)
      rows.append((cells[pair.old], other.cells[pair.new]))
      (left, right) = (pair.old + 1, pair.new + 1)
    }
    advance(to: cells.count, other.cells.count)
    return rows
  }
}
