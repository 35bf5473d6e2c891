import Compute
import Formats
import Learning
import Platform
import Support
import SystemPackage
import Testing

@Suite("Logistic trainer") struct LogisticTrainerTests {
  @Test("learns the penguins") func penguins() async throws {
    let folder = try TemporaryFolder()
    let observer = RecordingObserver()
    let result = try await folder.train(
      file: Examples.penguins, ["target": "species", "drop": "year"], observer: observer)
    #expect(result.ending == .converged)
    #expect(result.data.rows == 344)
    #expect(result.data.trainRows == 275)
    #expect(result.data.testRows == 69)
    #expect(result.data.classes == ["Adelie", "Chinstrap", "Gentoo"])
    #expect(
      result.data.features == [
        "island", "bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g", "sex",
      ])
    #expect(
      result.metrics.map(\.name)
        == ["train", "test"].flatMap { ["\($0)_accuracy", "\($0)_log_loss", "\($0)_f1_macro"] })
    #expect(result.metrics[0].value > 0.99)
    #expect(result.metrics[3].value > 0.95)
    let losses = observer.metrics.filter { $0.name == "loss" }
    // Without weights every class is as likely: the loss is ln 3.
    #expect(abs(losses[0].value - 1.0986122886681098) < 1e-12)
    #expect(zip(losses, losses.dropFirst()).allSatisfy { $0.value >= $1.value })
    #expect(losses.map(\.step) == losses.indices.map { Int64($0) })
    #expect(observer.progress.last?.total == 1000)
    #expect(observer.notes.isEmpty)

    let predictions = try predict(model: result.models[0].path, data: Examples.penguins)
    #expect(predictions.count == 344)
    #expect(predictions.notes.isEmpty)
    let confusion = try #require(result.details["test_confusion"]?["counts"]?.array)
    #expect(confusion.count == 3)
    let counts: [Int64] = confusion.flatMap { $0.array ?? [] }.compactMap(\.int)
    #expect(counts.count == 9)
    #expect(counts.reduce(0, +) == 69)
  }

  @Test("the model is the same bytes for any number of threads", arguments: [2, 3, 4])
  func threads(count: Int) async throws {
    // More than one block of the kernel, so that there is something to share.
    let text = flowers(rows: 2700)
    let (one, many) = (try TemporaryFolder(), try TemporaryFolder())
    _ = try await one.train(text, ["tolerance": "0.001"], threads: 1)
    _ = try await many.train(text, ["tolerance": "0.001"], threads: count)
    #expect(try one.read("model.json") == many.read("model.json"))
  }

  @Test("the seed decides which rows are held out, and nothing else does") func seeds() async throws
  {
    let text = flowers(rows: 200)
    var models: [String] = []
    for seed in ["1", "1", "2", "-1"] {
      let folder = try TemporaryFolder()
      _ = try await folder.train(text, ["seed": seed])
      models.append(try folder.read("model.json"))
    }
    #expect(models[0] == models[1])
    #expect(Set(models).count == 3)
  }

  @Test("the model read back is the model written") func roundTrip() async throws {
    let folder = try TemporaryFolder()
    let result = try await folder.train(flowers(rows: 100))
    let model = try LogisticModel(reading: result.models[0].path)
    try model.write(to: folder.path.appending("again.json"))
    #expect(try folder.read("again.json") == folder.read("model.json"))
    #expect(try LogisticModel(reading: folder.path.appending("again.json")) == model)
  }

  @Test("cancelling stops it between iterations, and writes nothing", arguments: [0, 1, 3])
  func cancels(step: Int64) async throws {
    let folder = try TemporaryFolder()
    let observer = RecordingObserver { metric in
      if metric.step == step { withUnsafeCurrentTask { $0?.cancel() } }
    }
    let task = Task { try await folder.train(flowers(rows: 100), observer: observer) }
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(observer.metrics.last?.step ?? 0 <= step + 1)
    #expect(try FileSystem.names(in: folder.path) == ["data.csv"])
  }

  @Test("the penguins' model is these bytes on every machine") func pinned() async throws {
    let folder = try TemporaryFolder()
    _ = try await folder.train(file: Examples.penguins, ["target": "species"])
    // Changes only when the algorithm or the format does, and then on purpose.
    #expect(
      SHA256.digest(of: try FileSystem.read(folder.path.appending("model.json"))).hex
        == "8e22735018f7706d9f6898b7e6f341e71d1cdaa966dcebe1d18c05b30231444b")
  }

  @Test("stopping at the limit is told") func limit() async throws {
    let folder = try TemporaryFolder()
    let observer = RecordingObserver()
    let result = try await folder.train(
      flowers(rows: 100), ["max_iterations": "2"], observer: observer)
    #expect(result.ending == .completed)
    #expect(observer.notes.count == 1)
    #expect(observer.metrics.filter { $0.name == "loss" }.map(\.step) == [0, 1, 2])
  }

  @Test("columns that say nothing are left out with a note") func useless() async throws {
    let folder = try TemporaryFolder()
    let observer = RecordingObserver()
    let result = try await folder.train(
      "x,one,none,word,y\n1,5,,w,a\n2,5,NA,w,b\n3,5,,w,a\n4,5,,w,b\n", observer: observer)
    #expect(result.data.features == ["x"])
    #expect(
      observer.notes == [
        "left out column `one`: it is the same in every row",
        "left out column `none`: it has no value in any row",
        "left out column `word`: it is the same in every row",
      ])
  }

  @Test("rows without a target are left out with a note") func missingTarget() async throws {
    let folder = try TemporaryFolder()
    let observer = RecordingObserver()
    let result = try await folder.train(
      "x,y\n1,a\n2,b\n3,\n4,a\n5,b\n6,NA\n", ["test_fraction": "0"], observer: observer)
    #expect(result.data.trainRows == 4)
    #expect(result.data.testRows == 0)
    #expect(
      result.metrics.map(\.name)
        == ["train_accuracy", "train_log_loss", "train_f1", "train_auc"])
    #expect(observer.notes == ["left out 2 rows without a value of `y`"])
  }

  @Test(
    "missing values are imputed, or their rows dropped",
    arguments: [("impute", 6), ("drop", 4)])
  func missing(policy: String, rows: Int) async throws {
    let folder = try TemporaryFolder()
    let result = try await folder.train(
      "x,c,y\n1,r,a\n2,,b\n,r,a\n4,g,b\n5,r,a\n6,g,b\n",
      ["test_fraction": "0", "missing": policy])
    #expect(result.data.trainRows == rows)
    let model = try LogisticModel(reading: result.models[0].path)
    let mean = policy == "impute" ? 18.0 / 5 : 4.0
    guard case .standardized(let found, _) = model.encoder.features[0].encoding else {
      Issue.record("not a number")
      return
    }
    #expect(found == mean)
    #expect(
      model.encoder.features[1].encoding
        == .oneHot(categories: ["g", "r"], missing: policy == "impute"))
  }

  @Test("whole numbers and truth values are classes too, in their order") func classes()
    async throws
  {
    let folder = try TemporaryFolder()
    let numbers = try await folder.train("x,y\n1,10\n2,9\n3,10\n4,9\n5,-1\n6,-1\n")
    #expect(numbers.data.classes == ["-1", "9", "10"])
    let truths = try await folder.train("x,y\n1,true\n2,False\n3,TRUE\n4,False\n")
    #expect(truths.data.classes == ["False", "True"])
    let forced = try await folder.train(
      "x,y\n1,1.5\n2,2.5\n3,1.5\n4,2.5\n", ["categorical": "y"])
    #expect(forced.data.classes == ["1.5", "2.5"])
  }

  @Test("numbers are categories when they are said to be") func categorical() async throws {
    let folder = try TemporaryFolder()
    let result = try await folder.train(
      "zip,y\n01,a\n1,b\n2,a\n01,a\n1,b\n2,b\n", ["categorical": "zip", "test_fraction": "0"])
    let model = try LogisticModel(reading: result.models[0].path)
    #expect(
      model.encoder.features
        == [Feature("zip", .oneHot(categories: ["01", "1", "2"], missing: false))])
  }

  @Test(
    "tabs and other delimiters",
    arguments: [("t.tsv", "\t", "auto"), ("t.csv", ";", ";"), ("t.txt", "\t", "tab")])
  func delimiters(name: String, delimiter: String, option: String) async throws {
    let folder = try TemporaryFolder()
    let text = flowers(rows: 60).replacing(",", with: delimiter)
    let file = try folder.write(text, to: name)
    let result = try await folder.train(file: file, ["delimiter": option])
    #expect(result.data.features == ["a", "b", "colour"])
  }
}
