import Checks
import Formats
import Learning
import Platform
import Support
import SystemPackage
import Testing

@Suite("Suites of other tools say what they said") struct SuiteImportInterop {
  private struct Opener: TableOpener {
    let folder: FilePath

    func open(_ reference: TableReference) throws -> any TableStream {
      try TableStreams.open(folder.appending("t.csv"))
    }
  }

  /// What our tests of a file say of a table; nil when something was left out.
  private static func verdict(_ file: String, of csv: String) throws -> Bool? {
    let read = try ForeignSuite.read(Array(file.utf8), file: "foreign", data: "t.csv")
    let own = try #require(read.first)
    guard own.remarks.allSatisfy(\.isTranslated), !own.suite.tests.isEmpty else { return nil }
    // As a person gets it: written, and read again.
    let suite = try DataSuite(parsing: Array(own.text().utf8), file: "own.yml")
    let folder = try TemporaryFolder()
    try folder.write(csv, to: "t.csv")
    let outcome = try DataTesting(
      suite, opener: Opener(folder: folder.path), threads: 1, now: 0
    ).outcome()
    for outcome in outcome.outcomes where outcome.verdict == .untested {
      Issue.record("not tested: \(outcome.found) in \(own.text())")
    }
    return outcome.outcomes.allSatisfy { $0.verdict == .passed }
  }

  private static func compare(
    _ cases: [JSONValue], _ answer: String, _ file: (JSONValue) -> String
  ) throws {
    let answers = try Peer.ask(answer, about: cases)
    var (compared, passed, left) = (0, 0, [String: Int]())
    for (example, answer) in zip(cases, answers) {
      let what = example["what"]?.text() ?? ""
      guard let wanted = answer.bool else {
        Issue.record("the peer does not say: \(answer.text()) of \(what)")
        continue
      }
      let text = file(example)
      guard let ours = try verdict(text, of: example["csv"]?.string ?? "") else {
        left[example["kind"]?.string ?? "", default: 0] += 1
        continue
      }
      #expect(ours == wanted, "\(what) of \(example["csv"]?.string ?? "")")
      compared += 1
      passed += wanted ? 1 : 0
    }
    #expect(left.isEmpty, "\(left.sorted { $0.key < $1.key })")
    // Both answers are there often enough to tell them apart.
    #expect(passed * 4 > compared && passed * 4 < compared * 3)
    #expect(compared >= 300)
  }

  @Test("400 expectations of Great Expectations, in the forms of 0.18 and 1") func expectations()
    throws
  {
    var generator = SuiteImportGenerator(seed: 31)
    let cases = (0..<400).map { number -> JSONValue in
      if number % 8 == 0 { generator.makeTable() }
      let (name, arguments) = generator.expectation()
      return [
        "csv": .string(generator.csv), "kind": .string(name), "kwargs": .object(arguments),
        "what": [.string(name), .object(arguments)],
      ]
    }
    try Self.compare(cases, Self.expectationAnswer) { example in
      let name = example["kind"]?.string ?? ""
      let isOld = name.utf8.count % 2 == 0
      let suite: JSONValue = [
        isOld ? "expectation_suite_name" : "name": "s",
        "expectations": [
          [
            isOld ? "expectation_type" : "type": .string(name),
            "kwargs": example["kwargs"] ?? .null, "meta": .object([]),
          ]
        ],
      ]
      return suite.text(.indented)
    }
  }

  @Test("400 schemas of pandera, as it writes them") func schemas() throws {
    var generator = SuiteImportGenerator(seed: 32)
    let cases = (0..<400).map { number -> JSONValue in
      if number % 8 == 0 { generator.makeTable() }
      let (column, keys) = generator.rule()
      return [
        "csv": .string(generator.csv), "kind": .string(keys.last?.key ?? ""),
        "schema": [
          "schema_type": "dataframe", "columns": .object([.init(column, .object(keys))]),
        ],
        "what": [.string(column), .object(keys)],
      ]
    }
    // What pandera itself makes of a schema is what is taken over.
    let written = try Peer.ask(Self.schemaText, about: cases)
    let texts = Dictionary(
      zip(cases, written).map { ($0, $1.string ?? "") }, uniquingKeysWith: { $1 })
    try Self.compare(cases, Self.schemaAnswer) { texts[$0] ?? "" }
  }

  private static let expectationAnswer = """
    import io, logging, warnings
    warnings.simplefilter("ignore")
    import os
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import pandas
    import great_expectations as gx
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
    logging.disable(logging.CRITICAL)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    whole = (context.data_sources.add_pandas("p").add_dataframe_asset("a")
        .add_batch_definition_whole_dataframe("b"))

    def answer(case):
        frame = pandas.read_csv(io.StringIO(case["csv"]))
        batch = whole.get_batch({"dataframe": frame})
        one = ExpectationConfiguration(type=case["kind"], kwargs=case["kwargs"]).to_domain_obj()
        result = batch.validate(one)
        raised = (result.exception_info or {}).get("raised_exception")
        if raised:
            raise ValueError(str(result.exception_info)[:500])
        return bool(result.success)

    """

  private static let schemaText = """
    import yaml
    import pandera.pandas

    def answer(case):
        return pandera.pandas.DataFrameSchema.from_yaml(yaml.safe_dump(case["schema"])).to_yaml()

    """

  private static let schemaAnswer = """
    import io
    import pandas, yaml
    import pandera.pandas
    from pandera.errors import SchemaErrors

    def answer(case):
        frame = pandas.read_csv(io.StringIO(case["csv"]))
        try:
            pandera.pandas.DataFrameSchema.from_yaml(yaml.safe_dump(case["schema"])).validate(frame, lazy=True)
        except SchemaErrors:
            return False
        return True

    """
}
