/// A number as it is written.
struct SuiteNumber: Sendable {
  var value: Double
  /// Whether a `%` stood behind it; the value is divided by 100 already.
  var isPercentage: Bool
  /// In the text.
  var start: Int
  var end: Int
}

extension SuiteCursor {
  /// Whether a number comes next.
  var isAtNumber: Bool { numberStart(at: position) != nil }

  /// Where the digits of a number begin that begins at a place.
  private func numberStart(at place: Int) -> Int? {
    var place = place
    let scalars = text.scalars
    if place < scalars.count, scalars[place] == "-" || scalars[place] == "+" { place += 1 }
    guard place < scalars.count else { return nil }
    if Self.isDigit(scalars[place]) { return place }
    let isFraction =
      scalars[place] == "." && place + 1 < scalars.count && Self.isDigit(scalars[place + 1])
    return isFraction ? place : nil
  }

  /// `12`, `-1_000.5`, `1e6`, `99.9%`; stands right behind it, without skipping blanks, so that a unit can be looked for.
  mutating func takeNumber() throws(SuiteProblem) -> SuiteNumber? {
    guard var place = numberStart(at: position) else { return nil }
    let start = position
    let scalars = text.scalars
    takeDigits(&place)
    if place + 1 < scalars.count, scalars[place] == ".", Self.isDigit(scalars[place + 1]) {
      place += 1
      takeDigits(&place)
    }
    if place < scalars.count, scalars[place] == "e" || scalars[place] == "E" {
      var digits = place + 1
      if digits < scalars.count, scalars[digits] == "-" || scalars[digits] == "+" { digits += 1 }
      if digits < scalars.count, Self.isDigit(scalars[digits]) {
        place = digits
        takeDigits(&place)
      }
    }
    var written = SuiteText.string(scalars[start..<place].filter { $0 != "_" }[...])
    let isPercentage = place < scalars.count && scalars[place] == "%"
    let end = place + (isPercentage ? 1 : 0)
    // By its digits, so that 99.9% is exactly what 0.999 is.
    if isPercentage { written = Self.shifted(written) }
    let shown = Self.shortened(SuiteText.string(scalars[start..<end]))
    guard let value = Double(written), value.isFinite else {
      throw problem("`\(shown)` is larger than a number can be", at: start)
    }
    move(to: end)
    return SuiteNumber(value: value, isPercentage: isPercentage, start: start, end: end)
  }

  private func takeDigits(_ place: inout Int) {
    let scalars = text.scalars
    while place < scalars.count {
      let isSeparator =
        scalars[place] == "_" && place + 1 < scalars.count && Self.isDigit(scalars[place + 1])
      guard Self.isDigit(scalars[place]) || isSeparator else { return }
      place += 1
    }
  }

  /// A hundredth of a number, as text.
  private static func shifted(_ number: String) -> String {
    guard let mark = number.firstIndex(where: { $0 == "e" || $0 == "E" }) else {
      return number + "e-2"
    }
    let exponent = Int(number[number.index(after: mark)...])
    // An exponent beyond all numbers stays as it is: it is none, or all.
    guard let exponent, exponent > -100_000, exponent < 100_000 else { return number }
    return "\(number[..<mark])e\(exponent - 2)"
  }

  static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  /// The number has nothing glued to its end.
  func requireEnd(of number: SuiteNumber) throws(SuiteProblem) {
    let scalars = text.scalars
    guard number.end < scalars.count, Self.isInWord(scalars[number.end]) else { return }
    var end = number.end
    while end < scalars.count, Self.isInWord(scalars[end]) { end += 1 }
    let shown = Self.shortened(SuiteText.string(scalars[number.start..<end]))
    throw problem("`\(shown)` is no number", at: number.start)
  }
}
