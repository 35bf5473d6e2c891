import Platform

extension ModelTestParser {
  mutating func invariant() throws(SuiteProblem) -> ModelTest.Kind {
    let perturbation = try perturbation()
    guard cursor.takeWord("on") || cursor.takeWord("in") else {
      throw cursor.problem(
        "expected `on` and columns, found \(cursor.found)",
        hint: "write `invariant to noise(0.01) on [age, income]`")
    }
    var rule = InvarianceRule(perturbation, columns: try columns("a column"))
    if let tolerance = cursor.takeWord("within") ? try cursor.measure(.ratio, of: "`within`") : nil
    {
      rule.tolerance = tolerance
    }
    if cursor.take(":") {
      guard cursor.takeWord("changed") else {
        throw cursor.problem(
          "expected `changed`, found \(cursor.found)", hint: "write `: changed <= 1%`")
      }
    }
    rule.most = try most(.share, of: "`changed`") ?? InvarianceRule.usualMost
    return .invariance(rule)
  }

  private mutating func perturbation() throws(SuiteProblem) -> InvarianceRule.Perturbation {
    let words = ["noise", "shift", "typo", "case", "swap"]
    guard let word = cursor.word, words.contains(word) else {
      let near = cursor.word.flatMap { nearestName(to: $0, among: words) }
      throw cursor.problem(
        "there is no change \(cursor.found)",
        hint: near.map { "did you mean `\($0)`?" }
          ?? "changes are `noise(0.01)`, `shift(0.1)`, `typo`, `case` and `swap(A, B)`")
    }
    _ = cursor.takeWord()
    switch word {
    case "typo": return .typo
    case "case": return .flipCase
    case "swap":
      try open("swap(A, B)")
      let first = try value("a value")
      guard cursor.take(",") else {
        throw cursor.problem("expected `,` and a second value, found \(cursor.found)")
      }
      let second = try value("a value")
      try close()
      return .swap(first, second)
    default:
      try open("\(word)(0.01)")
      let size = try cursor.measure(.number, of: "`\(word)`")
      try close()
      return word == "noise" ? .noise(size) : .shift(size)
    }
  }

  private mutating func open(_ example: String) throws(SuiteProblem) {
    guard cursor.take("(") else {
      throw cursor.problem("expected `(`, found \(cursor.found)", hint: "write `\(example)`")
    }
  }

  private mutating func close() throws(SuiteProblem) {
    guard cursor.take(")") else { throw cursor.problem("expected `)`, found \(cursor.found)") }
  }

  mutating func direction(raises: Bool) throws(SuiteProblem) -> ModelTest.Kind {
    let verb = raises ? "raising" : "lowering"
    let column = try cursor.column(of: "a column behind `\(verb)`").text
    var rule = DirectionRule(column: column, raises: raises, neverLowers: true)
    if cursor.takeWord("by") {
      let step = try cursor.measure(.size, of: "`by`")
      guard step > 0 else { throw cursor.problem("`by 0` changes nothing") }
      rule.step = step
    }
    guard cursor.takeWord("never") else {
      throw cursor.problem(
        "expected `never`, found \(cursor.found)",
        hint: "write `\(verb) \(SuiteQuotes.column(column)) never lowers prediction`")
    }
    if cursor.takeWord("raises") {
      rule.neverLowers = false
    } else if !cursor.takeWord("lowers") {
      throw cursor.problem("expected `lowers` or `raises`, found \(cursor.found)")
    }
    _ = cursor.takeWord("prediction")
    if let tolerance = try within() { rule.tolerance = tolerance }
    if cursor.take(":"), !cursor.takeWord("violated") {
      throw cursor.problem(
        "expected `violated`, found \(cursor.found)", hint: "write `: violated <= 2%`")
    }
    rule.most = try most(.share, of: "`violated`") ?? DirectionRule.usualMost
    return .directional(rule)
  }

  mutating func monotone() throws(SuiteProblem) -> ModelTest.Kind {
    let rises: Bool
    if cursor.takeWord("increasing") {
      rises = true
    } else if cursor.takeWord("decreasing") {
      rises = false
    } else {
      throw cursor.problem(
        "expected `increasing` or `decreasing`, found \(cursor.found)",
        hint: "write `monotone increasing in rooms`")
    }
    guard cursor.takeWord("in") else {
      throw cursor.problem("expected `in` and a column, found \(cursor.found)")
    }
    let column = try cursor.column(of: "a column").text
    return .monotone(
      MonotoneRule(column: column, rises: rises, tolerance: try within() ?? 0))
  }
}
