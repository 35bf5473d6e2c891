import Formats
import Platform
import Support
import SystemPackage
import Testing

@Suite("reprise train") struct TrainCommandTests {
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    var text = "age,city,label\n"
    for i in 0..<300 {
      let age = 18 + i * 37 % 60
      text += "\(age),\(["Seoul", "Busan", "제주"][i % 3]),\(age + (i % 3) * 10 > 55 ? "y" : "n")\n"
    }
    try folder.write(text, to: "data.csv")
    return folder
  }

  private func json(_ result: Program.Result) throws -> JSONValue {
    try #require(result.status == 0, "\(result.error)")
    return try JSONValue(parsing: result.output)
  }

  @Test("writes the model in the format of its name, and records parameters, timings and pictures")
  func trains() async throws {
    let folder = try folder()
    try folder.write(
      #"{"max_depth": 3, "eta": 0.3, "num_boost_round": 15, "eval_metric": ["auc", "logloss"], "gamma": null, "nthread": 1}"#,
      to: "params.json")
    let run = try json(
      await Program.run(
        [
          "train", "xgboost", "--data", "data.csv", "--target", "label", "--params", "params.json",
          "-Peta=0.1", "-P", "test_fraction=0.2", "--model", "models/m.ubj", "--json",
        ], in: folder.path))
    #expect(run["status"]?.string == "FINISHED")
    #expect(run["params"]?["eta"]?.string == "0.1")
    #expect(run["params"]?["eval_metric"]?.string == "auc,logloss")
    // What nobody gave is recorded too, under the library's own name.
    #expect(run["params"]?["lambda"]?.string == "1.0")
    #expect(run["params"]?["learning_rate"] == nil)
    #expect(run["timings"]?["construct_s"]?.number != nil)
    #expect(run["timings"]?["train_s"]?.number != nil)
    #expect(run["metrics"]?["test_auc"]?.number != nil)
    #expect(run["outputs"]?.array?.first?["path"]?.string == "models/m.ubj")
    let artifacts = FilePath(try #require(run["artifact_uri"]?.string))
    #expect(
      try FileSystem.names(in: artifacts.appending("plots")).sorted()
        == ["auc.svg", "importances.svg", "logloss.svg"])
    for name in ["models/m.ubj", "latest"] {
      let said = try await Program.run(["predict", name, "data.csv"], in: folder.path)
      #expect(said.status == 0, "\(said.error)")
      #expect(said.output.hasPrefix("p(y)\n"))
    }
  }

  @Test("the same bytes for one thread and two, and from run to run")
  func deterministic() async throws {
    let folder = try folder()
    for (name, threads) in [("a.json", "1"), ("b.json", "2"), ("c.json", "2")] {
      let run = try await Program.run(
        [
          "train", "lightgbm", "--data", "data.csv", "--target", "label", "-P",
          "num_threads=\(threads)", "-Pbagging_fraction=0.7", "-Pbagging_freq=1", "--model", name,
        ], in: folder.path)
      #expect(run.status == 0, "\(run.error)")
    }
    #expect(try folder.read("a.json") == folder.read("b.json"))
    #expect(try folder.read("c.json") == folder.read("b.json"))
  }

  @Test(
    "what cannot be is one message, and no run",
    arguments: [
      (["xgbost", "--data", "data.csv", "--target", "label"], "did you mean `xgboost`?"),
      (["xgboost", "--data", "no.csv", "--target", "label"], "there is no such path"),
      (["xgboost", "--data", "data.csv"], "no value for the parameter `target`"),
      (["xgboost", "--data", "data.csv", "--target", "label", "-Peto=1"], "did you mean `eta`?"),
      (
        ["xgboost", "--data", "data.csv", "--target", "label", "--model", "m.pkl"],
        "cannot be written to"
      ),
      (
        ["xgboost", "--data", "data.csv", "--target", "label", "--params", "bad.json"],
        "holds no object of parameters"
      ),
      (
        ["xgboost", "--data", "data.csv", "--target", "label", "-P", "data=data.csv"],
        "given twice"
      ),
    ])
  func refused(words: [String], message: String) async throws {
    let folder = try folder()
    try folder.write("[1]", to: "bad.json")
    let run = try await Program.run(["train"] + words, in: folder.path)
    #expect(run.status == 2)
    #expect(run.error.contains(message), "\(run.error)")
    #expect(run.error.hasPrefix("error: "))
    #expect(!FileSystem.exists(folder.path.appending(".reprise")))
  }

  @Test("a wrong value fails the run with one message")
  func wrongValue() async throws {
    let folder = try folder()
    let run = try await Program.run(
      ["train", "xgboost", "--data", "data.csv", "--target", "label", "-Peta=fast"],
      in: folder.path)
    #expect(run.status == 2)
    #expect(run.error.contains("`eta` must be a number, not `fast`"), "\(run.error)")
  }

  @Test("predictions are one column of values or of class 1, or one a class")
  func predictions() async throws {
    let folder = try folder()
    let first = ["train", "xgboost", "--data", "data.csv", "-Pnum_boost_round=3", "--target"]
    for (target, header, full) in [
      ("label", "p(y)", "label,p(n),p(y)"), ("age", "age", nil),
      ("city", "p(Busan),p(Seoul),p(제주)", "city,p(Busan),p(Seoul),p(제주)"),
    ] as [(String, String, String?)] {
      let run = try await Program.run(
        first + [target, "--model", "m-\(target).json"], in: folder.path)
      try #require(run.status == 0, "\(run.error)")
      let named = try await Program.run(
        [
          "predict", "--model", "m-\(target).json", "--data", "data.csv", "--output",
          "\(target).csv",
        ], in: folder.path)
      #expect(named.status == 0, "\(named.error)")
      let lines = try folder.read("\(target).csv").split(separator: "\n")
      #expect(lines.count == 301)
      #expect(lines[0] == header)
      let labelled = try await Program.run(
        ["predict", "m-\(target).json", "data.csv", "--labels"], in: folder.path)
      #expect(labelled.status == (full == nil ? 2 : 0))
      if let full { #expect(labelled.output.hasPrefix(full + "\n")) }
    }
    for words in [
      [], ["m-age.json"], ["--data", "data.csv"], ["a", "b", "--model", "m-age.json"],
    ] {
      #expect(try await Program.run(["predict"] + words, in: folder.path).status == 2)
    }
  }
}
