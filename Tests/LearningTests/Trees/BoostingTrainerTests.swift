import Compute
import Formats
import Learning
import Platform
import Support
import SystemPackage
import Testing

/// The trainers of boosted trees, from a table to a model file.
@Suite("Boosting trainers") struct BoostingTrainerTests {
  private func train(
    _ flavour: TreeFlavour, _ text: String, _ values: [String: String] = [:],
    in folder: TemporaryFolder, threads: Int = 1,
    observer: any TrainingObserver = SilentObserver()
  ) async throws -> TrainingResult {
    let file = try folder.write(text, to: "data.csv")
    return try await BoostingTrainer(flavour).train(
      TrainingJob(
        values: ["target": "y", "num_boost_round": "12"].merging(values) { $1 }, inputs: [file],
        folder: folder.path, output: folder.path, threads: threads), reporting: observer)
  }

  /// A number and a colour that nearly tell three classes apart, another number that says nothing, and gaps.
  private func meadow(rows: Int) -> String {
    var text = "a,b,colour,y\n"
    for row in 0..<rows {
      let a = (row * 7919) % 90
      let kind = row % 23 == 0 ? row % 3 : a / 30
      let b = row % 11 == 0 ? "" : "\((row * 104_729) % 97)"
      text += "\(row % 13 == 0 ? "" : "\(a)"),\(b),\(["red", "green", "blue"][kind]),"
      text += "\(["iris", "rose", "tulip"][a / 30])\n"
    }
    return text
  }

  @Test("learn classes, and their files predict", arguments: TreeFlavour.allCases)
  func classes(flavour: TreeFlavour) async throws {
    let folder = try TemporaryFolder()
    let observer = RecordingObserver()
    let result = try await train(flavour, meadow(rows: 600), in: folder, observer: observer)
    #expect(result.ending == .completed)
    #expect(result.data.classes == ["iris", "rose", "tulip"])
    #expect(result.data.features == ["a", "b", "colour"])
    #expect(result.data.testRows == 120 && result.data.trainRows == 480)
    let accuracy = try #require(result.metrics.first { $0.name == "test_accuracy" }?.value)
    #expect(accuracy > 0.9, "\(result.metrics)")
    #expect(observer.metrics.count { $0.step == 11 && $0.name.hasPrefix("test_m") } == 1)
    let model = try #require(result.models.first)
    let data = folder.path.appending("data.csv")
    let predictions = try predict(model: model.path, data: data, threads: 1)
    #expect(predictions.classes == ["iris", "rose", "tulip"])
    #expect(predictions.target == "y")
    #expect(predictions.count == 600)
    let right = try TableFile.read(data)["y"].flatMap { column -> Int? in
      guard case .codes(let codes, let categories) = column.values else { return nil }
      return (0..<600).count {
        categories[Int(codes[$0])] == predictions.classes[Int(predictions.labels[$0])]
      }
    }
    #expect(try #require(right) > 540)
  }

  @Test("learn two classes and numbers", arguments: TreeFlavour.allCases)
  func others(flavour: TreeFlavour) async throws {
    let folder = try TemporaryFolder()
    let rows = (0..<400).map { row in
      let (a, b) = ((row * 7919) % 101, (row * 104_729) % 89)
      return "\(a),\(b),\(a > 50 ? "yes" : "no"),\(Double(a) * 2 - Double(b) / 4)\n"
    }.joined()
    let two = try await train(
      flavour, "a,b,y,n\n" + rows, ["drop": "n", "early_stopping_rounds": "3"], in: folder)
    #expect(try #require(two.metrics.first { $0.name == "test_accuracy" }?.value) > 0.95)
    let numbers = try await train(flavour, "a,b,c,y\n" + rows, ["drop": "c"], in: folder)
    #expect(numbers.data.classes == [])
    #expect(try #require(numbers.metrics.first { $0.name == "test_rmse" }?.value) < 30)
    let answers = try predict(
      model: numbers.models[0].path, data: folder.path.appending("data.csv"), threads: 1)
    #expect(answers.values?.count == 400)
    #expect(String(decoding: answers.csv(), as: UTF8.self).hasPrefix("y\n"))
  }

  @Test("write the same bytes for any number of threads", arguments: TreeFlavour.allCases)
  func threads(flavour: TreeFlavour) async throws {
    var files: Set<[UInt8]> = []
    for threads in 1...3 {
      let folder = try TemporaryFolder()
      let result = try await train(
        flavour, flowers(rows: 300),
        ["subsample": "0.8", "subsample_freq": "1"].filter {
          flavour == .lightgbm || $0.key == "subsample"
        }, in: folder, threads: threads)
      files.insert(try FileSystem.read(result.models[0].path))
    }
    #expect(files.count == 1)
  }

  @Test(
    "say what is wrong with what they are given",
    arguments: [
      (["target": "z"], "no column named `z`"),
      (["max_depth": "many"], "`max_depth` must be a whole number, not `many`"),
      (["objective": "binary:logistic"], "classes"), (["features": "y"], "is the target"),
      (["drop": "a,b,colour"], "no column to learn from"),
      (["test_fraction": "0", "early_stopping_rounds": "5"], "early stopping needs rows"),
      (["weight": "colour"], "the weights in column `colour` are text"),
    ] as [([String: String], String)])
  func failures(values: [String: String], message: String) async throws {
    let folder = try TemporaryFolder()
    let failure = await #expect(throws: Failure.self) {
      _ = try await train(.xgboost, flowers(rows: 60), values, in: folder)
    }
    #expect(failure?.message.contains(message) == true, "\(String(describing: failure))")
    #expect(!FileSystem.exists(folder.path.appending("model.json")))
  }

  @Test("stopped in the middle keep what they have", arguments: TreeFlavour.allCases)
  func cancelled(flavour: TreeFlavour) async throws {
    let folder = try TemporaryFolder()
    let (steps, continuation) = AsyncStream<Int64>.makeStream()
    let observer = RecordingObserver { if $0.step < 1000 { continuation.yield($0.step) } }
    let task = Task {
      try await train(
        flavour, flowers(rows: 200), ["num_boost_round": "1000000", "learning_rate": "0.001"],
        in: folder, observer: observer)
    }
    for await step in steps where step >= 3 { break }
    task.cancel()
    let result = try await task.value
    #expect(result.ending == .interrupted)
    #expect(FileSystem.isFile(try #require(result.models.first).path))
  }
}
