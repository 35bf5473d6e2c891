/// How well the means of groups tell numbers: R², the share of their squares that is gone when each is compared with the mean
/// that was learnt for its group instead of the mean of all.
///
/// Means are learnt from some rows and judged by others; or, for one table, from all rows but the judged one. Rows of a group
/// that nothing is learnt of are told by the mean of all learnt rows.
package struct GroupMeans: Sendable {
  private let learnt: Spread
  private let judged: Spread
  private let isOneTable: Bool
  private var squares = 0.0

  /// - Parameters:
  ///   - learnt: numbers of all rows that means are learnt from.
  ///   - judged: of all rows that are told; nil when they are the same.
  package init(learnt: Spread, judged: Spread?) {
    self.learnt = learnt
    self.judged = judged ?? learnt
    isOneTable = judged == nil
  }

  /// Adds a group of one table.
  package mutating func add(_ rows: Spread) { add(learnt: rows, judged: rows) }

  /// Adds a group.
  package mutating func add(learnt own: Spread, judged rows: Spread) {
    guard rows.count > 0 else { return }
    guard isOneTable, rows.count > 1 else {
      let isKnown = !isOneTable && own.count > 0
      let distance = rows.mean - (isKnown ? own.mean : learnt.mean)
      squares += rows.squares + Double(rows.count) * distance * distance
      return
    }
    // Without a number the mean is as much further from it.
    let factor = Double(rows.count) / Double(rows.count - 1)
    squares += factor * factor * rows.squares
  }

  /// At most 1; nil when the judged numbers are all equal.
  package var score: Double? {
    guard judged.squares > 0 else { return nil }
    let score = 1 - squares / judged.squares
    return score.isNaN ? nil : score
  }
}
