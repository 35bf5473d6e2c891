import Platform

/// A place in a text that is read from left to right. It never rests in front of a blank.
struct SuiteCursor: Sendable {
  let text: SuiteText
  private(set) var position = 0

  init(_ text: SuiteText) {
    self.text = text
    skipBlanks()
  }

  /// The character that comes next.
  var next: Unicode.Scalar? { scalar(0) }
  var isAtEnd: Bool { position >= text.scalars.count }

  func scalar(_ ahead: Int) -> Unicode.Scalar? {
    let place = position + ahead
    return text.scalars.indices.contains(place) ? text.scalars[place] : nil
  }

  /// Where the next character stands in the file.
  var offset: Int { text.offset(position) }

  func problem(_ message: String, at place: Int? = nil, hint: String? = nil) -> SuiteProblem {
    SuiteProblem(message, at: text.offset(place ?? position), hint: hint)
  }

  /// Goes on to a place, and to what is no blank behind it.
  mutating func move(to place: Int) {
    position = min(max(0, place), text.scalars.count)
    skipBlanks()
  }

  private mutating func skipBlanks() {
    while let next, SuiteSource.isBlank(next) { position += 1 }
  }

  // MARK: Signs

  func follows(_ sign: String) -> Bool {
    text.scalars[position...].starts(with: sign.unicodeScalars)
  }

  mutating func take(_ sign: String) -> Bool {
    guard follows(sign) else { return false }
    move(to: position + sign.unicodeScalars.count)
    return true
  }

  // MARK: Words

  static func beginsWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A, 0x5F: true
    case ..<0x80: false
    default: scalar.properties.isAlphabetic
    }
  }

  static func isInWord(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x80 { return beginsWord(scalar) || isDigit(scalar) }
    return beginsWord(scalar) || scalar.properties.numericType != nil
      || scalar.properties.generalCategory == .nonspacingMark
      || scalar.properties.generalCategory == .spacingMark
  }

  /// Where the word that begins at a place ends; the place itself when none begins. Words have points inside: `address.city`.
  func wordEnd(at start: Int) -> Int {
    let scalars = text.scalars
    guard start < scalars.count, Self.beginsWord(scalars[start]) else { return start }
    var end = start + 1
    while end < scalars.count {
      if Self.isInWord(scalars[end]) {
        end += 1
      } else if scalars[end] == ".", end + 1 < scalars.count, Self.isInWord(scalars[end + 1]) {
        end += 2
      } else {
        break
      }
    }
    return end
  }

  /// The word that comes next, without taking it.
  var word: String? {
    let end = wordEnd(at: position)
    return end > position ? SuiteText.string(text.scalars[position..<end]) : nil
  }

  mutating func takeWord() -> String? {
    guard let word else { return nil }
    move(to: wordEnd(at: position))
    return word
  }

  mutating func takeWord(_ expected: String) -> Bool {
    guard word == expected else { return false }
    move(to: wordEnd(at: position))
    return true
  }

  /// Takes words with blanks between them, all or none.
  mutating func takeWords(_ expected: String) -> Bool {
    var copy = self
    for part in expected.split(separator: " ") where !copy.takeWord(String(part)) { return false }
    self = copy
    return true
  }

  /// A word with hyphens in it, `mann-whitney`, without taking it.
  var hyphenatedWord: (text: String, end: Int)? {
    var end = wordEnd(at: position)
    guard end > position else { return nil }
    while end + 1 < text.scalars.count, text.scalars[end] == "-",
      Self.beginsWord(text.scalars[end + 1])
    {
      end = wordEnd(at: end + 1)
    }
    return (SuiteText.string(text.scalars[position..<end]), end)
  }

  /// What comes next, for messages: `` `word` ``, or that there is nothing.
  var found: String {
    guard let next else { return "nothing" }
    if let hyphenatedWord { return "`\(Self.shortened(hyphenatedWord.text))`" }
    var end = position + 1
    let isSign = { (scalar: Unicode.Scalar) in "<>=!&|~.*".unicodeScalars.contains(scalar) }
    if next.properties.numericType != nil {
      while end < text.scalars.count, Self.isInWord(text.scalars[end]) { end += 1 }
    } else if isSign(next) {
      while end < text.scalars.count, isSign(text.scalars[end]), end - position < 3 { end += 1 }
    }
    return "`\(Self.shortened(SuiteText.string(text.scalars[position..<end])))`"
  }

  static func shortened(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    return scalars.count <= 60 ? text : SuiteText.string(scalars[..<60]) + "…"
  }
}
