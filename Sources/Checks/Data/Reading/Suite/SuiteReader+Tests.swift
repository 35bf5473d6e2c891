import Formats

extension SuiteReader {
  /// Reads a test, or a list of tests, in short or long forms.
  ///
  /// - Parameter takesType: whether the type of the column may stand first.
  mutating func readTests(_ node: YAMLNode, _ scope: TestScope, takesType: Bool = false) {
    do throws(SuiteProblem) {
      switch node.content {
      case .scalar:
        let text = try text(node, scope.place.noun)
        if scope.place == .column, !scope.isDrift {
          readBreath(text, node, scope, takesType: takesType)
        } else {
          do throws(SuiteProblem) { try readItem(text, scope) } catch {
            throw explained(error, in: node)
          }
        }
      case .sequence(let items, _):
        for (place, item) in items.enumerated() where !isFull {
          if item.items != nil {
            note(SuiteProblem("a list in a list of tests", at: item.mark.offset))
          } else {
            readTests(item, scope, takesType: takesType && place == 0)
          }
        }
      case .mapping: try readMapping(node, scope)
      }
    } catch { note(error) }
  }

  /// A long form; tests under `warn:` and `error:`; or a short form that YAML takes for a mapping, `rows: 1000..`.
  private mutating func readMapping(
    _ node: YAMLNode, _ scope: TestScope
  ) throws(SuiteProblem) {
    let mapping = try mapping(node, "a test")
    if mapping["test"] != nil { return try readLongForm(mapping, scope) }
    let severities = mapping.fields.filter { TestSeverity(rawValue: $0.key) != nil }
    if !severities.isEmpty {
      refuseUnknown(
        mapping, known: TestSeverity.allCases.map(\.rawValue), "a test with `warn` or `error`")
      for field in severities {
        guard !scope.isSeverityFixed else {
          throw SuiteProblem("`\(field.key)` inside of another severity", at: field.offset)
        }
        var own = scope
        own.severity = TestSeverity(rawValue: field.key) ?? .error
        own.isSeverityFixed = true
        readTests(field.value, own)
      }
      return
    }
    if scope.isDrift { return try readLongForm(mapping, scope) }
    if mapping.fields.count == 1, let field = mapping.fields.first, field.value.text != nil,
      let pair = node.pairs?.first, pair.key.text == field.key
    {
      let key = try text(pair.key, "a test")
      guard try beginsTest(SuiteCursor(key), scope) else {
        let cursor = SuiteCursor(key)
        throw scope.place == .table
          ? unknownKey(cursor, field.key) : unknownTest(cursor, scope.place)
      }
      let value = try text(field.value, scope.place.noun)
      let colon = SuiteText([":", " "], at: [key.offset(.max), key.offset(.max), value.offset(0)])
      let joined = key.followed(by: colon).followed(by: value)
      return try readItem(joined, scope)
    }
    let near = mapping.fields.lazy.map(\.key).first { nearestKey($0, ["test"]) != nil }
    throw SuiteProblem(
      "a test needs `test`, its name", at: mapping.offset,
      hint: near.map { "did you mean `test` by `\($0)`?" }
        ?? "write `{test: range, min: 18, max: 90}`")
  }

  /// Whether a key is the beginning of a short form.
  private func beginsTest(_ cursor: SuiteCursor, _ scope: TestScope) throws(SuiteProblem) -> Bool {
    var cursor = cursor
    guard scope.place == .table else { return longestForm(&cursor, of: scope.place) != nil }
    var rest = cursor
    _ = rest.takeWord()
    // One word is the name of a column rather than a test that lacks one.
    return rest.isAtEnd ? longestForm(&cursor, of: .table) != nil : try tableForm(&cursor) != nil
  }
}
