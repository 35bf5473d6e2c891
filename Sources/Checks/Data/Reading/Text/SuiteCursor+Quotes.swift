extension SuiteCursor {
  /// Whether a text in quotes comes next.
  var isAtQuote: Bool { next == "\"" || next == "'" }

  /// A text in quotes of either kind. A backslash is a backslash; a quote inside stands twice.
  ///
  /// - Returns: nil when no quote comes next.
  mutating func takeQuoted() throws(SuiteProblem) -> SuiteText? {
    guard let quote = next, isAtQuote else { return nil }
    return try takeEnclosed(by: quote)
  }

  /// A name in backticks, which stand twice inside.
  mutating func takeBackticked() throws(SuiteProblem) -> SuiteText? {
    guard next == "`" else { return nil }
    let start = position
    let name = try takeEnclosed(by: "`")
    guard !name.isEmpty else {
      throw problem(
        "a column without a name", at: start, hint: "write its name between the backticks")
    }
    return name
  }

  private mutating func takeEnclosed(by quote: Unicode.Scalar) throws(SuiteProblem) -> SuiteText {
    let start = position
    var scalars: [Unicode.Scalar] = []
    var offsets: [Int] = []
    var place = start + 1
    while place < text.scalars.count {
      let scalar = text.scalars[place]
      if scalar == quote {
        guard place + 1 < text.scalars.count, text.scalars[place + 1] == quote else {
          let end = text.offset(place)
          move(to: place + 1)
          return SuiteText(scalars, at: offsets + [end])
        }
        offsets.append(text.offset(place))
        place += 2
      } else {
        offsets.append(text.offset(place))
        place += 1
      }
      scalars.append(scalar)
    }
    throw problem(
      "a `\(quote)` that is never closed", at: start,
      hint: "a `\(quote)` inside of the text stands twice")
  }
}

/// Text as a suite has it in quotes.
enum SuiteQuotes {
  static func text(_ text: String, _ quote: String = "'") -> String {
    var result = quote
    for scalar in text.unicodeScalars {
      result.unicodeScalars.append(scalar)
      if String(scalar) == quote { result += quote }
    }
    return result + quote
  }

  /// A column's name: as it is where it is a word that means nothing else, in backticks otherwise.
  static func column(_ name: String, besides taken: Set<String> = []) -> String {
    let cursor = SuiteCursor(SuiteText(name))
    let isWord = !name.isEmpty && cursor.wordEnd(at: 0) == name.unicodeScalars.count
    let isFree = isWord && !SuiteWords.reserved.contains(name) && !taken.contains(name)
    return isFree ? name : Self.text(name, "`")
  }
}

/// Words that are no columns, unless they stand in backticks.
enum SuiteWords {
  static let reserved: Set<String> = [
    "and", "or", "not", "in", "is", "null", "true", "false", "where", "by", "mostly", "on",
  ]
}
