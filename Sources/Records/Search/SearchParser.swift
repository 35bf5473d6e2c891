import Platform

/// Reads tokens one after another; what filters and orders have in common.
struct SearchParser {
  private let tokens: [SearchToken]
  private let end: Int
  private var index = 0

  init(_ text: String) throws(ParseFailure) {
    tokens = try SearchLexer.tokens(of: text)
    end = text.unicodeScalars.count
  }

  var current: SearchToken? { peek(0) }

  func peek(_ distance: Int) -> SearchToken? {
    index + distance < tokens.count ? tokens[index + distance] : nil
  }

  mutating func advance(by count: Int = 1) { index = min(index + count, tokens.count) }

  /// A failure at the current token, or at the end.
  func failure(_ message: String, hint: String? = nil) -> ParseFailure {
    failure(message, at: current, hint: hint)
  }

  func failure(_ message: String, at token: SearchToken?, hint: String? = nil) -> ParseFailure {
    ParseFailure(message, line: 1, column: (token?.range.lowerBound ?? end) + 1, hint: hint)
  }

  /// What stands at the current token, for messages.
  var found: String { current.map { "`\($0.text)`" } ?? "the end" }

  mutating func take(word: String) -> Bool {
    guard let current, current.isWord(word) else { return false }
    advance()
    return true
  }

  mutating func take(mark: String) -> Bool {
    guard let current, current.isMark(mark) else { return false }
    advance()
    return true
  }

  /// A field: an attribute's name alone, or `kind.key`. The parts of a name touch each other.
  mutating func takeField(
    aliases: [String: RunField.Attribute]
  ) throws(ParseFailure) -> RunField {
    let first = current
    guard let first, first.kind == .word || first.isName else {
      throw failure(
        "expected a field, found \(found)", hint: "such as metrics.loss, params.alpha or status")
    }
    advance()
    guard let point = current, point.isMark("."), point.range.lowerBound == first.range.upperBound
    else {
      return .attribute(try attribute(first.unquotedTwice, at: first, aliases))
    }
    advance()
    guard first.kind == .word || first.kind == .quoted("`"), let kind = RunField.Kind(first.text)
    else {
      throw failure(
        "`\(first.text)` is no kind of field", at: first,
        hint: nearestName(to: first.text, among: RunField.Kind.allWords).map {
          "did you mean `\($0)`?"
        }
          ?? "the kinds are metrics, params, tags, attributes and datasets")
    }
    let keyStart = current
    let key = try takeKey()
    switch kind {
    case .metric: return .metric(key)
    case .param: return .param(key)
    case .tag: return .tag(key)
    case .attribute: return .attribute(try attribute(key, at: keyStart, aliases))
    case .dataset:
      guard let field = RunField.DatasetField(rawValue: key) else {
        throw failure(
          "a dataset has no field `\(key)`", at: keyStart, hint: "it has name, digest and context")
      }
      return .dataset(field)
    }
  }

  private func attribute(
    _ name: String, at token: SearchToken?, _ aliases: [String: RunField.Attribute]
  ) throws(ParseFailure) -> RunField.Attribute {
    if let attribute = RunField.Attribute(rawValue: name) ?? aliases[name] { return attribute }
    let names = RunField.Attribute.allCases.map(\.rawValue)
    let known = "the attributes are \(names.joined(separator: ", "))"
    throw failure(
      "a run has no attribute `\(name)`", at: token,
      hint: nearestName(to: name, among: names).map { "did you mean `\($0)`? \(known)" }
        ?? "\(known); others are written as metrics.\(name), params.\(name) or tags.\(name)")
  }

  /// The key after the point: quoted as a whole, or words with `. / - :` between them.
  mutating func takeKey() throws(ParseFailure) -> String {
    let start = index
    var parts = 0
    while let token = current,
      index == start || token.range.lowerBound == tokens[index - 1].range.upperBound
    {
      let joins = parts == 0 || tokens[index - 1].kind == .mark
      let belongs =
        switch token.kind {
        case .word, .number: joins
        case .quoted: parts == 0 || tokens[index - 1].isMark(".")
        case .mark: parts > 0 && ".-/:".contains(token.text) || joins && token.isMark("*")
        case .comparison: false
        }
      guard belongs else { break }
      parts += 1
      advance()
    }
    guard parts > 0 else {
      throw failure("expected a name after the point, found \(found)", hint: "such as metrics.loss")
    }
    if parts == 1 { return tokens[start].unquotedTwice }
    return tokens[start..<index].map(\.asWritten).joined()
  }
}

extension SearchToken {
  /// Whether it is quoted in a way that a name may be.
  var isName: Bool { kind == .quoted("`") || kind == .quoted("\"") }

  /// The text; MLflow takes the backticks off after the quotes, and so off of `"`a`"` too.
  var unquotedTwice: String {
    guard kind != .quoted("`"), kind != .word, text.utf8.count >= 2, text.hasPrefix("`"),
      text.hasSuffix("`")
    else { return text }
    return String(text.dropFirst().dropLast())
  }

  /// The text with its quotes.
  fileprivate var asWritten: String {
    if case .quoted(let quote) = kind { "\(quote)\(text)\(quote)" } else { text }
  }
}
