import Formats

/// What holds for the tests of a part of a suite, and what a long form says besides its words.
struct ModelTestScope {
  var severity = TestSeverity.error
  var bounds: Bounds?
  var slices: [SuiteName] = []
  var gap: Double?
  var support: Int?
  var isConfident = false
  var filter: RowExpression?
}

extension ModelSuiteReader {
  static let longKeys = [
    "test", "min", "max", "above", "below", "by", "gap", "support", "confident", "where",
    "severity",
  ]

  /// Reads a test, or a list of tests, in short or long forms.
  mutating func readTests(_ node: YAMLNode, _ scope: ModelTestScope) {
    noting { (reader) throws(SuiteProblem) in
      switch node.content {
      case .scalar: reader.readLine(try reader.base.text(node, "a test"), scope)
      case .sequence(let items, _): for item in items { reader.readTests(item, scope) }
      case .mapping: try reader.readMapping(node, scope)
      }
    }
  }

  /// A long form; tests under `warn:` and `error:`; or a short form with a colon in it.
  private mutating func readMapping(
    _ node: YAMLNode, _ scope: ModelTestScope
  ) throws(SuiteProblem) {
    let mapping = try base.mapping(node, "a test")
    if let test = mapping["test"] { return try readLongForm(mapping, test, scope) }
    if mapping.fields.contains(where: { TestSeverity(rawValue: $0.key) != nil }) {
      base.refuseUnknown(mapping, known: ["warn", "error"], "a test with `warn` or `error`")
      for field in mapping.fields {
        var own = scope
        own.severity = TestSeverity(rawValue: field.key) ?? .error
        readTests(field.value, own)
      }
      return
    }
    guard mapping.fields.count == 1, let pair = node.pairs?.first, pair.value.text != nil else {
      throw SuiteProblem(
        "a test needs `test`, its name", at: mapping.offset,
        hint: "write `{test: accuracy, min: 0.95}`, or `accuracy >= 0.95`")
    }
    let key = try base.text(pair.key, "a test")
    let value = try base.text(pair.value, "a test")
    let colon = SuiteText([":", " "], at: [key.offset(.max), key.offset(.max), value.offset(0)])
    readLine(key.followed(by: colon).followed(by: value), scope)
  }

  /// `{test: f1 macro, min: 0.9, by: city, gap: 0.05, support: 30}`.
  private mutating func readLongForm(
    _ mapping: SuiteMapping, _ test: YAMLNode, _ scope: ModelTestScope
  ) throws(SuiteProblem) {
    base.refuseUnknown(mapping, known: Self.longKeys, "a test")
    var own = scope
    func value(_ key: String, _ measure: Measure = .number) throws(SuiteProblem) -> Double? {
      guard let node = mapping[key] else { return nil }
      // Shares may be written either way.
      if node.text?.hasSuffix("%") == true { return try number(node, .share, "`\(key)`") }
      // Ages have a unit.
      if let last = node.text?.last, "dhms".contains(last) {
        return try number(node, .duration, "`\(key)`")
      }
      return try number(node, measure, "`\(key)`")
    }
    var bounds = Bounds()
    bounds.excludesLower = mapping["above"] != nil
    bounds.lower = try value(bounds.excludesLower ? "above" : "min")
    bounds.excludesUpper = mapping["below"] != nil
    bounds.upper = try value(bounds.excludesUpper ? "below" : "max")
    if bounds.lower != nil || bounds.upper != nil { own.bounds = bounds }
    guard !bounds.isEmpty else {
      throw SuiteProblem("no number is in `\(bounds.shortForm)`", at: mapping.offset)
    }
    own.gap = try value("gap")
    own.support = try value("support", .count).map { Int($0) }
    if let node = mapping["confident"] {
      guard let text = node.text, ["true", "false"].contains(text) else {
        throw SuiteProblem("`confident` is true or false", at: node.mark.offset)
      }
      own.isConfident = text == "true"
    }
    if let node = mapping["by"] {
      for item in node.items ?? [node] {
        let text = try base.text(item, "`by`").trimmed
        own.slices.append(SuiteName(text: text.string, offset: text.offset(0)))
      }
    }
    if let node = mapping["where"] {
      var parser = RowExpressionParser(SuiteCursor(try base.text(node, "`where`")))
      own.filter = try parser.all().expression
    }
    if let node = mapping["severity"] {
      let text = try base.text(node, "`severity`").trimmed
      guard let severity = TestSeverity(rawValue: text.string) else {
        throw SuiteProblem(
          "`\(SuiteCursor.shortened(text.string))` is no severity", at: text.offset(0),
          hint: "severities are `error` and `warn`")
      }
      own.severity = severity
    }
    readLine(try base.text(test, "`test`"), own)
  }

  /// Tests with semicolons between them.
  mutating func readLine(_ text: SuiteText, _ scope: ModelTestScope) {
    for part in text.parts(dividedBy: ";") {
      noting { (reader) throws(SuiteProblem) in
        guard !part.trimmed.isEmpty else {
          throw SuiteProblem("a `;` with nothing beside it", at: part.offset(0))
        }
        var parser = ModelTestParser(SuiteCursor(part.trimmed), scope, reader.base)
        reader.tests += try parser.tests()
      }
    }
  }
}

extension SuiteText {
  /// The pieces between signs that stand in no quotes and no brackets.
  func parts(dividedBy sign: Unicode.Scalar) -> [SuiteText] {
    var parts: [SuiteText] = []
    var (start, depth) = (0, 0)
    var quote: Unicode.Scalar?
    for (place, scalar) in scalars.enumerated() {
      if let open = quote {
        if scalar == open { quote = nil }
        continue
      }
      switch scalar {
      case "\"", "'", "`": quote = scalar
      case "[", "(": depth += 1
      case "]", ")": depth = max(0, depth - 1)
      case sign where depth == 0:
        parts.append(self[start..<place])
        start = place + 1
      default: break
      }
    }
    return parts + [self[start..<scalars.count]]
  }
}
