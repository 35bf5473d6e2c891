import Compute
import Formats
import Learning
import Platform
import Projects
import Support
import SystemPackage
import Testing

/// `cv` with every trainer that learns from a table.
@Suite("Cross-validation of trainers") struct CrossValidationTests {
  private func train(
    _ name: String, _ text: String, cv: String, _ values: [String: String] = [:],
    in folder: TemporaryFolder, observer: any TrainingObserver = SilentObserver(), threads: Int = 1
  ) async throws -> TrainingResult {
    let file = try folder.write(text, to: "data.csv")
    let setting = Setting("cv", try JSONValue(parsing: cv))
    var all = ["target": "y"].merging(values) { $1 }
    if name.hasSuffix("boost") || name == "lightgbm" {
      all.merge(["num_boost_round": "8"]) { mine, _ in mine }
    }
    return try await Trainers.named(name).train(
      TrainingJob(
        values: all, inputs: [file], folder: folder.path, output: folder.path,
        settings: ["cv": setting], threads: threads), reporting: observer)
  }

  private func numbers(rows: Int) -> String {
    var text = "a,b,who,day,y\n"
    for row in 0..<rows {
      let (a, b) = ((row * 7919) % 101, (row * 104_729) % 89)
      text += "\(a),\(b),\(["ann", "bob", "cy", "dee", "eve", "flo"][row % 6]),"
      text += "2026-\(10 + row % 3)-\(10 + row % 19),\(Double(a) * 2 - Double(b) / 4)\n"
    }
    return text
  }

  private func value(_ result: TrainingResult, _ name: String) -> Double? {
    result.metrics.first { $0.name == name }?.value
  }

  @Test(
    "tells each fold and the mean, and writes what was predicted out of fold",
    arguments: ["logistic", "xgboost", "lightgbm"])
  func classes(name: String) async throws {
    let folder = try TemporaryFolder()
    let observer = RecordingObserver()
    let result = try await train(
      name, flowers(rows: 150), cv: "4", in: folder, observer: observer)
    #expect(result.data.trainRows == 150 && result.data.testRows == 0)
    let folds = observer.metrics.filter { $0.name == "fold_accuracy" }
    #expect(folds.map(\.step) == [0, 1, 2, 3])
    let mean = folds.reduce(0) { $0 + $1.value } / 4
    let told = try #require(value(result, "cv_accuracy"))
    #expect(abs(told - mean) < 1e-12 && told > 0.5)
    #expect(value(result, "cv_accuracy_std") != nil && value(result, "cv_log_loss") != nil)
    #expect(value(result, "train_accuracy") != nil && value(result, "test_accuracy") == nil)

    let table = try TableFile.read(folder.path.appending("oof_predictions.csv"))
    #expect(
      table.columns.map(\.name) == [
        "row", "fold", "truth", "prediction", "p(iris)", "p(rose)", "p(tulip)",
      ])
    #expect(table["row"]?.numbers?.sorted() == (0..<150).map { Double($0) })
    // The figures are those of the file.
    guard case .codes(let truth, let names) = table["truth"]?.values,
      case .codes(let guesses, let others) = table["prediction"]?.values
    else { return #expect(Bool(false), "no text") }
    let fold = try #require(table["fold"]?.numbers)
    for (number, metric) in folds.enumerated() {
      let rows = fold.indices.filter { fold[$0] == Double(number) }
      let right = rows.count { names[Int(truth[$0])] == others[Int(guesses[$0])] }
      #expect(abs(Double(right) / Double(rows.count) - metric.value) < 1e-12)
    }
  }

  @Test("numbers, in every kind of folds", arguments: ["linear", "xgboost", "lightgbm"])
  func kinds(name: String) async throws {
    for cv in [
      "3", #"{"folds": 3, "repeats": 2}"#, #"{"group": "who", "folds": 3}"#,
      #"{"time": "day", "folds": 3, "gap": 1}"#, #"{"shuffle": false, "kind": "kfold"}"#,
    ] {
      let folder = try TemporaryFolder()
      let observer = RecordingObserver()
      let result = try await train(
        name, numbers(rows: 120), cv: cv, ["drop": cv.contains("day") ? "who" : "day"], in: folder,
        observer: observer)
      let told = observer.metrics.filter { $0.name == "fold_rmse" }
      #expect(told.count == (cv.contains("repeats") ? 6 : cv.contains("shuffle") ? 5 : 3), "\(cv)")
      #expect(try #require(value(result, "cv_r2")) > 0.3, "\(cv) \(result.metrics)")
      if cv.contains("group") { #expect(!result.data.features.contains("who")) }
      if cv.contains("time") { #expect(!result.data.features.contains("day")) }
    }
  }

  @Test("a share that is held out takes no part in it, by groups too") func heldOut() async throws {
    let folder = try TemporaryFolder()
    let result = try await train(
      "linear", numbers(rows: 120), cv: #"{"group": "who", "folds": 2}"#,
      ["test_fraction": "0.3", "drop": "day"], in: folder)
    // Two of six people, rounded up.
    #expect(result.data.testRows == 40 && result.data.trainRows == 80)
    let table = try TableFile.read(folder.path.appending("oof_predictions.csv"))
    #expect(table.rowCount == 80)
    let people = Set(try #require(table["row"]?.numbers).map { Int($0) % 6 })
    #expect(people.count == 4)
    let latest = try await train(
      "linear", numbers(rows: 120), cv: #"{"time": "day", "folds": 2}"#,
      ["test_fraction": "0.25", "drop": "who"], in: folder)
    #expect(latest.data.testRows == 30)
  }

  @Test("early stopping ends each fold on its own rows, and the mean decides the last training")
  func stopping() async throws {
    let folder = try TemporaryFolder()
    let result = try await train(
      "xgboost", numbers(rows: 200), cv: "4",
      ["num_boost_round": "400", "early_stopping_rounds": "3", "drop": "who,day"], in: folder)
    let rounds = try #require(value(result, "cv_rounds"))
    #expect(rounds < 400 && rounds >= 1)
    let text = try FileSystem.read(result.models[0].path)
    let model = try JSONValue(parsing: text)
    let trees = model["learner"]?["gradient_booster"]?["model"]?["gbtree_model_param"]?["num_trees"]
    #expect(trees?.string == "\(Int(rounds))")
    #expect(result.ending == .completed)
  }

  @Test("nothing depends on the number of threads", arguments: ["linear", "logistic", "lightgbm"])
  func threads(name: String) async throws {
    var files: Set<[UInt8]> = []
    for threads in 1...3 {
      let folder = try TemporaryFolder()
      let text = name == "linear" ? numbers(rows: 90) : flowers(rows: 90)
      let result = try await train(name, text, cv: "3", in: folder, threads: threads)
      files.insert(
        try FileSystem.read(result.models[0].path)
          + FileSystem.read(folder.path.appending("oof_predictions.csv")))
    }
    #expect(files.count == 1)
  }

  @Test("a class that a fold does not learn has the probability 0") func absentClass() async throws
  {
    var text = "a,g,y\n"
    for row in 0..<60 {
      text += "\(row * 37 % 23),\(row % 6),\(row % 6 == 5 ? "rare" : row % 2 == 0 ? "x" : "y")\n"
    }
    for name in ["logistic", "xgboost", "lightgbm"] {
      let folder = try TemporaryFolder()
      let result = try await train(
        name, text, cv: #"{"group": "g", "folds": 6, "shuffle": false}"#, in: folder)
      let loss = try #require(value(result, "cv_log_loss"), "\(name)")
      #expect(loss.isFinite && loss > 0, "\(name)")
    }
  }

  @Test(
    "says what is wrong",
    arguments: [
      ("linear", "200", "200 folds cannot be made of 60 rows"),
      (
        "linear", #"{"kind": "stratified"}"#,
        "`kind: stratified` of `cv` is for classes, and the target is one of numbers"
      ),
      ("linear", #"{"group": "whom"}"#, "no column named `whom`"),
      ("linear", #"{"group": "who", "folds": 7}"#, "7 folds cannot be made of 6 groups"),
      ("linear", #"{"time": "when"}"#, "no column named `when`"),
      ("xgboost", #"{"time": "who"}"#, "column `who` is no time: it holds `ann`"),
      ("lightgbm", #"{"group": "whom"}"#, "no column named `whom`"),
      ("logistic", #"{"group": "nobody"}"#, "no column named `nobody`"),
    ])
  func failures(name: String, cv: String, message: String) async throws {
    let folder = try TemporaryFolder()
    let values = name == "logistic" ? ["target": "who"] : [:]
    let failure = await #expect(throws: Failure.self) {
      _ = try await train(name, numbers(rows: 60), cv: cv, values, in: folder)
    }
    #expect(failure?.message == message)
    #expect(try FileSystem.names(in: folder.path) == ["data.csv"])
  }

  @Test("groups without a value are refused in their line") func noGroup() async throws {
    let folder = try TemporaryFolder()
    let failure = await #expect(throws: Failure.self) {
      _ = try await train(
        "linear", "a,g,y\n1,p,1\n2,,2\n3,q,3\n", cv: #"{"group": "g", "folds": 2}"#, in: folder)
    }
    #expect(failure?.message == "column `g` has no value, and `cv.group` needs one in every row")
    #expect(failure?.location?.line == 3)
  }
}
