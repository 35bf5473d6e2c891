import Compute
import Formats
import Learning
import Platform
import Projects
import Support
import SystemPackage
import Testing

/// The trainer of random forests, from a table to a model file.
@Suite("Forest trainer") struct ForestTrainerTests {
  private func train(
    _ text: String, _ values: [String: String] = [:], in folder: TemporaryFolder, threads: Int = 1,
    settings: [String: Setting] = [:], observer: any TrainingObserver = SilentObserver()
  ) async throws -> TrainingResult {
    let file = try folder.write(text, to: "data.csv")
    return try await ForestTrainer().train(
      TrainingJob(
        values: ["target": "y", "n_estimators": "25"].merging(values) { $1 }.filter { !$1.isEmpty },
        inputs: [file], folder: folder.path, output: folder.path, settings: settings,
        threads: threads),
      reporting: observer)
  }

  /// Two numbers with gaps and a colour, which tell three classes apart, a truth value and a number.
  private func meadow(rows: Int) -> String {
    var text = "a,b,colour,y,wide,size,heft\n"
    for row in 0..<rows {
      let a = (row * 7919) % 90
      let b = row % 11 == 0 ? "" : "\((row * 104_729) % 97)"
      text += "\(row % 13 == 0 ? "" : "\(a)"),\(b),\(["red", "green", "blue"][a / 30]),"
      text += "\(["iris", "rose", "tulip"][a / 30]),\(a > 40),\(Double(a) * 2 + 0.1),\(row % 3)\n"
    }
    return text
  }

  private func value(_ name: String, _ result: TrainingResult) throws -> Double {
    try #require(result.metrics.first { $0.name == name }?.value, "\(result.metrics)")
  }

  @Test("learns classes, and its file predicts") func classes() async throws {
    let folder = try TemporaryFolder()
    let observer = RecordingObserver()
    let result = try await train(
      meadow(rows: 600), ["drop": "wide,size,heft"], in: folder, observer: observer)
    #expect(result.ending == .completed)
    #expect(result.data.classes == ["iris", "rose", "tulip"])
    #expect(result.data.features == ["a", "b", "colour"])
    #expect(result.data.testRows == 120 && result.data.trainRows == 480)
    #expect(result.timings.map(\.phase) == ["read", "construct", "train", "evaluate"])
    #expect(try value("train_accuracy", result) == 1)
    #expect(try value("test_accuracy", result) > 0.95)
    #expect(try value("oob_score", result) > 0.95)
    #expect(try value("test_log_loss", result) < 0.3)
    #expect(observer.progress.last { $0.phase == "training" }?.completed == 25)
    let shares = result.details["importances"]?.array?.compactMap { $0["importance"]?.number }
    #expect(abs((shares ?? []).reduce(0, +) - 1) < 1e-9)
    let data = folder.path.appending("data.csv")
    let predictions = try predict(model: #require(result.models.first).path, data: data, threads: 2)
    #expect(predictions.classes == ["iris", "rose", "tulip"])
    #expect(predictions.target == "y" && predictions.count == 600)
    // Colours that were never seen, and cells that are empty.
    let other = try folder.write("b,a,colour\n5,70,violet\n,,\n", to: "other.csv")
    let strange = try predict(model: result.models[0].path, data: other, threads: 1)
    #expect(strange.notes.count == 1 && strange.labels[0] == 2)
  }

  @Test("cross-validates, and scores rows by trees that had not seen them") func validates()
    async throws
  {
    let folder = try TemporaryFolder()
    let observer = RecordingObserver()
    let cv = ["cv": Setting("cv", 3)]
    let result = try await train(
      meadow(rows: 300), ["drop": "wide,size,heft"], in: folder, settings: cv, observer: observer)
    #expect(
      result.timings.map(\.phase) == ["read", "construct", "validate", "train", "evaluate"])
    #expect(try value("cv_accuracy", result) > 0.9)
    #expect(try value("cv_accuracy_std", result) < 0.1)
    #expect(result.details["folds"]?.array?.count == 3)
    let rows = try folder.read("oof_predictions.csv").split(separator: "\n")
    #expect(rows.count == result.data.trainRows + 1)

    let numbers = try await train(
      meadow(rows: 300), ["target": "size", "drop": "wide,y", "test_fraction": "0"], in: folder,
      threads: 3, settings: cv)
    let first = try value("cv_rmse", numbers)
    #expect(first > 0 && first < 20)
    let again = try await train(
      meadow(rows: 300), ["target": "size", "drop": "wide,y", "test_fraction": "0"], in: folder,
      settings: cv)
    #expect(try value("cv_rmse", again) == first)
    #expect(try value("cv_r2", numbers) > 0.9)
  }

  @Test("a forest becomes ONNX, and what is read again predicts the same") func becomesONNX()
    async throws
  {
    for values in [
      ["drop": "wide,size,heft"], ["target": "wide", "drop": "y,size,heft,colour"],
      ["target": "size", "drop": "y,wide,heft"],
    ] {
      let folder = try TemporaryFolder()
      let result = try await train(meadow(rows: 200), values, in: folder)
      let path = folder.path.appending("served/model.onnx")
      try ModelExport.check(path, of: ForestTrainer())
      try ModelExport.write(#require(result.models.first).path, to: path)
      let data = folder.path.appending("data.csv")
      let ours = try predict(model: result.models[0].path, data: data, threads: 1)
      let again = try predict(model: path, data: data, threads: 1)
      #expect(again.target == ours.target && again.classes == ours.classes)
      let pairs = zip(
        ours.values ?? ours.probabilities.elements, again.values ?? again.probabilities.elements)
      #expect(pairs.allSatisfy { abs($0 - $1) <= 1e-6 * max(1, abs($0)) })
    }
  }

  @Test("learns two classes and numbers") func others() async throws {
    let folder = try TemporaryFolder()
    let two = try await train(
      meadow(rows: 400), ["target": "wide", "drop": "y,size,colour,heft"], in: folder)
    #expect(two.data.classes == ["False", "True"])
    #expect(try value("test_auc", two) > 0.95)
    let coded = try await train(
      "a,y\n" + (0..<100).map { "\($0),\($0 / 50)\n" }.joined(), ["criterion": "gini"], in: folder)
    #expect(coded.data.classes == ["0", "1"])
    let numbers = try await train(
      meadow(rows: 400), ["target": "size", "drop": "y,wide", "weight": "heft"], in: folder)
    #expect(numbers.data.classes == [])
    #expect(try value("test_rmse", numbers) < 30 && value("test_r2", numbers) > 0.8)
  }

  @Test("writes the same bytes for any number of threads", arguments: ["y", "wide", "size"])
  func threads(target: String) async throws {
    var files: Set<[UInt8]> = []
    for threads in 1...3 {
      let folder = try TemporaryFolder()
      let result = try await train(
        meadow(rows: 200), ["target": target], in: folder, threads: threads)
      files.insert(try FileSystem.read(result.models[0].path))
    }
    #expect(files.count == 1)
  }

  @Test(
    "says what is wrong with what it is given",
    arguments: [
      (["n_estimators": "0"], "`n_estimators` must be a whole number from 1 to 1000000, not `0`"),
      (["n_estimators": "1e12"], "`n_estimators` must be"),
      (["max_depth": "0"], "`max_depth` must be"),
      (["max_features": "many"], "`max_features` must be a whole number of at least 1 or a share"),
      (["max_features": "0"], "`max_features` must be"),
      (["max_features": "1.5"], "to 1.0, not `1.5`"),
      (["min_samples_leaf": "1.0"], "below 1.0, not `1.0`"),
      (["min_samples_split": "1"], "`min_samples_split` must be a whole number of at least 2"),
      (["min_weight_fraction_leaf": "0.6"], "from 0.0 to 0.5"),
      (["max_leaf_nodes": "1"], "from 2 to"),
      (["criterion": "squared_error"], "is text, and `squared_error` learns numbers"),
      (["criterion": "ginny"], "`criterion` cannot be `ginny`"),
      (["class_weight": "even"], "`class_weight` cannot be `even`"),
      (["bootstrap": "false", "oob_score": "true"], "`oob_score` needs rows that were not drawn"),
      (["bootstrap": "false", "max_samples": "5"], "`max_samples` is of rows that are drawn"),
      (["bootstrap": "maybe"], "`bootstrap` must be true or false, not `maybe`"),
      (["ccp_alpha": "0.5"], "`ccp_alpha` cannot be `0.5`"),
      (["seed": "x"], "`seed` is no whole number"),
      (["seed": "3", "random_state": "4"], "both are the seed"),
      (["target": "z"], "no column named `z`"),
      (["features": "y"], "is the target"),
      (["weight": "colour"], "the weights in column `colour` are text"),
    ] as [([String: String], String)])
  func failures(values: [String: String], message: String) async throws {
    let folder = try TemporaryFolder()
    let failure = await #expect(throws: Failure.self) {
      _ = try await train(flowers(rows: 60), values, in: folder)
    }
    #expect(failure?.message.contains(message) == true, "\(String(describing: failure))")
    #expect(!FileSystem.exists(folder.path.appending("model.json")))
  }

  @Test(
    "tables that nothing can be learnt from",
    arguments: [
      ("a,y\n", [:], "no rows"), ("a,y\n1,x\n", [:], "1 class"),
      ("a,y\n1,x\n2,x\n", [:], "1 class"),
      ("a,y\n1,\n2,\n", [:], "no value in any row"),
      ("a,y\ninf,1.5\n2,2\n", [:], "infinite number"),
      ("a,y\n1,inf\n2,2\n", [:], "infinite number"),
      ("a,y,w\n1,2.5,0\n2,3,0\n", ["weight": "w"], "have the weight 0"),
      ("a,y,w\n1,2.5,-1\n2,3,1\n", ["weight": "w"], "is -1"),
      ("y\n1\n2\n", [:], "no column to learn from"),
    ] as [(String, [String: String], String)])
  func badTables(text: String, values: [String: String], message: String) async throws {
    let folder = try TemporaryFolder()
    let failure = await #expect(throws: Failure.self) {
      _ = try await train(text, values.merging(["test_fraction": "0"]) { $1 }, in: folder)
    }
    #expect(failure?.message.contains(message) == true, "\(String(describing: failure))")
  }

  @Test(
    "tables that little can be learnt from",
    arguments: [
      "a,y\n3,1.5\n", "a,y\n1,2.5\n2,2.5\n3,2.5\n", "a,b,y\n,1,1.5\n,2,2\n,3,4\n",
      "a,y\n,1.5\n,2\n",
      "a,y\n1,x\n2,x\n3,x\n4,z\n", "a,y\n7,x\n7,z\n7,z\n",
    ])
  func poorTables(text: String) async throws {
    let folder = try TemporaryFolder()
    let result = try await train(text, ["test_fraction": "0.3"], in: folder)
    let data = folder.path.appending("data.csv")
    let predictions = try predict(model: result.models[0].path, data: data, threads: 1)
    #expect(predictions.count == text.split(separator: "\n").count - 1)
    #expect(predictions.values?.allSatisfy(\.isFinite) ?? true)
    #expect(result.metrics.allSatisfy { $0.value.isFinite })
  }

  @Test("stopped in the middle keeps what it has") func cancelled() async throws {
    let folder = try TemporaryFolder()
    let (steps, continuation) = AsyncStream<Int64>.makeStream()
    let observer = ProgressObserver { continuation.yield($0) }
    let task = Task {
      try await train(
        flowers(rows: 100), ["n_estimators": "1000000"], in: folder, observer: observer)
    }
    for await trees in steps where trees >= 3 { break }
    task.cancel()
    let result = try await task.value
    #expect(result.ending == .interrupted)
    let model = try predict(
      model: #require(result.models.first).path, data: folder.path.appending("data.csv"), threads: 1
    )
    #expect(model.count == 100)
  }
}

/// Tells how many trees there are.
private struct ProgressObserver: TrainingObserver {
  let onTrees: @Sendable (Int64) -> Void

  func metric(_ name: String, _ value: Double, step: Int64) {}
  func note(_ text: String) {}
  func artifact(_ file: FilePath, as name: String) {}
  func progress(_ progress: TrainingProgress) {
    if progress.phase == "training" { onTrees(progress.completed) }
  }
}
