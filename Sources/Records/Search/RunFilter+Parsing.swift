import Platform

extension RunFilter {
  /// Parses a filter in MLflow's search grammar for runs; no text is no clause.
  ///
  /// Clauses are joined by AND. As in MLflow an AND too many, or one left out, is no error. Beyond MLflow, keys may hold
  /// `/`, `-` and `:` without quotes (`metrics.val/loss`), and may be words that SQL keeps for itself.
  /// - Throws: ``ParseFailure`` with the column, counted in Unicode scalars from 1.
  package init(parsing text: String) throws(ParseFailure) {
    guard !text.isEmpty else {
      self = .everything
      return
    }
    var parser = try SearchParser(text)
    guard parser.current != nil else { throw parser.failure("a filter of spaces only") }
    clauses = []
    while parser.current != nil {
      if parser.take(word: "AND") { continue }
      clauses.append(try parser.takeClause())
    }
  }
}

extension SearchParser {
  fileprivate mutating func takeClause() throws(ParseFailure) -> RunFilter.Clause {
    for word in ["OR", "NOT", "WHERE"] where current?.isWord(word) == true {
      throw failure("there is no \(word) in a filter", hint: "clauses can only be joined by AND")
    }
    if current?.isMark("(") == true {
      throw failure("no parentheses are allowed here", hint: "clauses can only be joined by AND")
    }
    let start = current
    let field = try takeField(aliases: RunField.Attribute.aliases)
    if let test = try takePresence(of: field, at: start) {
      return RunFilter.Clause(subject: field, test: test)
    }
    if let test = try takeList(for: field, at: start) {
      return RunFilter.Clause(subject: field, test: test)
    }
    let comparison = current
    let name = try takeComparison()
    if field.isNumeric {
      guard let test = RunFilter.NumberTest(rawValue: name) else {
        throw failure("`\(name)` does not compare numbers", at: comparison, hint: numberHint)
      }
      return RunFilter.Clause(subject: field, test: .number(test, try takeNumber()))
    }
    guard let test = RunFilter.TextTest(rawValue: name) else {
      throw failure("`\(name)` does not compare text", at: comparison, hint: textHint(field))
    }
    return RunFilter.Clause(subject: field, test: .text(test, try takeText(for: test)))
  }

  private var numberHint: String { "use =, !=, >, >=, < or <=" }

  private func textHint(_ field: RunField) -> String {
    switch field {
    case .param, .tag: "use =, !=, LIKE, ILIKE, IS NULL or IS NOT NULL; values are text"
    case .dataset, .attribute(.runID): "use =, !=, LIKE, ILIKE, IN or NOT IN"
    default: "use =, !=, LIKE or ILIKE"
    }
  }

  /// `IS NULL` and `IS NOT NULL`.
  private mutating func takePresence(
    of field: RunField, at start: SearchToken?
  ) throws(ParseFailure) -> RunFilter.Test? {
    guard take(word: "IS") else { return nil }
    let isPresent = take(word: "NOT")
    guard take(word: "NULL") else {
      throw failure("expected NULL after IS, found \(found)", hint: "IS NULL or IS NOT NULL")
    }
    switch field {
    case .param, .tag: return .isPresent(isPresent)
    default:
      throw failure("IS NULL is only for params and tags", at: start)
    }
  }

  /// `IN (…)` and `NOT IN (…)`.
  private mutating func takeList(
    for field: RunField, at start: SearchToken?
  ) throws(ParseFailure) -> RunFilter.Test? {
    let isNegated = current?.isWord("NOT") == true && peek(1)?.isWord("IN") == true
    guard isNegated || current?.isWord("IN") == true else { return nil }
    advance(by: isNegated ? 2 : 1)
    switch field {
    case .attribute(.runID), .dataset: break
    default:
      throw failure(
        "IN is only for run_id and datasets", at: start,
        hint: "compare with =, or search once for each value")
    }
    return .list(contains: !isNegated, try takeTexts())
  }

  /// Texts in parentheses, as Python reads a tuple of them: neighbours without a comma are one text.
  mutating func takeTexts() throws(ParseFailure) -> [String] {
    guard take(mark: "(") else {
      throw failure("expected `(` after IN, found \(found)", hint: "such as run_id IN ('a', 'b')")
    }
    var texts: [String] = []
    while true {
      guard let piece = current?.quotedValue else {
        if !texts.isEmpty, take(mark: ")") { return texts }
        throw failure("expected a text in quotes, found \(found)")
      }
      var text = pythonText(piece)
      advance()
      while let more = current?.quotedValue {
        text += pythonText(more)
        advance()
      }
      texts.append(text)
      if take(mark: ")") { return texts }
      guard take(mark: ",") else { throw failure("expected `,` or `)`, found \(found)") }
    }
  }

  /// The text of a Python literal: two literals side by side (`'it''s'`) are one text, and a backslash escapes.
  private func pythonText(_ raw: String) -> String {
    guard raw.utf8.contains(where: { $0 == 0x27 || $0 == 0x22 || $0 == 0x5C }) else { return raw }
    var text = String.UnicodeScalarView()
    var scalars = Array(raw.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      if scalar == "\\", let escaped = scalars.popFirst() {
        switch escaped {
        case "\\", "'", "\"": text.append(escaped)
        case "n": text.append("\n")
        case "t": text.append("\t")
        case "r": text.append("\r")
        default: text.append(contentsOf: [scalar, escaped])
        }
      } else if scalar == "'", scalars.first == "'" {
        scalars.removeFirst()
      } else {
        text.append(scalar)
      }
    }
    return String(text)
  }

  mutating func takeComparison() throws(ParseFailure) -> String {
    if let token = current, token.kind == .comparison {
      advance()
      return token.text
    }
    if current?.isWord("NOT") == true, let next = peek(1),
      next.isWord("LIKE") || next.isWord("ILIKE")
    {
      throw failure("there is no NOT \(next.text.uppercased())", hint: "use != for one value")
    }
    for word in ["LIKE", "ILIKE"] where take(word: word) { return word }
    throw failure(
      "expected a comparison, found \(found)", hint: "=, !=, >, >=, <, <=, LIKE or ILIKE")
  }

  private mutating func takeNumber() throws(ParseFailure) -> Double {
    guard let token = current, token.kind == .number, let value = token.number else {
      throw failure(
        "expected a number, found \(found)",
        hint: current?.quotedValue == nil ? nil : "write it without quotes")
    }
    advance()
    return value
  }

  private mutating func takeText(for test: RunFilter.TextTest) throws(ParseFailure) -> String {
    guard let text = current?.quotedValue else {
      throw failure(
        "expected a text in quotes, found \(found)",
        hint: current.map { "write it as '\($0.text)'" })
    }
    // SQLite's own limit; a longer pattern could take very long.
    if test == .like || test == .ilike, text.utf8.count > 50_000 {
      throw failure("a pattern of more than 50,000 bytes")
    }
    advance()
    return text
  }
}

extension RunField {
  /// Whether it is compared with numbers.
  fileprivate var isNumeric: Bool {
    switch self {
    case .metric: true
    case .attribute(let attribute): attribute.isNumeric
    case .param, .tag, .dataset: false
    }
  }
}

extension SearchToken {
  /// The value of a number, as Python's `float` reads it: `5.` and `.5` are numbers, and one that is too large is
  /// infinite.
  var number: Double? {
    var digits = text
    if digits.hasSuffix(".") { digits += "0" }
    if digits.hasPrefix(".") { digits = "0" + digits }
    if digits.hasPrefix("-.") { digits = "-0" + digits.dropFirst() }
    return Double(digits)
  }
}
