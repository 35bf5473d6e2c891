extension SuiteCursor {
  /// Whether bounds come next: `18..90`, `>= 0`, `..5`.
  var isAtBounds: Bool {
    guard let next else { return false }
    return isAtNumber || follows("..") || "<>=!≤≥".unicodeScalars.contains(next)
  }

  /// `18..90`, `1000..`, `..5`, `>= 0`, `== 3`, `> 0 and <= 1`, which have to stand here.
  mutating func bounds(_ measure: Measure, of what: String) throws(SuiteProblem) -> Bounds {
    let start = position
    guard isAtBounds else {
      throw problem(
        "expected bounds behind \(what), found \(found)",
        hint: "write `0..10`, `>= 0`, `< 10` or `== 5`")
    }
    let bounds: Bounds
    if isAtNumber || follows("..") {
      bounds = try interval(measure, of: what)
    } else {
      bounds = try comparisons(measure, of: what)
    }
    guard !bounds.isEmpty else {
      let (low, high) = (bounds.lower ?? 0, bounds.upper ?? 0)
      throw problem(
        "no number is in `\(bounds.shortForm)`", at: start,
        hint: low > high ? "did you mean `\(Bounds(lower: high, upper: low).shortForm)`?" : nil)
    }
    return bounds
  }

  private mutating func interval(_ measure: Measure, of what: String) throws(SuiteProblem) -> Bounds
  {
    let start = position
    var bounds = Bounds()
    if isAtNumber { bounds.lower = try self.measure(measure, of: what) }
    guard follows("..") else {
      let shown = bounds.lower.map(measure.text) ?? ""
      if follows("-") || follows(":") || word == "to" || word == "and" {
        throw problem("expected `..` behind `\(shown)`, found \(found)", hint: "write `18..90`")
      }
      throw problem(
        "`\(shown)` is no bound: is it the least, the most, or both?", at: start,
        hint: "write `>= \(shown)`, `<= \(shown)` or `== \(shown)`")
    }
    guard !follows("...") else {
      throw problem("a range has two points between its ends", hint: "write `18..90`")
    }
    _ = take("..")
    if follows("<") {
      let low = bounds.lower.map(measure.text) ?? "0"
      throw problem("expected a number behind `..`, found `<`", hint: "write `>= \(low) and < 10`")
    }
    if isAtNumber { bounds.upper = try self.measure(measure, of: what) }
    guard bounds.lower != nil || bounds.upper != nil else {
      throw problem("`..` without a number", at: start, hint: "write `18..90`, `18..` or `..90`")
    }
    return bounds
  }

  private mutating func comparisons(
    _ measure: Measure, of what: String
  ) throws(SuiteProblem) -> Bounds {
    let start = position
    let sign = try comparisonSign(["==", ">=", "<=", ">", "<"], of: what)
    var bounds = Bounds()
    let value = try self.measure(measure, of: what)
    switch sign {
    case "==": return Bounds(lower: value, upper: value)
    case ">=", ">":
      bounds.lower = value
      bounds.excludesLower = sign == ">"
    default:
      bounds.upper = value
      bounds.excludesUpper = sign == "<"
    }
    guard word == "and" else { return bounds }
    _ = takeWord()
    guard bounds.lower != nil else {
      throw problem(
        "the lower bound stands first", at: start, hint: "write `>= 0 and < 10`")
    }
    let upper = try comparisonSign(["<=", "<"], of: what)
    bounds.upper = try self.measure(measure, of: what)
    bounds.excludesUpper = upper == "<"
    return bounds
  }

  /// One of some signs of comparison.
  mutating func comparisonSign(
    _ allowed: [String], of what: String
  ) throws(SuiteProblem) -> String {
    for sign in ["==", ">=", "<=", ">", "<"] where follows(sign) {
      // `<>`, `=<`, `<==` are none.
      let isMore = scalar(sign.unicodeScalars.count).map { "<>=".unicodeScalars.contains($0) }
      guard isMore != true else { break }
      guard allowed.contains(sign) else { break }
      _ = take(sign)
      return sign
    }
    let list = allowed.map { "`\($0)`" }
    throw problem(
      "expected \(Self.choices(list)) behind \(what), found \(found)", hint: signHint(allowed))
  }

  private func signHint(_ allowed: [String]) -> String? {
    let meant: [(String, String)] = [
      ("≤", "<="), ("≥", ">="), ("=<", "<="), ("=>", ">="), ("<=", "<="), (">=", ">="),
      ("<", "<="), (">", ">="), ("==", "=="), ("=", "=="),
    ]
    guard let sign = meant.first(where: { follows($0.0) })?.1 else { return nil }
    if allowed.contains(sign) { return "write `\(sign)`" }
    // `< 5%` where a share may be 5%, and `<= 0.9` where a score stays below.
    guard let near = allowed.first(where: { $0.first == sign.first }) else { return nil }
    return "write `\(near)`"
  }

  /// `a`, `b` or `c`.
  static func choices(_ list: [String]) -> String {
    guard let last = list.last, list.count > 1 else { return list.first ?? "" }
    return list.dropLast().joined(separator: ", ") + " or " + last
  }
}
