extension SuiteCursor {
  /// A number of a kind, which has to stand here.
  ///
  /// - Parameter what: what it is of, for messages: `` `nulls` ``.
  mutating func measure(_ measure: Measure, of what: String) throws(SuiteProblem) -> Double {
    if measure == .duration { return try duration(of: what) }
    guard let number = try takeNumber() else {
      throw problem("expected \(measure.noun) behind \(what), found \(found)", hint: measure.hint)
    }
    try requireEnd(of: number)
    try check(number, measure, of: what)
    return number.value
  }

  func check(
    _ number: SuiteNumber, _ measure: Measure, of what: String
  ) throws(SuiteProblem) {
    let shown = Self.shortened(SuiteText.string(text.scalars[number.start..<number.end]))
    guard let objection = measure.objection(to: number, shown, what) else { return }
    throw problem(objection.message, at: number.start, hint: objection.hint)
  }

  /// `2d`, `1d12h`, `90s`.
  private mutating func duration(of what: String) throws(SuiteProblem) -> Double {
    let start = position
    var seconds = 0.0
    var smallest = Double.infinity
    repeat {
      guard let number = try takeNumber() else {
        throw problem(
          "expected a time behind \(what), found \(found)", hint: Measure.duration.hint)
      }
      try check(number, .duration, of: what)
      let shown = Self.shortened(SuiteText.string(text.scalars[number.start..<number.end]))
      // The letters that are glued to the number.
      var end = number.end
      while end < text.scalars.count, Self.beginsWord(text.scalars[end]) { end += 1 }
      let unit = SuiteText.string(text.scalars[number.end..<end])
      guard !unit.isEmpty else {
        throw problem(
          "`\(shown)` of what: days, hours, minutes or seconds", at: number.start,
          hint: "write `\(shown)d`, `\(shown)h`, `\(shown)m` or `\(shown)s`")
      }
      guard let size = SuiteNumber.units.first(where: { $0.name == unit })?.seconds else {
        throw problem(
          "`\(Self.shortened(unit))` is no unit of time", at: number.end,
          hint: "units are d, h, m and s")
      }
      guard size < smallest else {
        throw problem(
          "`\(unit)` behind a smaller unit", at: number.end,
          hint: "write the largest first: `1d12h`")
      }
      smallest = size
      seconds += number.value * size
      move(to: end)
    } while next.map(Self.isDigit) == true && !isBehindBlank
    guard seconds.isFinite else { throw problem("a time without an end", at: start) }
    return seconds
  }

  /// Whether blanks were skipped in front of what comes next.
  private var isBehindBlank: Bool {
    position > 0 && SuiteSource.isBlank(text.scalars[position - 1])
  }
}

extension Measure {
  var noun: String {
    switch self {
    case .number, .size, .probability: "a number"
    case .share, .ratio: "a share"
    case .count: "a whole number"
    case .duration: "a time"
    }
  }

  var hint: String? {
    switch self {
    case .number, .size, .probability, .count: nil
    case .share, .ratio: "write `5%`"
    case .duration: "write `2d`, `12h`, `5m` or `90s`"
    }
  }
}
