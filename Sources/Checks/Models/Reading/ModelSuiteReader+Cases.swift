import Formats
import Platform

extension ModelSuiteReader {
  /// `cases: [{in: {age: 30, income: 5e4}, expect: 1}]`.
  mutating func readCases(_ node: YAMLNode) {
    guard let items = node.items else {
      return base.note(
        SuiteProblem(
          "`cases` is a list, not \(node.noun)", at: node.mark.offset,
          hint: "write `- {in: {age: 30}, expect: 1}`"))
    }
    for item in items {
      noting { (reader) throws(SuiteProblem) in try reader.readCase(item) }
    }
  }

  static let caseKeys = ["in", "expect", "within", "name", "severity"]

  private mutating func readCase(_ node: YAMLNode) throws(SuiteProblem) {
    let mapping = try base.mapping(node, "a case")
    base.refuseUnknown(mapping, known: Self.caseKeys, "a case")
    guard let input = mapping["in"], let expect = mapping["expect"] else {
      throw SuiteProblem(
        "a case needs `\(mapping["in"] == nil ? "in" : "expect")`", at: mapping.offset,
        hint: "write `{in: {age: 30, income: 5e4}, expect: 1}`")
    }
    let columns = try base.mapping(input, "`in`")
    var inputs: [ModelCase.Input] = []
    for field in columns.fields {
      inputs.append(.init(field.key, try value(field.value, "`\(field.key)`")))
    }
    guard !inputs.isEmpty else { throw SuiteProblem("a case without input", at: columns.offset) }
    var row = ModelCase(inputs, expect: try expectation(expect))
    if let within = mapping["within"] { row.tolerance = try number(within, .size, "`within`") }
    var test = ModelTest(
      .minimumFunction(row), location: base.source.location(node.mark.offset), text: "")
    test.text = test.line
    if let name = mapping["name"] { test.text = try base.text(name, "`name`").trimmed.string }
    if let node = mapping["severity"] {
      let word = try base.text(node, "`severity`").trimmed
      guard let severity = TestSeverity(rawValue: word.string) else {
        throw SuiteProblem("severities are `error` and `warn`", at: word.offset(0))
      }
      test.severity = severity
    }
    tests.append(test)
  }

  private func value(_ node: YAMLNode, _ what: String) throws(SuiteProblem) -> ModelCase.Value {
    guard case .scalar(let text, let style) = node.content else {
      throw SuiteProblem("\(what) is a single value, not \(node.noun)", at: node.mark.offset)
    }
    guard style == .plain else { return .text(text) }
    if node.isNothing { return .missing }
    return PlainValue.number(text).map { .number($0) } ?? .text(text)
  }

  /// A value, or bounds of the number or the probability: `">= 0.8"`.
  private func expectation(_ node: YAMLNode) throws(SuiteProblem) -> ModelCase.Expectation {
    guard case .scalar(let text, _) = node.content else {
      throw SuiteProblem("`expect` is a single value, not \(node.noun)", at: node.mark.offset)
    }
    let isBounds = PlainValue.number(text) == nil
    var cursor = SuiteCursor(try base.text(node, "`expect`"))
    guard isBounds, cursor.isAtBounds else { return .value(try value(node, "`expect`")) }
    let bounds = try cursor.bounds(.number, of: "`expect`")
    guard cursor.isAtEnd else {
      throw cursor.problem("expected nothing more, found \(cursor.found)")
    }
    return .bounds(bounds)
  }
}
