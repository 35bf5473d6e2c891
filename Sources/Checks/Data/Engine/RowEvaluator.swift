import Compute

/// Says what an expression is in a row.
///
/// What is missing makes a comparison undecided, as in SQL: a row is counted as one that does not hold only where it is false.
struct RowEvaluator {
  enum Value: Hashable {
    case missing
    case number(PlainNumber)
    case text(String)
    case truth(Bool)
  }

  private let numbers: [String: UnsafeBufferPointer<Double>]
  private let greats: [String: GreatWholes]
  private let texts: [String: TextCells]
  /// Of a whole table.
  private let columns: [String: Column]

  init(_ expression: RowExpression, in block: RowBlock) {
    var numbers: [String: UnsafeBufferPointer<Double>] = [:]
    var greats: [String: GreatWholes] = [:]
    var texts: [String: TextCells] = [:]
    for name in expression.columns {
      if let cells = block.numbers(name) {
        numbers[name] = cells
        greats[name] = block.greats(name)
      } else if let cells = block.texts(name) {
        texts[name] = cells
      }
    }
    self.numbers = numbers
    self.greats = greats
    self.texts = texts
    columns = [:]
  }

  /// For the rows of a table that is at hand as a whole.
  init(_ expression: RowExpression, in table: Table) {
    numbers = [:]
    greats = [:]
    texts = [:]
    columns = Dictionary(
      expression.columns.compactMap { name in table[name].map { (name, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// Nil where it cannot be said, for something is missing.
  func truth(_ expression: RowExpression, _ row: Int) -> Bool? {
    switch value(expression, row) {
    case .truth(let truth): truth
    case .number(let number): number.nearest != 0
    case .missing, .text: nil
    }
  }

  private func value(_ expression: RowExpression, _ row: Int) -> Value {
    switch expression {
    case .column(let name): return cell(name, row)
    case .number(let number): return .number(PlainNumber(number))
    // Numbers of a whole table are doubles.
    case .great(let great):
      return .number(columns.isEmpty ? PlainNumber(great) : PlainNumber(great.nearest))
    case .text(let text): return .text(text)
    case .truth(let truth): return .truth(truth)
    case .arithmetic(let operation, let left, let right):
      guard let left = number(value(left, row))?.nearest,
        let right = number(value(right, row))?.nearest
      else { return .missing }
      let result: Double =
        switch operation {
        case .add: left + right
        case .subtract: left - right
        case .multiply: left * right
        case .divide: left / right
        }
      return result.isNaN ? .missing : .number(PlainNumber(result))
    case .comparison(let comparison, let left, let right):
      return compare(value(left, row), value(right, row), comparison)
    case .among(let one, let others, let isNegated):
      let one = value(one, row)
      if one == .missing { return .missing }
      let isIn = others.contains { isEqual(one, value($0, row)) == true }
      return .truth(isIn != isNegated)
    case .isMissing(let one, let isNegated):
      return .truth((value(one, row) == .missing) != isNegated)
    case .not(let one): return truth(one, row).map { .truth(!$0) } ?? .missing
    case .and(let left, let right):
      switch (truth(left, row), truth(right, row)) {
      case (false, _), (_, false): return .truth(false)
      case (true, true): return .truth(true)
      default: return .missing
      }
    case .or(let left, let right):
      switch (truth(left, row), truth(right, row)) {
      case (true, _), (_, true): return .truth(true)
      case (false, false): return .truth(false)
      default: return .missing
      }
    }
  }

  private func cell(_ name: String, _ row: Int) -> Value {
    if let numbers = numbers[name] {
      if let great = greats[name]?[row] { return .number(PlainNumber(great)) }
      return numbers[row].isNaN ? .missing : .number(PlainNumber(numbers[row]))
    }
    if let cells = texts[name] { return cells.text(row).map { .text($0) } ?? .missing }
    guard let column = columns[name], !column.isMissing(row) else { return .missing }
    switch column.values {
    case .numbers(let numbers): return .number(PlainNumber(numbers[row]))
    case .codes(let codes, let categories): return .text(categories[Int(codes[row])])
    }
  }

  private func number(_ value: Value) -> PlainNumber? {
    switch value {
    case .number(let number): number
    case .text(let text): PlainNumber(text)
    case .truth(let truth): PlainNumber(truth ? 1 : 0)
    case .missing: nil
    }
  }

  private func isEqual(_ left: Value, _ right: Value) -> Bool? {
    if left == .missing || right == .missing { return nil }
    if case (.text(let left), .text(let right)) = (left, right) { return left == right }
    // A number in a column of text, compared with a number.
    if let left = number(left), let right = number(right) { return left == right }
    return false
  }

  private func compare(
    _ left: Value, _ right: Value, _ comparison: RowExpression.Comparison
  ) -> Value {
    if left == .missing || right == .missing { return .missing }
    switch comparison {
    case .equal: return isEqual(left, right).map { .truth($0) } ?? .missing
    case .unequal: return isEqual(left, right).map { .truth(!$0) } ?? .missing
    default: break
    }
    let order: Int
    if let left = number(left), let right = number(right) {
      order = left < right ? -1 : left > right ? 1 : 0
    } else if case (.text(let left), .text(let right)) = (left, right) {
      // By their bytes, which for ISO dates is by time.
      order =
        left.utf8.lexicographicallyPrecedes(right.utf8)
        ? -1 : right.utf8.lexicographicallyPrecedes(left.utf8) ? 1 : 0
    } else {
      return .missing
    }
    switch comparison {
    case .less: return .truth(order < 0)
    case .lessOrEqual: return .truth(order <= 0)
    case .greater: return .truth(order > 0)
    case .greaterOrEqual: return .truth(order >= 0)
    case .equal, .unequal: return .missing
    }
  }
}
