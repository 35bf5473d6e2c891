import Platform

extension SearchParser {
  /// One clause: a field, a comparison and a value.
  mutating func takeClause(_ vocabulary: RegistryVocabulary) throws -> RegistryFilter.Clause {
    for word in ["OR", "NOT", "WHERE"] where current?.isWord(word) == true {
      throw failure("there is no \(word) in a filter", hint: "clauses can only be joined by AND")
    }
    let (kind, key) = try takeField(vocabulary)
    let isNumber = kind == .metric || (kind == .attribute && vocabulary.numbers[key] != nil)
    if current?.isWord("IS") == true {
      throw failure("there is no IS NULL here", hint: "compare with =, !=, LIKE or ILIKE")
    }
    if let test = try takeList(kind, key, vocabulary, isNumber) {
      return RegistryFilter.Clause(kind: kind, key: key, test: test)
    }
    let name = try takeComparison()
    if isNumber {
      guard let test = RunFilter.NumberTest(rawValue: name) else {
        throw vocabulary.badComparison(name, kind, key, ofNumber: true)
      }
      let value = try takeNumber(kind, key, vocabulary)
      return RegistryFilter.Clause(kind: kind, key: key, test: .number(test, value))
    }
    guard let test = RunFilter.TextTest(rawValue: name) else {
      throw vocabulary.badComparison(name, kind, key, ofNumber: false)
    }
    let text = try takeText(vocabulary, kind)
    if test == .like || test == .ilike, text.utf8.count > 50_000 {
      throw failure("a pattern of more than 50,000 bytes")
    }
    return RegistryFilter.Clause(kind: kind, key: key, test: .text(test, text))
  }

  private mutating func takeField(
    _ vocabulary: RegistryVocabulary
  ) throws -> (RegistryVocabulary.Kind, String) {
    guard let first = current, first.kind == .word || first.isName else {
      throw failure("expected a field, found \(found)", hint: "such as name or tags.team")
    }
    advance()
    guard let point = current, point.isMark("."), point.range.lowerBound == first.range.upperBound
    else { return (.attribute, try vocabulary.attribute(first.unquotedTwice)) }
    advance()
    guard first.kind == .word, let kind = vocabulary.kinds[first.text] else {
      throw vocabulary.badKind(first.text)
    }
    let key = try takeKey()
    return (kind, kind == .attribute ? try vocabulary.attribute(key) : key)
  }

  /// `IN (…)` and `NOT IN (…)`.
  private mutating func takeList(
    _ kind: RegistryVocabulary.Kind, _ key: String, _ vocabulary: RegistryVocabulary,
    _ isNumber: Bool
  ) throws -> RunFilter.Test? {
    let isNegated = current?.isWord("NOT") == true && peek(1)?.isWord("IN") == true
    guard isNegated || current?.isWord("IN") == true else { return nil }
    let name = isNegated ? "NOT IN" : "IN"
    guard !isNumber, kind == .attribute || vocabulary.lists == nil else {
      throw vocabulary.badComparison(name, kind, key, ofNumber: isNumber)
    }
    if let lists = vocabulary.lists, !lists.contains(key) {
      let known = lists.sorted().map { "'\($0)'" }.joined(separator: ", ")
      throw RecordFailure.registry(
        "Only [\(known)] attributes support comparison with a list of quoted string values.",
        "IN is only for \(lists.sorted().joined(separator: " and "))")
    }
    advance(by: isNegated ? 2 : 1)
    return .list(contains: !isNegated, try takeTexts())
  }

  /// A number; of the numbers of versions also one in quotes, and only whole ones.
  private mutating func takeNumber(
    _ kind: RegistryVocabulary.Kind, _ key: String, _ vocabulary: RegistryVocabulary
  ) throws -> Double {
    let isVersion = kind == .attribute && !vocabulary.isOfLoggedModels
    if isVersion, let text = current?.quotedValue {
      guard let number = try? RegistryRules.number(ofVersion: text) else {
        throw wrongNumber(key, "'\(text)'")
      }
      advance()
      return Double(number)
    }
    guard let token = current, token.kind == .number, let value = token.number else {
      throw failure(
        "expected a number, found \(found)",
        hint: current?.quotedValue == nil ? nil : "write it without quotes")
    }
    if isVersion, token.text.contains(where: { ".eE".contains($0) }) {
      throw wrongNumber(key, token.text)
    }
    advance()
    return value
  }

  private func wrongNumber(_ key: String, _ text: String) -> RecordFailure {
    .registry(
      "Invalid value for numeric attribute '\(key)': \(text)", "`\(text)` is no \(key)",
      hint: "write a whole number")
  }

  private mutating func takeText(
    _ vocabulary: RegistryVocabulary, _ kind: RegistryVocabulary.Kind
  ) throws -> String {
    if let text = current?.quotedValue {
      advance()
      return text
    }
    if vocabulary.isOfLoggedModels, let token = current,
      token.kind == .word || token.kind == .number
    {
      advance()
      return token.text
    }
    throw failure(
      "expected a text in quotes, found \(found)", hint: current.map { "write it as '\($0.text)'" })
  }
}

extension RegistryVocabulary {
  fileprivate func attribute(_ name: String) throws(RecordFailure) -> String {
    if texts[name] != nil || numbers[name] != nil { return name }
    throw .registry(
      "Invalid attribute key '\(name)' specified. Valid keys are '\(attributesInWords)'",
      "there is no attribute `\(name)`",
      hint: "the attributes are \(attributes.joined(separator: ", "))")
  }

  fileprivate func badKind(_ word: String) -> RecordFailure {
    .registry(
      isOfLoggedModels
        ? "Invalid entity type: '\(word)'. Expected one of \(kindsInWords)."
        : "Invalid entity type '\(word)'. Valid entity types are \(kindsInWords)",
      "`\(word)` is no kind of field",
      hint: "the kinds are \(kinds.keys.sorted().joined(separator: ", "))")
  }

  fileprivate func badComparison(
    _ name: String, _ kind: Kind, _ key: String, ofNumber: Bool
  ) -> RecordFailure {
    let subject =
      kind == .attribute ? (ofNumber ? "attribute \(key)" : "attribute") : "tag"
    let word = kinds.first { $0.value == kind }?.key ?? ""
    let known =
      ofNumber
      ? "('<', '<=', '>', '>=', '=', '!=')" : "('=', '!=', 'LIKE', 'ILIKE', 'IN', 'NOT IN')"
    return .registry(
      isOfLoggedModels
        ? "Invalid comparison operator for \(word).\(key): '\(name)'. Expected one of \(known)."
        : "Invalid comparator for \(subject): \(name)",
      "`\(name)` does not compare \(ofNumber ? "numbers" : "text")",
      hint: ofNumber ? "use =, !=, >, >=, < or <=" : "use =, !=, LIKE or ILIKE")
  }
}
