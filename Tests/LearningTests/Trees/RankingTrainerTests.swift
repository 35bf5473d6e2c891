import Compute
import Formats
import Learning
import Platform
import Projects
import Support
import SystemPackage
import Testing

@Suite("Ranking by a column of queries") struct RankingTrainerTests {
  /// Rows of a query lie apart; relevance follows `a`.
  private func table(queries: Int) -> String {
    var text = "a,b,query,y\n"
    for row in 0..<(queries * 12) {
      let a = (row * 7919) % 97
      text += "\(a),\((row * 104_729) % 89),q\(row % queries),\(min(4, a / 20))\n"
    }
    return text
  }

  private func train(
    _ flavour: TreeFlavour, _ values: [String: String], cv: JSONValue = false,
    in folder: TemporaryFolder
  ) async throws -> TrainingResult {
    let file = try folder.write(table(queries: 30), to: "data.csv")
    let own = [
      "target": "y", "num_boost_round": "10",
      "objective": flavour == .xgboost ? "rank:ndcg" : "lambdarank", "group": "query",
    ]
    return try await BoostingTrainer(flavour).train(
      TrainingJob(
        values: own.merging(values) { $1 }.filter { !$0.value.isEmpty }, inputs: [file],
        folder: folder.path, output: folder.path, settings: ["cv": Setting("cv", cv)], threads: 1),
      reporting: SilentObserver())
  }

  @Test("holds whole queries out and tells NDCG", arguments: TreeFlavour.allCases)
  func ranks(flavour: TreeFlavour) async throws {
    let folder = try TemporaryFolder()
    let result = try await train(flavour, [:], in: folder)
    #expect(result.data.testRows == 72 && result.data.trainRows == 288)
    #expect(result.data.features == ["a", "b"])
    let name = flavour == .xgboost ? "test_ndcg_at_32" : "test_ndcg_at_5"
    let score = try #require(result.metrics.first { $0.name == name }?.value)
    #expect(score > 0.95, "\(result.metrics)")
    let answers = try predict(
      model: result.models[0].path, data: folder.path.appending("data.csv"), threads: 1)
    #expect(answers.values?.count == 360)
  }

  @Test("is validated by folds of queries", arguments: TreeFlavour.allCases)
  func folds(flavour: TreeFlavour) async throws {
    let folder = try TemporaryFolder()
    let result = try await train(
      flavour,
      ["eval_at": "3", "metric": "ndcg", "eval_metric": "ndcg@3"].filter {
        flavour == .lightgbm ? $0.key != "eval_metric" : $0.key == "eval_metric"
      }, cv: 3, in: folder)
    let score = try #require(result.metrics.first { $0.name == "cv_ndcg_at_3" }?.value)
    #expect(score > 0.9, "\(result.metrics)")
    let rows = try TableFile.read(folder.path.appending("oof_predictions.csv"))
    #expect(rows.rowCount == 360)
    // A row's prediction stands beside its own truth.
    let (truth, guess) = (
      try #require(rows["truth"]?.numbers), try #require(rows["prediction"]?.numbers)
    )
    let means = (0...4).map { level in
      let own = truth.indices.filter { truth[$0] == Double(level) }
      return own.reduce(0) { $0 + guess[$1] } / Double(own.count)
    }
    #expect(means == means.sorted(), "\(means)")
  }

  @Test(
    "says what is wrong",
    arguments: [
      (
        ["group": ""], "`rank:ndcg` ranks the rows of each query, and no column says which they are"
      ),
      (["group": "quest"], "no column named `quest`"),
      (["objective": ""], "`group: query` names the queries of a ranking, and nothing is ranked"),
      (["target": "a"], "the label of row"),
    ] as [([String: String], String)])
  func failures(values: [String: String], message: String) async throws {
    let folder = try TemporaryFolder()
    let failure = await #expect(throws: Failure.self) {
      _ = try await train(.xgboost, values, in: folder)
    }
    #expect(failure?.message.hasPrefix(message) == true, "\(String(describing: failure))")
  }

  @Test("queries are not taken apart by other folds") func otherFolds() async throws {
    let folder = try TemporaryFolder()
    let failure = await #expect(throws: Failure.self) {
      _ = try await train(.xgboost, [:], cv: ["group": "b"], in: folder)
    }
    #expect(failure?.message == "the folds of a ranking are made of whole queries, of `query`")
  }
}
