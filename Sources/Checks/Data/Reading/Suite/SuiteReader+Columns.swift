import Formats

extension SuiteReader {
  /// A column of `columns:` before its tests are read.
  struct Declaration {
    var name: SuiteName
    var node: YAMLNode
  }

  static let columnKeys = [
    "type", "format", "tests", "severity", "where", "by", "description",
  ]

  /// Reads the names and the types of the columns, which expressions anywhere in the suite are read by.
  mutating func readDeclarations(_ node: YAMLNode?) -> [Declaration] {
    guard let node, !node.isNothing else { return [] }
    do throws(SuiteProblem) {
      let mapping = try mapping(node, "`columns`")
      return mapping.fields.compactMap { field in
        guard !field.key.isEmpty else {
          note(SuiteProblem("a column without a name", at: field.offset))
          return nil
        }
        types[field.key] = declaredType(field.value)
        return Declaration(
          name: SuiteName(text: field.key, offset: field.offset), node: field.value)
      }
    } catch {
      note(error)
      return []
    }
  }

  /// The type that stands first, if it can be read; problems are told when the tests are read.
  private func declaredType(_ node: YAMLNode) -> ColumnType? {
    switch node.content {
    case .scalar:
      guard let text = SuiteText(node, in: source) else { return nil }
      var cursor = SuiteCursor(text)
      guard let word = cursor.takeWord() else { return nil }
      let format = try? cursor.takeQuoted()
      return ColumnType(word: word, format: format?.string)
    case .sequence(let items, _): return items.first.flatMap { declaredType($0) }
    case .mapping(let pairs, _):
      func text(_ key: String) -> String? { pairs.first { $0.key.text == key }?.value.text }
      guard text("test") == nil, let type = text("type") else { return nil }
      let node = pairs.first { $0.key.text == "type" }?.value
      return node.flatMap { declaredType($0) }.map { found in
        found.word == "datetime" && text("format") != nil
          ? .dateTime(format: text("format")) : found
      } ?? ColumnType(word: type, format: text("format"))
    }
  }

  /// Reads the tests of a column: a line, a list, or a mapping with `tests`.
  mutating func readColumn(_ column: Declaration, _ scope: TestScope) {
    var scope = scope
    scope.column = column.name
    // A name alone declares a column.
    if column.node.isNothing { return }
    let keys = column.node.pairs?.compactMap(\.key.text) ?? []
    guard column.node.pairs != nil, !Self.isTest(keys) else {
      return readTests(column.node, scope, takesType: true)
    }
    do throws(SuiteProblem) {
      let mapping = try mapping(column.node, "a column")
      refuseUnknown(mapping, known: Self.columnKeys, "a column")
      if let node = mapping["description"] { _ = try text(node, "`description`") }
      if let node = mapping["type"] { try readType(node, mapping["format"], scope) }
      if mapping["type"] == nil, let node = mapping["format"] {
        throw SuiteProblem(
          "`format` without a type", at: node.mark.offset, hint: "add `type: datetime`")
      }
      readDefaults(mapping, into: &scope)
      if let node = mapping["by"] {
        let text = try text(node, "`by`").trimmed
        name([SuiteName(text: text.string, offset: text.offset(0))])
        scope.group = text.string
      }
      if let node = mapping["tests"] { readTests(node, scope) }
    } catch { note(error) }
  }

  /// Whether the keys are those of a single test, or of tests by their severity.
  private static func isTest(_ keys: [String]) -> Bool {
    if keys.contains("test") || keys.contains(where: { TestSeverity(rawValue: $0) != nil }) {
      return true
    }
    let known = Set(TestForm.all.flatMap(\.parameters).flatMap(\.keys))
    return keys.contains(where: known.contains) && !keys.contains(where: columnKeys.contains)
  }

  /// `type: datetime` with its `format` beside it or behind it.
  private mutating func readType(
    _ node: YAMLNode, _ format: YAMLNode?, _ scope: TestScope
  ) throws(SuiteProblem) {
    guard let form = TestForm.named("type") else { return }
    let text = try text(node, "`type`")
    var cursor = SuiteCursor(text)
    guard let word = cursor.word, ColumnType.words.contains(word) else {
      let near = cursor.word.flatMap { nearestKey($0, ColumnType.words) }
      throw cursor.problem(
        "there is no type \(cursor.found)",
        hint: near.map { "did you mean `\($0)`?" }
          ?? "types are " + SuiteCursor.choices(ColumnType.words.map { "`\($0)`" }))
    }
    var arguments = TestArguments(at: cursor.offset)
    try readArguments(of: form, &cursor, into: &arguments)
    let modifiers = try readModifiers(&cursor, form)
    try requireEnd(cursor, "the type")
    if let format {
      let own = try self.text(format, "`format`")
      try Self.checkTimeFormat(own)
      guard arguments["format"] == nil else {
        throw SuiteProblem("a second format of the type", at: own.offset(0))
      }
      arguments.set("format", .text(own.string), at: own.offset(0))
    }
    try finish(form, arguments, modifiers, scope)
  }
}
