import Compute

/// Says what an expression is in all rows of a block: as ``RowEvaluator`` does, many rows at a time.
///
/// Numbers are computed column by column. What depends on one column of text alone is found out once for each of its words. All
/// else is done row by row.
struct ColumnEvaluator {
  private let block: RowBlock
  private var count: Int { block.rowCount }

  init(_ block: RowBlock) { self.block = block }

  func truths(_ expression: RowExpression) -> [Truth] {
    switch expression {
    case .not(let one): return truths(one).map(\.negated)
    case .and(let left, let right): return joined(left, right) { $0.and($1) }
    case .or(let left, let right): return joined(left, right) { $0.or($1) }
    case .truth(let truth): return Array(repeating: truth ? .holds : .fails, count: count)
    case .comparison(let comparison, let left, let right):
      guard let left = numbers(left), let right = numbers(right) else { break }
      return compared(left, right, comparison)
    case .isMissing(let one, let isNegated):
      guard let numbers = numbers(one) else { break }
      return rows { numbers[$0].isNaN != isNegated ? .holds : .fails }
    case .among(let one, let others, let isNegated):
      guard let one = numbers(one) else { break }
      let others = others.compactMap(numbers)
      guard others.count == expression.choiceCount else { break }
      return rows { row in
        let value = one[row]
        if value.isNaN { return .unknown }
        return others.contains { $0[row] == value } != isNegated ? .holds : .fails
      }
    case .column, .number, .great, .text, .arithmetic: break
    }
    return oneByOne(expression)
  }

  private func rows(_ truth: (Int) -> Truth) -> [Truth] {
    [Truth](unsafeUninitializedCapacity: count) { buffer, filled in
      for row in 0..<count { buffer.initializeElement(at: row, to: truth(row)) }
      filled = count
    }
  }

  private func joined(
    _ left: RowExpression, _ right: RowExpression, _ join: (Truth, Truth) -> Truth
  ) -> [Truth] {
    let (left, right) = (truths(left), truths(right))
    return rows { join(left[$0], right[$0]) }
  }

  // MARK: Numbers

  /// A number for each row, or one for all; NaN where it is missing.
  private enum Numbers {
    case column(UnsafeBufferPointer<Double>)
    case computed([Double])
    case one(Double)

    @inline(__always)
    subscript(row: Int) -> Double {
      switch self {
      case .column(let cells): cells[row]
      case .computed(let values): values[row]
      case .one(let value): value
      }
    }
  }

  /// Nil for what is not computed of numbers alone.
  private func numbers(_ expression: RowExpression) -> Numbers? {
    switch expression {
    // Numbers that no double is are compared one by one.
    case .column(let name):
      return block.greats(name) == nil ? block.numbers(name).map { .column($0) } : nil
    case .number(let value): return .one(value)
    case .arithmetic(let operation, let left, let right):
      guard let left = numbers(left), let right = numbers(right) else { return nil }
      switch operation {
      case .add: return computed(left, right, +)
      case .subtract: return computed(left, right, -)
      case .multiply: return computed(left, right, *)
      case .divide: return computed(left, right, /)
      }
    case .great, .text, .truth, .comparison, .among, .isMissing, .not, .and, .or: return nil
    }
  }

  private func computed(
    _ left: Numbers, _ right: Numbers, _ operation: (Double, Double) -> Double
  ) -> Numbers {
    .computed((0..<count).map { operation(left[$0], right[$0]) })
  }

  private func compared(
    _ left: Numbers, _ right: Numbers, _ comparison: RowExpression.Comparison
  ) -> [Truth] {
    @inline(__always)
    func compared(_ holds: (Double, Double) -> Bool) -> [Truth] {
      rows { row in
        let (left, right) = (left[row], right[row])
        return left.isNaN || right.isNaN ? .unknown : holds(left, right) ? .holds : .fails
      }
    }
    switch comparison {
    case .equal: return compared(==)
    case .unequal: return compared(!=)
    case .less: return compared(<)
    case .lessOrEqual: return compared(<=)
    case .greater: return compared(>)
    case .greaterOrEqual: return compared(>=)
    }
  }

  // MARK: Other expressions

  private func oneByOne(_ expression: RowExpression) -> [Truth] {
    let evaluator = RowEvaluator(expression, in: block)
    let columns = expression.columns
    guard columns.count == 1, let cells = block.texts(columns[0]) else {
      return rows { Truth(evaluator.truth(expression, $0)) }
    }
    var words = [Truth?](repeating: nil, count: cells.wordCount)
    var missing: Truth?
    return rows { row in
      let code = Int(cells.codes[row])
      if let known = code < 0 ? missing : words[code] { return known }
      let truth = Truth(evaluator.truth(expression, row))
      if code < 0 { missing = truth } else { words[code] = truth }
      return truth
    }
  }
}

extension RowExpression {
  fileprivate var choiceCount: Int {
    if case .among(_, let others, _) = self { return others.count }
    return 0
  }
}
