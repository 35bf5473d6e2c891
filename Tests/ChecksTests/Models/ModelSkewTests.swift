import Platform
import Testing

@testable import Checks

@Suite("What was served against what is computed here") struct ModelSkewTests {
  private static let echo = "command: 'echo prediction; tail -n +2 | cut -d, -f2'"

  /// Rows 0..<10 with a prediction that is `x`; the log has rows 2..<12.
  private func folder(_ log: String? = nil) throws -> ModelFolder {
    let folder = try ModelFolder()
    try folder.write(
      "data.csv", "id,x,city,y\n" + (0..<10).map { "\($0),\(Double($0) / 4),Oslo,1\n" }.joined())
    try folder.write(
      "log.csv",
      log ?? "id,prediction,x,city\n"
        + (2..<12).reversed().map { "\($0),\(Double($0) / 4),\(Double($0) / 4),Oslo\n" }.joined())
    return folder
  }

  private func outcomes(_ tests: String, in folder: ModelFolder) async throws -> [TestOutcome] {
    try await folder.outcome(
      "\(Self.echo)\ndata: data.csv\nlabel: y\nserved: log.csv\ntests:\n\(tests)"
    ).outcomes
  }

  @Test("rows are found by their key, in any order, and others are told") func same() async throws {
    let found = try await outcomes(
      "- matches served on id\n- matches served in [x, city] on id\n- matches served on id where id > 4",
      in: folder())
    #expect(found.map(\.verdict) == [.passed, .passed, .passed], "\(found.map(\.found))")
    #expect(
      found[0].found
        == "0 of 8 rows mismatched (0%); 2 rows only here (id=0; id=1); 2 rows only served (id=11; id=10)"
    )
    // What does not count is here all the same.
    #expect(
      found[2].found == "0 of 5 rows mismatched (0%); 2 rows only served (id=11; id=10)")
  }

  @Test("numbers that differ, with their keys; a tolerance and a share allow some")
  func numbers() async throws {
    let log = "id,prediction\n2,0.5\n3,0.7500001\n4,1.25\n5,1.25\n5,1.5\n"
    let found = try await outcomes(
      """
      - matches served on id
      - "matches served on id: mismatched <= 40%"
      - matches served on id within 0.25
      - {test: matches served on id, max: 30%}
      - matches served on id within 0.00000001
      """, in: folder(log))
    #expect(
      found.map(\.verdict) == [.failed, .passed, .passed, .failed, .failed],
      "\(found.map(\.found))")
    #expect(found[0].rows == .init(failing: 2, considered: 5))
    #expect(found[0].found.hasPrefix("2 of 5 rows mismatched (40%), numbers by up to 0.25; 6 rows"))
    #expect(found[0].found.contains("only here (id=0; id=1; id=6; …)"))
    #expect(
      found[0].samples.map(\.value) == ["id=4: 1 here, 1.25 served", "id=5: 1.25 here, 1.5 served"])
    #expect(found[0].samples.map(\.row) == [4, 5])
    #expect(found[0].samples.map(\.line) == [6, 7])
    #expect(found[0].nearest == "mismatched <= 40%")
    #expect(found[4].rows?.failing == 3)
  }

  @Test("columns: text exactly, missing values, and the widest difference is shown")
  func columns() async throws {
    let log = "id,x,city\n0,0,Oslo\n1,9,Rome\n2,,Oslo\n3,0.75,oslo\n"
    let found = try await outcomes(
      "- matches served in [x, city] on id\n- matches served in x on id", in: folder(log))
    #expect(found.map(\.rows?.failing) == [3, 2], "\(found.map(\.found))")
    #expect(
      found[0].samples.map(\.value) == [
        "id=1: city Oslo here, Rome served", "id=2: x 0.5 here, nothing served",
        "id=3: city Oslo here, oslo served",
      ])
    #expect(found[1].samples[0].value == "id=1: x 0.25 here, 9 served")
  }

  @Test("classes by name, and probabilities whatever order they stand in") func classes()
    async throws
  {
    let folder = try ModelFolder()
    try folder.write(
      "mine.csv",
      "id,day,y,p(no),p(yes)\na,1,no,0.9,0.1\na,2,yes,0.2,0.8\nb,1,yes,0.25,0.75\n")
    try folder.write(
      "log.csv",
      "day,id,p(yes),p(no),said\n1,a,0.1,0.9,no\n1,b,0.5,0.5,no\n2,a,0.8,0.2,yes\n")
    func found(_ served: String) async throws -> TestOutcome {
      try await folder.outcome(
        """
        predictions: mine.csv
        label: y
        served: \(served)
        tests: ["matches served on [id, day]"]
        """
      ).outcomes[0]
    }
    let shares = try await found("log.csv")
    #expect(shares.rows == .init(failing: 1, considered: 3))
    #expect(shares.samples.map(\.value) == ["id=b, day=1: p(no) 0.25 here, 0.5 served"])
    let names = try await found("{file: log.csv, prediction: said}")
    #expect(names.samples.map(\.value) == ["id=b, day=1: yes here, no served"])
    let positive = try await found("{file: log.csv, proba: p(yes)}")
    #expect(positive.rows?.failing == 1)
  }

  @Test("numbers in a log are classes where the model answers classes") func codes() async throws {
    let folder = try ModelFolder()
    try folder.write("mine.csv", "id,y,p(0),p(1)\n1,0,0.9,0.1\n2,1,0.2,0.8\n")
    for (log, verdict) in [
      ("1,0\n2,1\n", TestOutcome.Verdict.passed), ("1,0\n2,0\n", .failed),
      ("1,0.1\n2,0.8\n", .untested),
    ] {
      try folder.write("log.csv", "id,prediction\n\(log)")
      let found = try await folder.outcome(
        "predictions: mine.csv\nlabel: y\nserved: log.csv\ntests: [matches served on id]"
      ).outcomes[0]
      #expect(found.verdict == verdict, "\(found.found)")
    }
  }

  @Test(
    "what cannot be joined is told",
    arguments: [
      (
        "id,prediction\n77,1\n", "matches served on id",
        "no row that was served is here: of 10 rows and 1 row"
      ),
      ("ids,prediction\n1,1\n", "matches served on id", "there is no column `id` in the log"),
      ("id,prediction\n1,1\n", "matches served on ids", "there is no column `ids` in the table"),
      (
        "id,city,prediction\n1,Oslo,1\n", "matches served on city",
        "rows 1 and 2 have one key, city=Oslo"
      ),
      (
        "id,prediction\n,1\n2,1\n", "matches served on id",
        "row 1 of the log has no `id`, which names rows"
      ),
      ("id,answer\n2,1\n", "matches served on id", "there is no column `prediction`"),
      ("id,prediction\n2,\n", "matches served on id", "`prediction` has no prediction in row 1"),
      ("id,prediction\n2,0.5\n", "matches served in y on id", "there is no column `y` in the log"),
    ])
  func problems(log: String, test: String, message: String) async throws {
    let found = try await outcomes("- \(test)", in: folder(log))
    #expect(found[0].verdict == .untested)
    #expect(found[0].found == message)
  }

  @Test("a row that is not compared may lack an answer") func unanswered() async throws {
    let found = try await outcomes(
      "- matches served on id", in: folder("id,prediction\n2,0.5\n99,\n"))
    #expect(found[0].verdict == .passed, "\(found[0].found)")
  }

  @Test("without a log nothing was served") func none() async throws {
    let outcome = try await folder().outcome(
      "\(Self.echo)\ndata: data.csv\nlabel: y\ntests: [matches served on id]")
    #expect(outcome.outcomes[0].problem?.hint == "add `served: logs/served.csv`")
  }
}
