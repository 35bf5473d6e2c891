import Compute
import Platform
import Testing

@testable import Checks

@Suite("How a model behaves, whatever order its classes stand in") struct ModelBehaviourTests {
  private static let table = Table([
    Column("x", (0..<20).map { Double($0) / 40 }), Column("z", (0..<20).map { Double($0 % 3) }),
    Column("y", (0..<20).map { $0 < 10 ? "no" : "yes" }),
  ])

  private static func column(_ name: String, _ table: Table) -> [Double] {
    table[name]?.numbers ?? []
  }

  /// Each reply has the classes in the other order than the one before.
  private func turning(_ sign: Double) -> HandMadePredictor {
    HandMadePredictor { table, call in
      .two(
        Self.column("x", table).map { 0.5 + sign * min(0.5, $0) }, ["no", "yes"],
        isTurned: call % 2 == 1)
    }
  }

  @Test("directions follow the class by its name") func directions() throws {
    let tests = """
      tests:
      - raising x by 0.01 never lowers prediction
      - raising x by 0.01 never raises prediction
      - monotone increasing in x; monotone decreasing in x
      - deterministic
      """
    for (sign, verdicts) in [
      (0.8, [TestOutcome.Verdict.passed, .failed, .passed, .failed, .passed]),
      (-0.8, [.failed, .passed, .failed, .passed, .passed]),
    ] {
      let found = try turning(sign).outcomes(tests, Self.table, label: "y")
      #expect(found.map(\.verdict) == verdicts, "\(found.map(\.found))")
    }
  }

  @Test("the class that the suite names rises, and not the second one") func named() throws {
    let found = try turning(0.8).outcomes(
      "positive: no\ntests: [monotone increasing in x, monotone decreasing in x]", Self.table,
      label: "y")
    #expect(found.map(\.verdict) == [.failed, .passed], "\(found.map(\.found))")
  }

  @Test("classes without probabilities: a reply may know one class only") func labels() throws {
    let predictor = HandMadePredictor { table, _ in
      Answers(classes: Self.column("x", table).map { $0 < 0.25 ? "no" : "yes" })
    }
    let found = try predictor.outcomes(
      """
      tests:
      - raising x by 1 never lowers prediction
      - raising x by 1 never raises prediction
      - lowering x by 1 never raises prediction
      cases: [{in: {x: 0}, expect: no}, {in: {x: 0}, expect: yes}, {in: {x: 0.4}, expect: ">= 1"}, {in: {x: 0.1}, expect: ">= 1"}]
      """, Self.table, label: "y")
    #expect(
      found.map(\.verdict) == [.passed, .failed, .passed, .passed, .failed, .passed, .failed],
      "\(found.map(\.found))")
    #expect(found[1].rows == .init(failing: 10, considered: 20))
    #expect(found[4].found == "no")
  }

  @Test("of three classes only what is of one needs its name") func several() throws {
    let predictor = HandMadePredictor { table, _ in
      .several([[Double]](repeating: [0.2, 0.5, 0.3], count: table.rowCount), ["a", "no", "yes"])
    }
    let lines = """
      tests: [monotone increasing in x]
      cases: [{in: {x: 0}, expect: no}, {in: {x: 0}, expect: b}, {in: {x: 0}, expect: ">= 0.3"}]
      """
    let found = try predictor.outcomes(lines, Self.table, label: "y")
    #expect(found.map(\.verdict) == [.untested, .passed, .untested, .untested])
    #expect(found[0].found == "this is of one class, and there are 3")
    #expect(found[1].found == "no (0.5)")
    #expect(found[2].problem?.hint == "classes are a, no, yes")
    #expect(found[3].found == found[0].found)
    let named = try predictor.outcomes("positive: yes\n" + lines, Self.table, label: "y")
    #expect(named.map(\.verdict) == [.passed, .passed, .untested, .passed])
  }

  @Test("an answer of another kind is no answer") func kinds() throws {
    let predictor = HandMadePredictor { table, call in
      call == 0
        ? Answers(.numbers(Self.column("x", table)))
        : Answers(classes: Self.column("x", table).map { $0 < 0.2 ? "no" : "yes" })
    }
    let table = Table(
      Array(Self.table.columns.prefix(2)) + [Column("y", Self.column("x", Self.table))])
    let found = try predictor.outcomes(
      "tests: [raising x never lowers prediction]", table, label: "y")
    #expect(found[0].found == "the model answers numbers to some rows, and classes to others")
  }

  @Test("as many probabilities as classes") func widths() {
    let answers = Answers(
      .classes(
        names: ["a", "b", "c"], labels: [0],
        probabilities: Matrix(rows: 1, columns: 2, repeating: 0.5)))
    #expect(throws: Failure.self) { try answers.checked(rows: 1, by: "it") }
  }

  // MARK: Parts of answers

  @Test("probabilities of the same classes, however these are ordered and spelled") func arranged()
  {
    let answers = Answers.several([[0.5, 0.25, 0.25], [0, 0.125, 0.875]], ["2", "0", "1"])
    #expect(
      answers.probabilities(of: ["0", "1.0", "2"])
        == Answers.several([[0.25, 0.25, 0.5], [0.125, 0.875, 0]], ["0", "1", "2"])
        .probabilities(of: ["0", "1", "2"]))
    #expect(answers.probabilities(of: ["0", "1", "3"]) == nil)
    #expect(answers.probabilities(of: ["0", "1", "1.0"]) == nil)
    #expect(answers.probabilities(of: ["0", "1"]) == nil)
    #expect(Answers(classes: ["0", "1"]).probabilities(of: ["0", "1"]) == nil)
  }

  @Test("parts are joined by the names of classes") func joined() throws {
    let first = Answers.two([0.9, 0.2], ["no", "yes"])
    let second = Answers.two([0.7], ["no", "yes"], isTurned: true)
    #expect(
      try Answers.joined([first, second], by: "it") == .two([0.9, 0.2, 0.7], ["no", "yes"]))
    #expect(
      try Answers.joined([Answers(classes: ["b"]), Answers(classes: ["a", "b"])], by: "it")
        == Answers(classes: ["b", "a", "b"]))
    #expect(
      try Answers.joined([Answers(.numbers([1])), Answers(.numbers([2]))], by: "it")
        == Answers(.numbers([1, 2])))
  }

  @Test(
    "parts that do not fit are told",
    arguments: [
      (Answers(.numbers([1])), "it answered numbers to some rows, and classes to others"),
      (Answers(classes: ["no"]), "it answered probabilities to some rows, and not to others"),
      (
        Answers.two([0.5], ["no", "maybe"]),
        "it answered probabilities of other classes to some rows than to others"
      ),
      (
        Answers.several([[0.5, 0.25, 0.25]], ["no", "yes", "maybe"]),
        "it answered probabilities of other classes to some rows than to others"
      ),
    ])
  func unlike(part: Answers, message: String) throws {
    let first = Answers.two([0.9, 0.2], ["no", "yes"])
    let failure = try #require(throws: Failure.self) {
      try Answers.joined([first, part], by: "it")
    }
    #expect(failure.message == message)
  }

  @Test("thousands of classes keep their names") func manyClasses() throws {
    let names = (0..<3000).map { "c\($0)" }
    let table = Table([Column("x", names.map { _ in 0.0 }), Column("y", names)])
    let turned = Answers(
      .classes(names: names.reversed(), labels: (0..<3000).map { 2999 - $0 }, probabilities: nil))
    let evaluation = Evaluation(table, turned, label: table.columns[1], positive: nil)
    #expect(try evaluation.value(.accuracy, evaluation.labelledRows) == 1)
  }

  // MARK: Trainings

  @Test("a training that was ended is told apart from one that failed") func endings() {
    let location = SourceLocation(file: "m.yml", line: 3, column: 1)
    let ended = TrainingJudge.failure(CancellationError(), at: location)
    #expect(ended.code == .interrupted)
    #expect(ended.message == "the training was ended")
    let failed = TrainingJudge.failure(ParseFailure("a strange sign"), at: location)
    #expect(failed.code == .bug)
    #expect(failed.message.contains("a strange sign"))
    let known = TrainingJudge.failure(Failure(.invalid, "no rows"), at: location)
    #expect(known.message == "no rows")
    #expect(known.location == location)
  }
}
