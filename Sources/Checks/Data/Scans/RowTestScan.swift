import Compute
import Patterns

/// Counts the rows that do not pass a test, and keeps the first of them.
final class RowTestScan: Scan, @unchecked Sendable {
  struct Sight: Sendable {
    /// Rows of which it can be said.
    var considered = 0
    var failing = 0
    var samples: [RowSample] = []
  }

  let test: RowTest
  let filter: RowExpression?
  private let pattern: Pattern?
  private(set) var total = Sight()

  /// - Throws: ``ParseFailure``: a pattern that cannot be read.
  init(_ test: RowTest, where filter: RowExpression?) throws {
    self.test = test
    self.filter = filter
    guard case .pattern(_, let text) = test else {
      pattern = nil
      return
    }
    pattern = try Pattern("\\A(?:\(text))\\z", flags: .unicode)
  }

  func look(at block: RowBlock) -> Sight {
    switch test {
    case .holds(let expression): expressionSight(expression, block)
    default: test.column.map { cellSight($0, block) } ?? Sight()
    }
  }

  func take(_ sight: Sight, at place: BlockPlace) {
    total.considered += sight.considered
    total.failing += sight.failing
    total.samples.add(sight.samples, at: place)
  }

  private func expressionSight(_ expression: RowExpression, _ block: RowBlock) -> Sight {
    var sight = Sight()
    let mask = block.mask(filter)
    let truths = ColumnEvaluator(block).truths(expression)
    for row in 0..<block.rowCount where truths[row] != .unknown {
      if let mask, !mask[row] { continue }
      sight.considered += 1
      guard truths[row] == .fails else { continue }
      sight.failing += 1
      if sight.samples.count < RowSample.most {
        let cells = expression.columns.map { "\($0) \(block.text($0, row) ?? "missing")" }
        sight.samples.append(block.sample(row, cells.joined(separator: ", ")))
      }
    }
    return sight
  }

  private func cellSight(_ column: String, _ block: RowBlock) -> Sight {
    var sight = Sight()
    let mask = block.mask(filter)
    let judge = CellJudge(test, pattern)
    if let cells = block.texts(column) {
      // Each word is judged once for all its rows.
      judge.passes(cells).withUnsafeBufferPointer { passes in
        for row in 0..<block.rowCount where cells.codes[row] >= 0 {
          if let mask, !mask[row] { continue }
          sight.considered &+= 1
          if !passes[Int(cells.codes[row])] { fail(row, column, block, &sight) }
        }
      }
    } else if let cells = block.numbers(column) {
      numberSight(cells, mask, block, column, judge, &sight)
    }
    return sight
  }

  /// The usual tests of numbers are done without asking what the test is for each of them.
  private func numberSight(
    _ cells: UnsafeBufferPointer<Double>, _ mask: RowMask?, _ block: RowBlock, _ column: String,
    _ judge: CellJudge, _ sight: inout Sight
  ) {
    @inline(__always)
    func look(_ passes: (Double) -> Bool) {
      for row in cells.indices where !cells[row].isNaN {
        if let mask, !mask[row] { continue }
        sight.considered &+= 1
        if !passes(cells[row]) { fail(row, column, block, &sight) }
      }
    }
    if let greats = block.greats(column), !test.isOfSize {
      for row in cells.indices where !cells[row].isNaN {
        if let mask, !mask[row] { continue }
        sight.considered &+= 1
        if !(greats[row].map(judge.passes) ?? judge.passes(cells[row])) {
          fail(row, column, block, &sight)
        }
      }
      return
    }
    switch test {
    case .type(_, .float): look { _ in true }
    case .type(_, .int), .type(_, .category): look(PlainValue.isWhole)
    case .range(_, let bounds):
      let (lower, upper) = (bounds.lower ?? -.infinity, bounds.upper ?? .infinity)
      switch (
        bounds.excludesLower && bounds.lower != nil, bounds.excludesUpper && bounds.upper != nil
      ) {
      case (false, false): look { $0 >= lower && $0 <= upper }
      case (true, true): look { $0 > lower && $0 < upper }
      default: look(bounds.contains)
      }
    case .inSet(_, let set, let isNegated) where set.numbers.count <= 8:
      let values = Array(set.numbers)
      look { value in values.contains { $0 == value } != isNegated }
    default: look(judge.passes)
    }
  }

  private func fail(_ row: Int, _ column: String, _ block: RowBlock, _ sight: inout Sight) {
    sight.failing += 1
    guard sight.samples.count < RowSample.most else { return }
    sight.samples.append(block.sample(row, block.text(column, row) ?? ""))
  }
}
