import Formats

extension SuiteReader {
  static let driftKeys = ["method", "correction", "columns", "share", "severity"]

  /// Reads the method and the correction, which tests of drift anywhere in the suite are read by.
  mutating func readDriftSettings(_ node: YAMLNode?) {
    guard let node, !node.isNothing else { return }
    do throws(SuiteProblem) {
      let mapping = try mapping(node, "`drift`")
      refuseUnknown(mapping, known: Self.driftKeys, "`drift`")
      if let node = mapping["method"] {
        drift.method = try choice(node, "`method`", DriftMethod.allCases) ?? drift.method
      }
      if let node = mapping["correction"] {
        drift.correction = try choice(node, "`correction`", Correction.allCases) ?? drift.correction
      }
    } catch { note(error) }
  }

  private func choice<Value: RawRepresentable<String>>(
    _ node: YAMLNode, _ what: String, _ values: [Value]
  ) throws(SuiteProblem) -> Value? {
    let text = try text(node, what).trimmed
    if let value = Value(rawValue: text.string) { return value }
    let words = values.map(\.rawValue)
    throw SuiteProblem(
      "\(what) is \(SuiteCursor.choices(words.map { "`\($0)`" })), not `\(SuiteCursor.shortened(text.string))`",
      at: text.offset(0), hint: nearestKey(text.string, words).map { "did you mean `\($0)`?" })
  }

  /// Reads the tests of `drift:`; without any, that at most half of the columns drift.
  mutating func readDrift(_ node: YAMLNode, _ scope: TestScope) {
    var scope = scope
    scope.isDrift = true
    guard node.isNothing || node.pairs != nil, let form = TestForm.named("drifted-share") else {
      return
    }
    do throws(SuiteProblem) {
      let mapping = try mapping(node.isNothing ? .empty(like: node) : node, "`drift`")
      do throws(SuiteProblem) {
        if let node = mapping["severity"] { scope.severity = try severity(node) }
      } catch { note(error) }
      if let node = mapping["columns"] { try readDriftingColumns(node, scope) }
      if let node = mapping["share"] {
        readShare(node, form, scope)
      } else if mapping["columns"] == nil {
        try finish(form, TestArguments(at: mapping.offset), TestModifiers(), scope)
      }
    } catch { note(error) }
  }

  private mutating func readDriftingColumns(
    _ node: YAMLNode, _ scope: TestScope
  ) throws(SuiteProblem) {
    var scope = scope
    // A list of columns, each by the method of the suite.
    if let items = node.items, let form = TestForm.named("drift") {
      for item in items {
        do throws(SuiteProblem) {
          let text = try text(item, "a column").trimmed
          scope.column = SuiteName(text: text.string, offset: text.offset(0))
          try finish(form, TestArguments(at: text.offset(0)), TestModifiers(), scope)
        } catch { note(error) }
      }
      return
    }
    let mapping = try mapping(node, "`columns` of `drift`")
    for field in mapping.fields {
      scope.column = SuiteName(text: field.key, offset: field.offset)
      readTests(field.value, scope)
    }
  }

  /// `30%`, `30% (warn)`, or one for each severity.
  private mutating func readShare(_ node: YAMLNode, _ form: TestForm, _ scope: TestScope) {
    do throws(SuiteProblem) {
      if node.pairs != nil {
        let mapping = try mapping(node, "`share`")
        refuseUnknown(mapping, known: TestSeverity.allCases.map(\.rawValue), "`share`")
        for field in mapping.fields {
          guard let severity = TestSeverity(rawValue: field.key), !scope.isSeverityFixed else {
            continue
          }
          var own = scope
          own.severity = severity
          own.isSeverityFixed = true
          readShare(field.value, form, own)
        }
        return
      }
      var cursor = SuiteCursor(try text(node, "`share`"))
      var arguments = TestArguments(at: cursor.offset)
      arguments.set(
        "max", .number(try cursor.measure(.share, of: "`share`")), at: cursor.text.offset(0))
      let modifiers = try readModifiers(&cursor, form)
      try requireEnd(cursor, "`share`")
      try finish(form, arguments, modifiers, scope)
    } catch { note(error) }
  }
}

extension YAMLNode {
  /// A mapping without keys, in the place of another node.
  fileprivate static func empty(like node: YAMLNode) -> YAMLNode {
    var node = node
    node.content = .mapping([], .block)
    return node
  }
}
