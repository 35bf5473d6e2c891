/// The lines of a text that rows start in, counted from 1.
///
/// Most rows take one line: what is kept is where that is not so, a few numbers for a file of any length.
package struct RowLines: RandomAccessCollection, Sendable, Hashable {
  /// The first of some rows that follow each other line by line.
  private struct Run: Sendable, Hashable {
    var row: Int
    var line: Int
  }

  private var runs: [Run] = []
  package private(set) var count = 0

  package init() {}

  package init(_ lines: some Sequence<Int>) {
    for line in lines { append(line) }
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { count }

  package subscript(row: Int) -> Int {
    precondition(row >= 0 && row < count, "no such row")
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].row <= row { low = middle + 1 } else { high = middle }
    }
    return runs[low - 1].line + row - runs[low - 1].row
  }

  /// Adds rows that begin in this line and those behind it.
  package mutating func append(_ line: Int, rows: Int = 1) {
    guard rows > 0 else { return }
    if runs.last.map({ $0.line + count - $0.row != line }) ?? true {
      runs.append(Run(row: count, line: line))
    }
    count += rows
  }

  /// Adds the rows of a piece that begins so many lines further on than it knows.
  package mutating func append(_ other: RowLines, movedBy lines: Int) {
    for (index, run) in other.runs.enumerated() {
      let end = index + 1 < other.runs.count ? other.runs[index + 1].row : other.count
      append(run.line + lines, rows: end - run.row)
    }
  }
}

extension RowLines: ExpressibleByArrayLiteral {
  package init(arrayLiteral lines: Int...) { self.init(lines) }
}
