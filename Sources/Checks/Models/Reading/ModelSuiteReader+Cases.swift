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

  // MARK: Cross-validation

  private static let foldKeys = [
    "kind", "folds", "shuffle", "seed", "repeats", "group", "time", "gap", "max_train_size",
    "test_size",
  ]

  static let validationKeys = foldKeys + ["metric", "pass", "severity"]

  /// `cv: {kind: stratified, folds: 5, seed: 7, metric: accuracy, pass: mean - std >= 0.93}`.
  mutating func readValidation(_ node: YAMLNode) throws(SuiteProblem) {
    let mapping = try base.mapping(node, "`cv`")
    base.refuseUnknown(mapping, known: Self.validationKeys, "`cv`")
    var members: [JSONValue.Member] = []
    for field in mapping.fields where Self.foldKeys.contains(field.key) {
      members.append(.init(field.key, try setting(field)))
    }
    guard let metricNode = mapping["metric"], let passNode = mapping["pass"] else {
      throw SuiteProblem(
        "`cv` needs `\(mapping["metric"] == nil ? "metric" : "pass")`", at: mapping.offset,
        hint: "write `cv: {folds: 5, metric: accuracy, pass: mean - std >= 0.93}`")
    }
    let cursor = SuiteCursor(try base.text(metricNode, "`metric`"))
    var parser = ModelTestParser(cursor, ModelTestScope(), base)
    guard let metric = try parser.takeMetric(), parser.cursor.isAtEnd else {
      throw parser.unknown()
    }
    let (factor, bounds) = try pass(passNode)
    var test = ModelTest(
      .crossValidation(
        CrossValidationRule(.object(members), metric: metric, factor: factor, bounds: bounds)),
      location: base.source.location(node.mark.offset), text: "")
    test.text = test.line
    if mapping["severity"]?.text == "warn" { test.severity = .warn }
    tests.append(test)
  }

  private func setting(_ field: SuiteMapping.Field) throws(SuiteProblem) -> JSONValue {
    let text = try base.text(field.value, "`\(field.key)`").trimmed
    switch field.key {
    case "kind":
      // Its words with hyphens, too.
      let kinds = ["kfold", "stratified", "group", "stratified_group", "time_series"]
      let word = text.string.replacing("-", with: "_")
      guard kinds.contains(word) else {
        throw SuiteProblem(
          "there is no kind `\(SuiteCursor.shortened(text.string))` of cross-validation",
          at: text.offset(0),
          hint: nearestName(to: word, among: kinds).map { "did you mean `\($0)`?" }
            ?? "kinds are \(SuiteCursor.choices(kinds.map { "`\($0)`" }))")
      }
      return .string(word)
    case "shuffle":
      guard ["true", "false"].contains(text.string) else {
        throw SuiteProblem("`shuffle` is true or false", at: text.offset(0))
      }
      return .bool(text.string == "true")
    case "group", "time": return .string(text.string)
    default: return .int(Int64(try number(field.value, .count, "`\(field.key)`")))
    }
  }

  /// `mean >= 0.9`, `mean - std >= 0.93`, `mean - 2 std >= 0.9`.
  private func pass(_ node: YAMLNode) throws(SuiteProblem) -> (Double, Bounds) {
    var cursor = SuiteCursor(try base.text(node, "`pass`"))
    func wrong() -> SuiteProblem {
      cursor.problem(
        "expected `mean` or `mean - std`, found \(cursor.found)",
        hint: "write `mean - std >= 0.93`")
    }
    guard cursor.takeWord("mean") else { throw wrong() }
    var factor = 0.0
    let isMinus = cursor.take("-")
    if isMinus || cursor.take("+") {
      factor = isMinus ? 1 : -1
      if cursor.isAtNumber {
        factor *= try cursor.measure(.size, of: "`std`")
        _ = cursor.take("*")
      }
      guard cursor.takeWord("std") else { throw wrong() }
    }
    let bounds = try cursor.bounds(.number, of: "`pass`")
    guard cursor.isAtEnd else {
      throw cursor.problem("expected nothing more, found \(cursor.found)")
    }
    return (factor, bounds)
  }
}
