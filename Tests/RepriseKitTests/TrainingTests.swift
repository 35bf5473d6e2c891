import RepriseKit
import Support
import SystemPackage
import Testing

@Suite("RepriseKit: tables, trainings and models") struct TrainingTests {
  /// 400 rows of two numbers and a text, with classes that they tell apart.
  private static func table() -> String {
    var text = "a,b,c,y\n"
    for i in 0..<400 {
      let (a, b) = (i * 37 % 101, i * 61 % 97)
      let c = ["red", "green", "blue"][i % 3]
      text += "\(a),\(b),\(c),\(a + b + (i % 3) * 20 > 110 ? "yes" : "no")\n"
    }
    return text
  }

  @Test("trees are taught, predict, and are written as their library's file")
  func trees() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(Self.table(), to: "t.csv").string
    let result = try await Training(
      .xgboost, data: file, target: "y",
      parameters: ["max_depth": 3, "num_boost_round": 20, "test_fraction": 0.25, "seed": 4],
      folder: folder.path.appending("model").string
    ).run()
    #expect(try #require(result.metrics["test_auc"]) > 0.95)
    let table = try DataTable(reading: file)
    let answers = try result.model.predict(table)
    #expect(answers.classes == ["no", "yes"])
    #expect(answers.labels.count == 400)
    #expect(answers.probabilities.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-9 })
    let copy = folder.path.appending("copy.ubj").string
    try result.model.write(to: copy)
    let again = try TrainedModel(reading: copy).predict(table)
    #expect(again.probabilities == answers.probabilities)
  }

  @Test("tables are split in proportion, the same for the same seed")
  func split() throws {
    let folder = try TemporaryFolder()
    let table = try DataTable(reading: folder.write(Self.table(), to: "t.csv").string)
    let (train, test) = try table.split(holdingOut: 0.25, seed: 9, stratifiedBy: "y")
    #expect(train.rowCount == 300)
    #expect(test.rowCount == 100)
    let again = try table.split(holdingOut: 0.25, seed: 9, stratifiedBy: "y")
    #expect(again.test["a"] == test["a"])
    #expect(try table.split(holdingOut: 0.25, seed: 10, stratifiedBy: "y").test["a"] != test["a"])
    guard case .texts(let all)? = table["y"], case .texts(let held)? = test["y"] else {
      Issue.record("`y` is text")
      return
    }
    let share = { (texts: [String?]) in Double(texts.count { $0 == "yes" }) / Double(texts.count) }
    #expect(abs(share(all) - share(held)) < 0.01)
  }

  @Test("what cannot be is told in the program's words")
  func problems() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(Self.table(), to: "t.csv").string
    await #expect {
      try await Training(.xgboost, data: file, target: "y", parameters: ["max_dept": 3]).run()
    } throws: { "\($0)".contains("did you mean `max_depth`?") }
    await #expect {
      try await Training("xgbost", data: file, target: "y").run()
    } throws: { "\($0)".contains("did you mean `xgboost`?") }
    #expect {
      try DataTable([("a", .numbers([1, 2])), ("b", .texts(["x"]))])
    } throws: { "\($0)".contains("column `b` has 1 rows") }
    #expect { try DataTable(reading: file).numbers("c") } throws: { "\($0)".contains("holds text") }
    #expect { try DataTable(reading: file).numbers("aa") } throws: {
      "\($0)".contains("did you mean `a`?")
    }
    #expect(throws: RepriseError.self) { try TrainedModel(reading: file) }
  }
}
