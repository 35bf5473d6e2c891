/// Reads expressions of columns by the precedence of their operators (V. Pratt, "Top Down Operator Precedence", 1973).
///
/// ```text
/// or < and < not < == != < <= > >= in, is < + - < * / < - of one number
/// ```
/// Comparisons are chained as in Python: `0 <= a <= b` is `0 <= a and a <= b`.
struct RowExpressionParser {
  /// How deep expressions may nest, and how many operators may follow each other: what walks over the tree is recursive.
  static let depthLimit = 200

  var cursor: SuiteCursor
  /// The declared types of columns.
  let types: [String: ColumnType]
  /// The columns that were named.
  private(set) var columns: [SuiteName] = []

  init(_ cursor: SuiteCursor, types: [String: ColumnType] = [:]) {
    self.cursor = cursor
    self.types = types
  }

  /// A part of an expression.
  struct Operand {
    var expression: RowExpression
    var kind: ValueKind
    /// Levels below it.
    var height = 1
    /// In the cursor's text.
    var start: Int
    var end: Int
  }

  enum Power {
    static let or = 1
    static let and = 2
    static let not = 3
    static let comparison = 4
    static let sum = 5
    static let product = 6
    static let sign = 7
  }

  /// An expression that is a condition, up to what cannot go on with it: a comma, a bracket, `by`, the end.
  mutating func condition() throws(SuiteProblem) -> Operand {
    let operand = try operand(Power.or, depth: 1)
    try requireCondition(operand, of: nil)
    return operand
  }

  mutating func operand(_ least: Int, depth: Int) throws(SuiteProblem) -> Operand {
    guard depth <= Self.depthLimit else { throw tooDeep(cursor.position) }
    var left = try prefix(least, depth: depth)
    while let next = try infix(), next.power >= least {
      left = try apply(next, to: left, depth: depth)
      guard left.height <= Self.depthLimit else { throw tooDeep(left.start) }
    }
    return left
  }

  func tooDeep(_ place: Int) -> SuiteProblem {
    cursor.problem("an expression deeper than \(Self.depthLimit) levels", at: place)
  }

  // MARK: Operators between two

  enum Infix {
    case logic(isAnd: Bool)
    case comparison(RowExpression.Comparison)
    case arithmetic(RowExpression.Arithmetic)
    case among(isNegated: Bool)
    case isMissing

    var power: Int {
      switch self {
      case .logic(let isAnd): isAnd ? Power.and : Power.or
      case .comparison, .among, .isMissing: Power.comparison
      case .arithmetic(let operation):
        operation == .add || operation == .subtract ? Power.sum : Power.product
      }
    }
  }

  /// The operator that comes next; nil when none does.
  func infix() throws(SuiteProblem) -> Infix? {
    if let word = cursor.word {
      switch word {
      case "and": return .logic(isAnd: true)
      case "or": return .logic(isAnd: false)
      case "in": return .among(isNegated: false)
      case "is": return .isMissing
      case "not":
        var copy = cursor
        return copy.takeWords("not in") ? .among(isNegated: true) : nil
      default: return nil
      }
    }
    if let strange = Self.strangeOperators.first(where: { cursor.follows($0.sign) }) {
      throw cursor.problem(
        "there is no operator `\(strange.sign)`", hint: "write `\(strange.meant)`")
    }
    for comparison in RowExpression.Comparison.allCases where cursor.follows(comparison.rawValue) {
      return .comparison(comparison)
    }
    for operation: RowExpression.Arithmetic in [.add, .subtract, .multiply, .divide]
    where cursor.follows(operation.rawValue) { return .arithmetic(operation) }
    if cursor.follows("=") {
      throw cursor.problem("there is no operator `=`", hint: "write `==`")
    }
    return nil
  }

  /// What other languages write, the longest first.
  private static let strangeOperators: [(sign: String, meant: String)] = [
    ("===", "=="), ("<>", "!="), ("=<", "<="), ("=>", ">="), ("≤", "<="), ("≥", ">="), ("≠", "!="),
    ("&&", "and"), ("&", "and"), ("||", "or"), ("|", "or"), ("**", "*"), ("//", "/"),
  ]

  private mutating func apply(
    _ infix: Infix, to left: Operand, depth: Int
  ) throws(SuiteProblem) -> Operand {
    switch infix {
    case .logic(let isAnd):
      let word = isAnd ? "and" : "or"
      _ = cursor.takeWord()
      let right = try operand(infix.power + 1, depth: depth + 1)
      try requireCondition(left, of: word)
      try requireCondition(right, of: word)
      return joined(
        left, right, .truth,
        isAnd ? .and(left.expression, right.expression) : .or(left.expression, right.expression))
    case .arithmetic(let operation):
      _ = cursor.take(operation.rawValue)
      let right = try operand(infix.power + 1, depth: depth + 1)
      try requireNumber(left, of: operation)
      try requireNumber(right, of: operation)
      return joined(
        left, right, .number, .arithmetic(operation, left.expression, right.expression))
    case .comparison: return try comparisons(left, depth: depth)
    case .among(let isNegated): return try among(left, isNegated: isNegated)
    case .isMissing:
      _ = cursor.takeWord()
      let isNegated = cursor.takeWord("not")
      guard cursor.takeWord("null") else {
        throw cursor.problem(
          "expected `null` behind `is`, found \(cursor.found)",
          hint: "values are compared by `==`")
      }
      try requireNoComparison()
      return Operand(
        expression: .isMissing(left.expression, isNegated: isNegated), kind: .truth,
        height: left.height + 1, start: left.start, end: cursor.position)
    }
  }

  func joined(
    _ left: Operand, _ right: Operand, _ kind: ValueKind, _ expression: RowExpression
  ) -> Operand {
    Operand(
      expression: expression, kind: kind, height: max(left.height, right.height) + 1,
      start: left.start, end: right.end)
  }

  mutating func note(_ column: SuiteName) { columns.append(column) }
}
