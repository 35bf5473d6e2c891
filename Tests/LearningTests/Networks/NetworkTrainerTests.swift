import Compute
import Formats
import Learning
import Platform
import Support
import SystemPackage
import Testing

@Suite("Trainers of networks") struct NetworkTrainerTests {
  private static let mixed: JSONValue = .array([
    .string("8c3"), .string("batchnorm"), .string("relu"), .string("pool"), .string("flatten"),
    .string("16"), .string("gelu"), .string("dropout .3"), .int(4),
  ])

  @Test("learn to tell images apart", arguments: [NetworkTrainer.Kind.perceptron, .convolutional])
  func learn(kind: NetworkTrainer.Kind) async throws {
    let folder = try TemporaryFolder()
    let layers = kind == .convolutional ? Optional.some(Self.mixed) : Optional.none
    let observer = RecordingObserver()
    let result = try await folder.trainNetwork(
      ["epochs": "4", "batch_size": "16", "learning_rate": "0.01", "log_every": "1"],
      kind: kind, layers: layers, observer: observer)
    let accuracy = try #require(result.metrics.first { $0.name == "test_accuracy" }).value
    #expect(accuracy > 0.95, "\(accuracy)")
    #expect(result.data.classes == ["0", "1", "2", "3"])
    #expect(result.data.trainRows == 200 && result.data.testRows == 40)
    // 200 / 16 is 12 batches and a half, each told.
    #expect(observer.metrics.filter { $0.name == "loss" }.count == 4 * 13)
    #expect(observer.metrics.filter { $0.name == "test_loss" }.count == 4)
    #expect(observer.progress.last == TrainingProgress("training", 52, of: 52, unit: "batches"))
  }

  @Test("the same bytes for any number of threads") func threads() async throws {
    let folder = try TemporaryFolder()
    var models: [[UInt8]] = []
    for threads in 1...3 {
      let result = try await folder.trainNetwork(
        ["epochs": "2", "batch_size": "32", "clip": "1", "rotate": "10", "shift": "1"],
        kind: .convolutional, layers: Self.mixed, threads: threads, output: "out\(threads)")
      models.append(try FileSystem.read(result.models[0].path))
    }
    #expect(models[0] == models[1] && models[0] == models[2])
  }

  @Test("a table of numbers: classes and numbers are told") func tables() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(flowers(rows: 300), to: "flowers.csv")
    let options = [
      "data": file.string, "epochs": "20", "batch_size": "16", "seed": "3",
      "learning_rate": "0.01",
    ]
    let classes = try await folder.trainNetwork(
      options.merging(["target": "y"]) { $1 }, images: nil,
      layers: .array([.int(32), .string("relu"), .int(3)]))
    // Logistic regression comes to 0.7 here; guessing to 0.35.
    #expect(try #require(classes.metrics.first { $0.name == "test_accuracy" }).value > 0.6)
    #expect(classes.data.classes == ["iris", "rose", "tulip"])
    let line = "x,y\n" + (0..<200).map { "\($0),\(Double($0) * 3 + 1000.5)\n" }.joined()
    let numbers = try folder.write(line, to: "line.csv")
    let result = try await folder.trainNetwork(
      ["data": numbers.string, "target": "y", "epochs": "60", "batch_size": "16", "seed": "3"],
      images: nil, layers: .array([.int(16), .string("tanh"), .int(1)]))
    #expect(try #require(result.metrics.first { $0.name == "test_r2" }).value > 0.98)
    #expect(result.data.classes.isEmpty)
  }

  @Test("ends when what is held out gets no better, with the best weights")
  func stopping() async throws {
    let folder = try TemporaryFolder()
    let observer = RecordingObserver()
    let result = try await folder.trainNetwork(
      ["epochs": "200", "batch_size": "16", "learning_rate": "0.05", "early_stopping": "2"],
      observer: observer)
    guard case .stoppedEarly(let best) = result.ending else {
      Issue.record("it went on: \(result.ending)")
      return
    }
    let losses = observer.metrics.filter { $0.name == "test_loss" }.map(\.value)
    #expect(losses.count == Int(best) + 2)
    let least = try #require(losses.min())
    #expect(losses[Int(best) - 1] == least)
    let final = try #require(result.metrics.first { $0.name == "test_log_loss" }).value
    #expect(abs(final - least) < 1e-4, "the model is that of the best epoch")
  }
}
