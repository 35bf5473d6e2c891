import Platform

extension ExperimentFilter {
  /// Parses a filter in MLflow's search grammar for experiments; no text is no clause.
  ///
  /// - Throws: ``ParseFailure`` with the column, counted in Unicode scalars from 1.
  package init(parsing text: String) throws(ParseFailure) {
    clauses = []
    guard !text.isEmpty else { return }
    var parser = try SearchParser(text)
    guard parser.current != nil else { throw parser.failure("a filter of spaces only") }
    while parser.current != nil {
      if parser.take(word: "AND") { continue }
      clauses.append(try parser.takeExperimentClause())
    }
  }
}

extension SearchParser {
  /// An attribute's name alone or behind `attribute.`, or `tags.key`.
  mutating func takeExperimentField() throws(ParseFailure) -> ExperimentField {
    let first = current
    guard let first, first.kind == .word || first.isName else {
      throw failure("expected a field, found \(found)", hint: "such as name or tags.team")
    }
    advance()
    guard let point = current, point.isMark("."), point.range.lowerBound == first.range.upperBound
    else { return .attribute(try experimentAttribute(first.unquotedTwice, at: first)) }
    advance()
    guard first.kind == .word, ["attribute", "tag", "tags"].contains(first.text) else {
      throw failure(
        "`\(first.text)` is no kind of field", at: first,
        hint: "the kinds are attribute and tags")
    }
    let start = current
    let key = try takeKey()
    return first.text == "attribute"
      ? .attribute(try experimentAttribute(key, at: start)) : .tag(key)
  }

  private func experimentAttribute(
    _ name: String, at token: SearchToken?
  ) throws(ParseFailure) -> ExperimentField.Attribute {
    if let attribute = ExperimentField.Attribute(rawValue: name) { return attribute }
    let names = ExperimentField.Attribute.allCases.map(\.rawValue)
    let known = "the attributes are \(names.joined(separator: ", "))"
    throw failure(
      "an experiment has no attribute `\(name)`", at: token,
      hint: nearestName(to: name, among: names).map { "did you mean `\($0)`? \(known)" }
        ?? "\(known); tags are written as tags.\(name)")
  }

  fileprivate mutating func takeExperimentClause() throws(ParseFailure) -> ExperimentFilter.Clause {
    for word in ["OR", "NOT", "WHERE"] where current?.isWord(word) == true {
      throw failure("there is no \(word) in a filter", hint: "clauses can only be joined by AND")
    }
    if current?.isMark("(") == true {
      throw failure("no parentheses are allowed here", hint: "clauses can only be joined by AND")
    }
    let start = current
    let field = try takeExperimentField()
    return ExperimentFilter.Clause(subject: field, test: try takeTest(of: field, at: start))
  }

  private mutating func takeTest(
    of field: ExperimentField, at start: SearchToken?
  ) throws(ParseFailure) -> RunFilter.Test {
    if take(word: "IS") {
      let isPresent = take(word: "NOT")
      guard take(word: "NULL") else {
        throw failure("expected NULL after IS, found \(found)", hint: "IS NULL or IS NOT NULL")
      }
      guard case .tag = field else { throw failure("IS NULL is only for tags", at: start) }
      return .isPresent(isPresent)
    }
    let isNegated = current?.isWord("NOT") == true && peek(1)?.isWord("IN") == true
    if isNegated || current?.isWord("IN") == true {
      advance(by: isNegated ? 2 : 1)
      guard field == .attribute(.id) else {
        throw failure("IN is only for experiment_id", at: start, hint: "compare with =")
      }
      let list = current
      var ids: [String] = []
      for text in try takeTexts() { ids.append(try experimentID(text, at: list)) }
      return .list(contains: !isNegated, ids)
    }
    let comparison = current
    let name = try takeComparison()
    if case .attribute(let attribute) = field, attribute.isNumeric {
      guard let test = RunFilter.NumberTest(rawValue: name) else {
        throw failure(
          "`\(name)` does not compare numbers", at: comparison,
          hint: "use =, !=, >, >=, < or <=")
      }
      return .number(test, try takeWholeNumber())
    }
    guard let test = RunFilter.TextTest(rawValue: name),
      field != .attribute(.id) || test == .equal || test == .notEqual
    else {
      throw failure(
        "`\(name)` does not compare it", at: comparison,
        hint: field == .attribute(.id) ? "use =, !=, IN or NOT IN" : "use =, !=, LIKE or ILIKE")
    }
    let value = current
    guard let text = current?.quotedValue else {
      throw failure(
        "expected a text in quotes, found \(found)",
        hint: current.map { "write it as '\($0.text)'" })
    }
    if test == .like || test == .ilike, text.utf8.count > 50_000 {
      throw failure("a pattern of more than 50,000 bytes")
    }
    advance()
    return .text(test, field == .attribute(.id) ? try experimentID(text, at: value) : text)
  }

  /// An id as the database writes it; Python's `int` takes spaces around it, a sign and zeros in front.
  private func experimentID(
    _ text: String, at token: SearchToken?
  ) throws(ParseFailure) -> String {
    var digits = Substring(text)
    while digits.first?.isWhitespace == true { digits.removeFirst() }
    while digits.last?.isWhitespace == true { digits.removeLast() }
    guard let number = Int64(digits) else {
      throw failure(
        "`\(text)` is no id of an experiment", at: token, hint: "an id is a whole number")
    }
    return String(number)
  }

  private mutating func takeWholeNumber() throws(ParseFailure) -> Double {
    guard let token = current, token.kind == .number, let value = Int64(token.text) else {
      throw failure(
        "expected a whole number, found \(found)", hint: "times are milliseconds since 1970")
    }
    advance()
    return Double(value)
  }
}
