import Compute
import Formats
import Learning
import Platform
import Support
import Synchronization
import SystemPackage
import Testing

@Suite("Logistic trainer") struct LogisticTrainerTests {
  @Test("learns the penguins") func penguins() async throws {
    let folder = try TemporaryFolder()
    let observer = RecordingObserver()
    let result = try await LogisticTrainer().train(
      TrainingJob(
        values: ["target": "species", "drop": "year"], inputs: [Examples.penguins],
        folder: folder.path, output: folder.path), reporting: observer)
    #expect(result.ending == .converged)
    #expect(result.data.rows == 344)
    #expect(result.data.trainRows == 275)
    #expect(result.data.testRows == 69)
    #expect(result.data.classes == ["Adelie", "Chinstrap", "Gentoo"])
    let metrics = Dictionary(uniqueKeysWithValues: result.metrics.map { ($0.name, $0.value) })
    #expect(try #require(metrics["train_accuracy"]) > 0.99)
    #expect(try #require(metrics["test_accuracy"]) > 0.95)
    let losses = observer.metrics.filter { $0.name == "loss" }
    #expect(losses.first.map { abs($0.value - 1.0986122886681098) < 1e-12 } == true)
    #expect(zip(losses, losses.dropFirst()).allSatisfy { $0.value >= $1.value })
    #expect(losses.map(\.step) == losses.indices.map { Int64($0) })

    let predictions = try predict(model: result.models[0].path, data: Examples.penguins)
    #expect(predictions.count == 344)
    #expect(predictions.notes.isEmpty)
  }
}

/// Files of `project-examples`.
enum Examples {
  static let root = FilePath(#filePath).removingLastComponent().removingLastComponent()
    .removingLastComponent().appending("project-examples")
  static let penguins = root.appending("penguins/data/penguins.csv")
}

/// Keeps what a trainer says.
final class RecordingObserver: TrainingObserver {
  struct Metric: Sendable {
    var name: String
    var value: Double
    var step: Int64
  }

  private let state = Mutex(
    (metrics: [Metric](), progress: [TrainingProgress](), notes: [String]()))

  var metrics: [Metric] { state.withLock { $0.metrics } }
  var progress: [TrainingProgress] { state.withLock { $0.progress } }
  var notes: [String] { state.withLock { $0.notes } }

  func metric(_ name: String, _ value: Double, step: Int64) {
    state.withLock { $0.metrics.append(Metric(name: name, value: value, step: step)) }
  }
  func progress(_ progress: TrainingProgress) { state.withLock { $0.progress.append(progress) } }
  func note(_ text: String) { state.withLock { $0.notes.append(text) } }
  func artifact(_ file: FilePath, as name: String) {}
}
