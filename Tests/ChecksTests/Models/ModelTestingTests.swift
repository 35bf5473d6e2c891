import Compute
import Formats
import Learning
import Platform
import Projects
import SystemPackage
import Testing

@testable import Checks

@Suite("Testing a model") struct ModelTestingTests {
  /// `x` is the class or the number itself, and the command answers with it.
  private static let rows = (0..<120).map { row -> String in
    "\(row % 2),\(row),\(["Oslo", "Rome"][row / 60]),\(row % 3 == 0 ? "F" : "M"),\(row % 2)"
  }.joined(separator: "\n")

  private func folder() throws -> ModelFolder {
    let folder = try ModelFolder()
    try folder.write("data.csv", "x,n,city,sex,y\n" + Self.rows + "\n")
    return folder
  }

  private static let echo = "command: 'echo prediction; tail -n +2 | cut -d, -f1'"

  private func verdicts(
    _ yaml: String, in folder: ModelFolder
  ) async throws -> [(TestOutcome.Verdict, String)] {
    try await folder.outcome(yaml).outcomes.map { ($0.verdict, $0.found) }
  }

  @Test("the label of a table of predictions is that of what is trained, too") func trainedLabel()
    async throws
  {
    let folder = try folder()
    try folder.write(
      "preds.csv", "truth,yhat\n" + (0..<120).map { "\($0 % 2),\($0 % 2)\n" }.joined())
    try folder.write(
      "train.csv", "x,truth\n" + (0..<120).map { "\($0 % 7),\($0 % 2)\n" }.joined())
    let found = try await verdicts(
      """
      predictions: {file: preds.csv, label: truth, prediction: yhat}
      train: train.csv
      data: train.csv
      trainer: logistic
      tests: [label shuffle, overfit accuracy <= 0.5]
      cv: {folds: 3, metric: accuracy, pass: mean >= 0}
      """, in: folder)
    #expect(found.map(\.0) == [.passed, .untested, .passed], "\(found)")
    #expect(found[1].1 == "`preds.csv` says nothing of the rows that the model learnt from")
  }

  @Test("a run that is not there is told with its place in the suite") func noRun() async throws {
    let failure = await #expect(throws: Failure.self) {
      try await folder().outcome(
        "model: run:latest/model\ndata: data.csv\nlabel: y\ntests: [f1 >= 0]")
    }
    #expect(failure?.location?.line == 1 && failure?.location?.column == 8)
  }

  @Test("a command that is right passes") func right() async throws {
    let found = try await verdicts(
      """
      \(Self.echo)
      data: data.csv
      label: y
      tests:
      - accuracy >= 0.95; beats majority by 0.9; f1 >= 1
      - accuracy >= 0.9 by city, gap <= 0.01
      - "fair by sex: demographic parity difference <= 0.1"
      - invariant to noise(0.5) on n
      - deterministic; no nan
      - monotone increasing in x
      - accuracy <= 0.5 (warn)
      - size <= 1MB
      cases: [{in: {x: 1}, expect: 1}, {in: {x: 0}, expect: 1}]
      """, in: folder())
    #expect(
      found.map(\.0) == [
        .passed, .passed, .passed, .passed, .passed, .passed, .passed, .passed, .passed, .warned,
        .untested, .passed, .failed,
      ], "\(found)")
  }

  @Test(
    "what is wrong leaves a test undone, with one message",
    arguments: [
      ("command: sleep 60\ntimeout: 1s", "the command had not answered 120 rows after 1 s"),
      ("command: echo oh no >&2; exit 3", "the command failed with status 3: oh no"),
      ("command: kill -9 $$", "the command was killed by signal 9"),
      ("command: head -n 4 | cut -d, -f1", "the command answered 3 rows for 120"),
      ("command: 'echo prediction; for i in $(seq 120); do echo nan; done'", nil),
      ("command: 'cat > /dev/null; for i in $(seq 120); do echo 7,,x; done'", nil),
      ("command: \"true\"", "what the command wrote is no table of predictions: it is empty"),
      ("http: http://127.0.0.1:9/invocations", nil),
    ])
  func badCommands(command: String, message: String?) async throws {
    let outcome = try await folder().outcome(
      "\(command)\ndata: data.csv\nlabel: y\ntests: [accuracy >= 0.9, 'throughput > 0 batch 1']")
    #expect(outcome.exitCode == 2)
    for one in outcome.outcomes {
      #expect(one.verdict == .untested, "\(one.found)")
      if let message { #expect(one.found == message) }
    }
  }

  @Test("a label that is not there has a nearest name") func labels() async throws {
    let outcome = try await folder().outcome(
      "\(Self.echo)\ndata: data.csv\nlabel: yy\ntests: [accuracy >= 0.9]")
    let problem = try #require(outcome.outcomes[0].problem)
    #expect(problem.message.hasPrefix("the label `yy` is no column of"))
    #expect(problem.hint == "did you mean `y`?")
  }

  @Test("metrics of the wrong kind are not tested, and the others are") func kinds() async throws {
    let folder = try folder()
    try folder.write("one.csv", "y,p(0),p(1)\n" + String(repeating: "1,0.4,0.6\n", count: 40))
    let found = try await verdicts(
      """
      predictions: one.csv
      label: y
      tests: [roc-auc > 0.5, accuracy >= 1, rmse < 3, ece <= 1, kappa > 0, accuracy > 0.5 by cty, deterministic]
      """, in: folder)
    #expect(
      found.map(\.0) == [
        .untested, .passed, .untested, .passed, .untested, .untested, .untested,
      ], "\(found)")
    #expect(found[0].1 == "`roc-auc` is not defined here: all rows are of one class")
    #expect(found[5].1 == "there is no column `cty`")
  }

  @Test("slices: the worst is named, small ones are left out, confidence decides") func slices()
    async throws
  {
    let folder = try ModelFolder()
    var text = "y,prediction,city\n"
    // Oslo: 36 of 40 right; Rome: 40 of 40; Bern has 5 rows.
    for row in 0..<40 { text += "\(row % 2),\(row < 4 ? 1 - row % 2 : row % 2),Oslo\n" }
    for row in 0..<40 { text += "\(row % 2),\(row % 2),Rome\n" }
    for row in 0..<5 { text += "\(row % 2),\(1 - row % 2),Bern\n" }
    try folder.write("p.csv", text)
    let found = try await verdicts(
      """
      predictions: p.csv
      label: y
      tests:
      - accuracy >= 0.95 by city
      - accuracy >= 0.95 by city, confident
      - accuracy >= 0.85 by city
      - accuracy >= 0.5 by city, gap <= 0.01, support >= 5
      """, in: folder)
    #expect(found.map(\.0) == [.failed, .passed, .passed, .failed], "\(found)")
    #expect(
      found[0].1 == "worst: city=Oslo 0.9, all rows 0.894118; 1 slice has too few rows")
  }

  @Test("a champion: chance excuses a small loss, and not a large one") func champions()
    async throws
  {
    let folder = try ModelFolder()
    func predictions(_ wrong: Int) -> String {
      "y,prediction\n"
        + (0..<200).map { "\($0 % 2),\($0 < wrong ? 1 - $0 % 2 : $0 % 2)\n" }.joined()
    }
    try folder.write("old.csv", predictions(4))
    try folder.write("close.csv", predictions(7))
    try folder.write("far.csv", predictions(30))
    for (file, verdict) in [("close", TestOutcome.Verdict.passed), ("far", .failed)] {
      let found = try await verdicts(
        """
        predictions: \(file).csv
        label: y
        champion: {predictions: old.csv}
        tests: [no worse than champion, beats champion]
        """, in: folder)
      #expect(found.map(\.0) == [verdict, .failed], "\(found)")
    }
  }

  @Test("a native trainer: cross-validation, shuffled labels, one batch, round trips, any threads")
  func training() async throws {
    let folder = try ModelFolder()
    var stream = RandomStream(seed: 3, purpose: "test")
    var text = "a,b,c,y\n"
    for _ in 0..<300 {
      let (a, b) = (stream.unit(), stream.unit())
      text += "\(a),\(b),\(stream.unit()),\(a + 0.2 * b > 0.6 ? "yes" : "no")\n"
    }
    try folder.write("train.csv", text)
    let yaml = """
      model: m.json
      data: train.csv
      train: train.csv
      label: y
      positive: yes
      trainer: {name: logistic}
      tests:
      - accuracy >= 0.9; roc-auc >= 0.95; log-loss <= 0.5; ece <= 0.3; top 1 accuracy >= 0.9
      - label shuffle; overfits one batch of 16 >= 0.9
      - round-trip onnx
      - deterministic; overfit <= 0.001; size <= 1MB
      - raising a never lowers prediction; monotone increasing in a; monotone decreasing in a
      - invariant to noise(0.0001) on [a, b]; beats majority
      - latency p95 <= 10s batch 1; throughput >= 1
      - accuracy >= 0.8 by [a], support >= 10
      cases: [{in: {a: 1, b: 1, c: 0}, expect: yes}, {in: {a: 0, b: 0, c: 0}, expect: "<= 0.1"}, {in: {a: 1, bb: 1}, expect: yes}]
      cv: {kind: stratified, folds: 3, seed: 7, metric: accuracy, pass: mean - std >= 0.8}
      """
    let suite = try ModelSuite(parsing: Array(yaml.utf8), file: "m.yml")
    try await train(folder, suite)
    var reports: [String] = []
    for threads in [1, 2, 5] {
      var outcome = try await ModelTesting(suite, places: folder, threads: threads).outcome()
      let verdicts = outcome.outcomes.map { "\($0.verdict.rawValue) \($0.test.text): \($0.found)" }
      #expect(
        outcome.outcomes.enumerated().filter { $0.element.verdict != .passed }.map(\.offset)
          == [13, 21], "\(verdicts)")
      #expect(outcome.outcomes[21].problem?.hint == "did you mean `b`?")
      // Times are no two times the same.
      outcome.outcomes.removeAll { ["latency", "throughput"].contains($0.test.name) }
      let report = TestReport(suites: [outcome])
      reports.append(report.json.text())
      if threads == 1 {
        #expect(report.junit.contains("cv accuracy"))
        #expect(report.sarif(version: "1").text().contains("test.monotone"))
        let page = TestPage(report, language: .english).html
        #expect(page.contains("<circle"))
        #expect(page.contains("a=&lt;="))
      }
    }
    #expect(Set(reports).count == 1)
  }

  private func train(_ folder: ModelFolder, _ suite: ModelSuite) async throws {
    let trainer = try Trainers.named("logistic")
    var values = ["target": "y", "data": folder.root.appending("train.csv").string]
    for parameter in trainer.parameters where values[parameter.name] == nil {
      values[parameter.name] = parameter.defaultValue
    }
    let job = TrainingJob(
      values: values, folder: folder.root, output: folder.root, threads: 1)
    let result = try await trainer.train(job, reporting: SilentObserver())
    let file = try #require(result.models.first?.path)
    try FileSystem.write(FileSystem.read(file), to: folder.root.appending("m.json"))
  }
}
