import Formats
import Patterns
import Platform

extension SecretRule {
  /// Reads the `match` of a rule: `{regex, keywords, entropy: {min, alphabet}, checksum, shape, allow: {…}, …}`.
  ///
  /// - Parameter isShipped: whether its patterns are known to be right; they are read when they are needed, then.
  /// - Throws: ``ParseFailure`` at the place of what is wrong.
  package init(_ node: YAMLNode, id: String, isShipped: Bool) throws(ParseFailure) {
    let fields = try RuleFields(
      node, "`match`",
      known: [
        "regex", "keywords", "before", "after", "entropy", "checksum", "shape", "allow", "suffixes",
        "generic",
      ])
    let text = try fields.required("regex", of: "`match`")
    let pattern = try Self.pattern(text, fields["regex"] ?? node, isShipped)
    // Where the pattern takes both cases, so do its keywords.
    let ignoresCase = text.hasPrefix("(?i")
    var keywords: [Keyword] = []
    for keyword in try fields.texts("keywords") ?? [] {
      guard keyword.utf8.count >= 3 else {
        throw (fields["keywords"] ?? node).failure(
          "the keyword `\(keyword)` is shorter than three bytes",
          hint: "longer ones are what makes the search fast")
      }
      keywords.append(Keyword(keyword, ignoresCase: ignoresCase))
    }
    guard !keywords.isEmpty else { throw node.failure("a secret needs `keywords`") }
    self.init(id: id, pattern: pattern, keywords: keywords)
    before = min(max(try fields.int("before") ?? before, 0), 10_000)
    after = min(max(try fields.int("after") ?? after, 1), 10_000)
    if let inner = fields["entropy"] {
      let parts = try RuleFields(inner, "`entropy`", known: ["min", "alphabet"])
      guard let least = try parts.number("min") else {
        throw inner.failure("`entropy` needs `min`")
      }
      entropy = SecretEntropy(
        least: least, alphabet: try parts.choice("alphabet", SecretEntropy.Alphabet.self) ?? .any)
    }
    checksum = try fields.choice("checksum", SecretChecksum.self)
    shape = try fields.choice("shape", SecretShape.self)
    suffixes = try fields.texts("suffixes")?.map { $0.lowercased() } ?? []
    isGeneric = try fields.bool("generic") ?? false
    guard let inner = fields["allow"] else { return }
    let parts = try RuleFields(inner, "`allow`", known: ["regex", "context", "path", "stopword"])
    allowance.secrets = try Self.patterns(parts, "regex", isShipped)
    allowance.contexts = try Self.patterns(parts, "context", isShipped)
    allowance.paths = try Self.patterns(parts, "path", isShipped)
    allowance.stopwords = try parts.texts("stopword") ?? []
  }

  private static func patterns(
    _ fields: RuleFields, _ key: String, _ isShipped: Bool
  ) throws(ParseFailure) -> [Pattern] {
    var result: [Pattern] = []
    for text in try fields.texts(key) ?? [] {
      result.append(try pattern(text, fields[key] ?? fields.node, isShipped))
    }
    return result
  }

  /// A pattern, with the place of its node when it is wrong.
  private static func pattern(
    _ text: String, _ node: YAMLNode, _ isShipped: Bool
  ) throws(ParseFailure) -> Pattern {
    if isShipped { return Pattern(trusted: text) }
    do {
      return try Pattern(text)
    } catch {
      let place = error.column.map { " at character \($0) of the pattern" } ?? ""
      throw node.failure(error.message + place, hint: error.hint)
    }
  }
}
