extension RowExpressionParser {
  /// `a < b`, and `a < b <= c`.
  mutating func comparisons(
    _ first: Operand, depth: Int
  ) throws(SuiteProblem) -> Operand {
    var left = first
    var chain: Operand?
    while case .comparison(let comparison)? = try infix() {
      let place = cursor.position
      _ = cursor.take(comparison.rawValue)
      let right = try operand(Power.comparison + 1, depth: depth + 1)
      try requireComparable(left, comparison, right, at: place)
      let link = joined(
        left, right, .truth, .comparison(comparison, left.expression, right.expression))
      chain = chain.map { joined($0, link, .truth, .and($0.expression, link.expression)) } ?? link
      guard (chain?.height ?? 0) <= Self.depthLimit else { throw tooDeep(first.start) }
      left = right
    }
    try requireNoComparison()
    return chain ?? first
  }

  /// `in` and `is` do not go on where a comparison ends.
  func requireNoComparison() throws(SuiteProblem) {
    guard let next = try infix(), next.power == Power.comparison else { return }
    throw cursor.problem(
      "\(cursor.found) behind a comparison", hint: "join the two by `and`, or use parentheses")
  }

  /// What stands in brackets are values, so that a text that lacks its quotes is not taken for a column.
  mutating func among(
    _ left: Operand, isNegated: Bool
  ) throws(SuiteProblem) -> Operand {
    _ = cursor.takeWord("not")
    _ = cursor.takeWord("in")
    let start = cursor.position
    guard cursor.take("[") else {
      throw cursor.problem(
        "expected `[` behind `in`, found \(cursor.found)", hint: "write `in ['KR', 'US']`")
    }
    var values: [RowExpression] = []
    while !cursor.take("]") {
      if !values.isEmpty, !cursor.take(",") {
        throw cursor.problem("expected `,` or `]` behind a value, found \(cursor.found)")
      }
      let value = try listed()
      try requireComparable(left, .equal, value, at: value.start)
      values.append(value.expression)
    }
    guard !values.isEmpty else {
      throw cursor.problem("an empty list of values", at: start, hint: "write `in ['KR', 'US']`")
    }
    try requireNoComparison()
    return Operand(
      expression: .among(left.expression, values, isNegated: isNegated), kind: .truth,
      height: left.height + 1, start: left.start, end: cursor.position)
  }
}
