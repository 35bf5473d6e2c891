import Formats
import Platform

/// Reads the tree of a model suite's file. What cannot be read is noted, and the rest is read all the same.
struct ModelSuiteReader {
  /// Notes problems, and reads what suites of data have as well: references, conditions, mappings.
  var base: SuiteReader
  var tests: [ModelTest] = []

  init(_ source: SuiteSource) { base = SuiteReader(source) }

  static let keys = [
    "name", "description", "model", "predictions", "command", "http", "timeout", "format", "data",
    "train", "label", "positive", "champion", "served", "trainer", "seed", "tests", "cases", "cv",
  ]

  mutating func suite(_ root: YAMLNode) throws(SuiteProblem) -> ModelSuite? {
    let mapping = try base.mapping(root, "a suite")
    base.refuseUnknown(mapping, known: Self.keys, "a suite")
    let data = base.readReference(mapping, "data")
    base.dataPlace = data?.place
    guard let model = try predictor(mapping) else { return nil }
    var suite = ModelSuite(file: base.source.file, model: model)
    suite.name = word(mapping, "name")
    suite.description = word(mapping, "description")
    suite.data = data
    suite.train = base.readReference(mapping, "train")
    suite.label = word(mapping, "label")
    suite.positive = word(mapping, "positive")
    if let node = mapping["champion"] {
      noting { (reader) throws(SuiteProblem) in suite.champion = try reader.champion(node) }
    }
    if let node = mapping["served"] {
      noting { (reader) throws(SuiteProblem) in suite.served = try reader.served(node) }
    }
    if let node = mapping["trainer"] {
      noting { (reader) throws(SuiteProblem) in suite.trainer = try reader.trainer(node) }
    }
    if let node = mapping["seed"] {
      noting { (reader) throws(SuiteProblem) in
        suite.seed = UInt64(try reader.number(node, .count, "`seed`"))
      }
    }
    if let node = mapping["tests"] { readTests(node, ModelTestScope()) }
    if let node = mapping["cases"] { readCases(node) }
    if let node = mapping["cv"] {
      noting { (reader) throws(SuiteProblem) in try reader.readValidation(node) }
    }
    suite.tests = tests
    guard !tests.isEmpty || !base.problems.isEmpty else {
      throw SuiteProblem(
        "a suite without tests", at: mapping.offset,
        hint: "add `tests:` with lines such as `- accuracy >= 0.95`")
    }
    return suite
  }

  /// Does something that may find a problem.
  mutating func noting(
    _ body: (inout ModelSuiteReader) throws(SuiteProblem) -> Void
  ) {
    do throws(SuiteProblem) { try body(&self) } catch { base.note(error) }
  }

  // MARK: Single keys

  private mutating func word(_ mapping: SuiteMapping, _ key: String) -> String? {
    guard let node = mapping[key] else { return nil }
    do throws(SuiteProblem) { return try base.text(node, "`\(key)`").trimmed.string } catch {
      base.note(error)
      return nil
    }
  }

  /// A number by itself.
  func number(_ node: YAMLNode, _ measure: Measure, _ what: String) throws(SuiteProblem) -> Double {
    var cursor = SuiteCursor(try base.text(node, what))
    let value = try cursor.measure(measure, of: what)
    guard cursor.isAtEnd else {
      throw cursor.problem("expected nothing more behind \(what), found \(cursor.found)")
    }
    return value
  }

  private func trainer(_ node: YAMLNode) throws(SuiteProblem) -> TestTrainer {
    guard let pairs = node.pairs else {
      return TestTrainer(try base.text(node, "`trainer`").trimmed.string)
    }
    var trainer = TestTrainer("")
    for pair in pairs {
      guard let key = pair.key.text, let value = pair.value.text else {
        throw SuiteProblem("a parameter that is no single value", at: pair.key.mark.offset)
      }
      if key == "name" { trainer.name = value } else { trainer.values[key] = value }
    }
    guard !trainer.name.isEmpty else {
      throw SuiteProblem(
        "a trainer without a name", at: node.mark.offset,
        hint: "write `trainer: {name: xgboost, max_depth: 4}`")
    }
    return trainer
  }
}
