import Formats
import Platform

extension ModelSuiteReader {
  private static let foldKeys = [
    "kind", "folds", "shuffle", "seed", "repeats", "group", "time", "gap", "max_train_size",
    "test_size",
  ]
  private static let nestedKeys = ["outer", "inner", "grid"]
  static let validationKeys = foldKeys + nestedKeys + ["window", "metric", "pass", "severity"]

  /// `cv: {kind: stratified, folds: 5, seed: 7, metric: accuracy, pass: mean - std >= 0.93}`.
  mutating func readValidation(_ node: YAMLNode) throws(SuiteProblem) {
    let mapping = try base.mapping(node, "`cv`")
    base.refuseUnknown(mapping, known: Self.validationKeys, "`cv`")
    var members: [JSONValue.Member] = []
    for field in mapping.fields where Self.foldKeys.contains(field.key) {
      members.append(.init(field.key, try setting(field)))
    }
    try checkWindow(mapping)
    var nested: NestedPlan?
    if mapping["kind"]?.text == "nested" {
      nested = try self.nested(mapping, &members)
    } else if let field = mapping.fields.first(where: { Self.nestedKeys.contains($0.key) }) {
      throw SuiteProblem("`\(field.key)` is of `kind: nested`", at: field.offset)
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
    let rule = CrossValidationRule(
      .object(members), nested: nested, metric: metric, factor: factor, bounds: bounds)
    var test = ModelTest(
      .crossValidation(rule), location: base.source.location(node.mark.offset), text: "")
    test.text = test.line
    if mapping["severity"]?.text == "warn" { test.severity = .warn }
    tests.append(test)
  }

  /// Folds in time learn from all that was before, or from so many rows of it.
  private func checkWindow(_ mapping: SuiteMapping) throws(SuiteProblem) {
    guard let node = mapping["window"] else { return }
    let text = try base.text(node, "`window`").trimmed
    switch text.string {
    case "expanding":
      guard mapping["max_train_size"] == nil else {
        throw SuiteProblem(
          "`max_train_size` beside `window: expanding`, which takes the whole past",
          at: text.offset(0), hint: "write `window: rolling`, or leave one of them out")
      }
    case "rolling":
      guard mapping["max_train_size"] != nil else {
        throw SuiteProblem(
          "`window: rolling` of how many rows?", at: text.offset(0),
          hint: "add `max_train_size: 1000`")
      }
    default:
      throw SuiteProblem("`window` is `expanding` or `rolling`", at: text.offset(0))
    }
  }

  /// `{kind: nested, outer: 5, inner: 3, grid: {max_depth: [3, 6]}}`.
  ///
  /// - Parameter members: of the plan, which becomes that of the outer folds.
  private mutating func nested(
    _ mapping: SuiteMapping, _ members: inout [JSONValue.Member]
  ) throws(SuiteProblem) -> NestedPlan {
    for field in mapping.fields where field.key == "folds" || field.key == "repeats" {
      throw SuiteProblem(
        "`\(field.key)` beside `kind: nested`", at: field.offset,
        hint: "write `outer: 5` for the folds that judge, and `inner: 3` for those that choose")
    }
    guard let node = mapping["grid"] else {
      throw SuiteProblem(
        "`kind: nested` without a `grid` to choose from", at: mapping.offset,
        hint: "add `grid: {max_depth: [3, 6]}`")
    }
    members.removeAll { $0.key == "kind" }
    members.append(.init("folds", .int(Int64(try folds(mapping, "outer", usual: 5)))))
    let plan = NestedPlan(inner: try folds(mapping, "inner", usual: 3), grid: try grid(node))
    return plan
  }

  private func folds(
    _ mapping: SuiteMapping, _ key: String, usual: Int
  ) throws(SuiteProblem) -> Int {
    guard let node = mapping[key] else { return usual }
    let count = try number(node, .count, "`\(key)`")
    guard (2...10_000).contains(count) else {
      throw SuiteProblem("`\(key)` is from 2 to 10000 folds", at: node.mark.offset)
    }
    return Int(count)
  }

  private mutating func grid(_ node: YAMLNode) throws(SuiteProblem) -> [NestedPlan.Axis] {
    let mapping = try base.mapping(node, "`grid`")
    var axes: [NestedPlan.Axis] = []
    var points = 1
    for field in mapping.fields {
      var values: [String] = []
      for item in field.value.items ?? [field.value] {
        values.append(try base.text(item, "a value of `\(field.key)`").trimmed.string)
      }
      guard !values.isEmpty else {
        throw SuiteProblem("`\(field.key)` has no value to try", at: field.offset)
      }
      axes.append(NestedPlan.Axis(field.key, values))
      points *= values.count
      guard points <= NestedPlan.most else {
        throw SuiteProblem(
          "a grid of more than \(NestedPlan.most) points", at: mapping.offset,
          hint: "each is trained in each fold of each fold: try fewer values")
      }
    }
    guard !axes.isEmpty else { throw SuiteProblem("an empty grid", at: mapping.offset) }
    return axes
  }

  private func setting(_ field: SuiteMapping.Field) throws(SuiteProblem) -> JSONValue {
    let text = try base.text(field.value, "`\(field.key)`").trimmed
    switch field.key {
    case "kind":
      // Its words with hyphens, too.
      let kinds = ["kfold", "stratified", "group", "stratified_group", "time_series", "nested"]
      let word = text.string.replacing("-", with: "_")
      guard kinds.contains(word) else {
        throw SuiteProblem(
          "there is no kind `\(SuiteCursor.shortened(text.string))` of cross-validation",
          at: text.offset(0),
          hint: word == "repeated"
            ? "write `repeats: 3` beside any kind"
            : nearestName(to: word, among: kinds).map { "did you mean `\($0)`?" }
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
