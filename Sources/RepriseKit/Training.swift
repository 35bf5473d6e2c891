import Learning
import Platform
import Projects
import SystemPackage
import Synchronization

/// A training by one of Reprise's own trainers.
///
///     let training = Training(.xgboost, data: "flights.csv.gz", target: "arrival",
///                             parameters: ["max_depth": 5, "learning_rate": 0.1, "test_fraction": 0.25])
///     let result = try await training.run(reportingTo: recording)
///     print(result.metrics["test_auc"] ?? .nan)
///
/// Parameters have the names and defaults that the library gives them which the trainer stands for. The same training gives
/// the same model, byte by byte, on any number of threads.
public struct Training: Sendable {
  /// Who trains.
  public var trainer: Trainer
  /// The file to learn from; a relative path starts at the working folder.
  public var data: String
  /// The column to predict.
  public var target: String
  /// What is given; all others have their defaults.
  public var parameters: [String: ParameterValue]
  /// Where the model is written; a folder that is made. A temporary one when nil.
  public var folder: String?

  /// The trainers, by the name that `trainer:` in an MLproject gives them.
  public struct Trainer: Sendable, Hashable, ExpressibleByStringLiteral {
    /// As `trainer:` has it: `xgboost`.
    public let name: String
    /// A trainer by its name; an unknown one is told when it is to train.
    public init(_ name: String) { self.name = name }
    /// The same, from a literal.
    public init(stringLiteral value: String) { self.init(value) }

    /// Boosted trees with the parameters and files of XGBoost.
    public static let xgboost: Trainer = "xgboost"
    /// Boosted trees with those of LightGBM.
    public static let lightgbm: Trainer = "lightgbm"
    /// Random forests with scikit-learn's parameters.
    public static let forest: Trainer = "forest"
    /// Least squares, ridge, lasso and elastic net.
    public static let linear: Trainer = "linear"
    /// Multinomial logistic regression.
    public static let logistic: Trainer = "logistic"
  }

  /// What a training came to.
  public struct Result: Sendable {
    /// The finished model.
    public let model: TrainedModel
    /// The finished model's scores: `test_auc`, `train_logloss`, ….
    public let metrics: [String: Double]
    /// Worth knowing: rows left out, columns without a value.
    public let notes: [String]
    /// Whether it was cancelled; the model is the best so far.
    public let isInterrupted: Bool
  }

  /// A training; nothing is read before ``run(reportingTo:)``.
  public init(
    _ trainer: Trainer, data: String, target: String, parameters: [String: ParameterValue] = [:],
    folder: String? = nil
  ) {
    self.trainer = trainer
    self.data = data
    self.target = target
    self.parameters = parameters
    self.folder = folder
  }

  /// Trains.
  ///
  /// - Parameter recording: takes parameters, the metrics of each round, and the model as `model/`.
  /// - Throws: ``RepriseError`` for parameters, data or values that cannot be; `CancellationError` when it is cancelled before
  ///   there is a model.
  public nonisolated(nonsending) func run(reportingTo recording: Recording? = nil) async throws
    -> Result
  {
    try await told {
      let trainer = try Trainers.named(trainer.name)
      let here = try FileSystem.workingDirectory()
      let output = try folder.map { try FileSystem.absolute(FilePath($0), in: here) }
      // Models of a program without a folder of its own go away with the machine's temporary files.
      let place = try output ?? TemporaryDirectory(prefix: "reprise-model-").keep()
      try FileSystem.createDirectory(place)
      let values = try values(trainer)
      let job = TrainingJob(values: values, folder: here, output: place)
      try recording?.parameters(
        filling: values.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) })
      let observer = Observer(recording)
      let result = try await trainer.train(job, reporting: observer)
      if let problem = observer.problem { throw problem }
      guard let file = result.models.first else {
        throw Failure(.bug, "the trainer `\(trainer.name)` left no model")
      }
      try recording?.artifact(
        file.path.string, as: "model/\(file.path.lastComponent?.string ?? "model")")
      return Result(
        model: try TrainedModel(reading: file.path.string),
        metrics: Dictionary(result.metrics.map { ($0.name, $0.value) }) { $1 },
        notes: observer.notes, isInterrupted: result.ending == .interrupted)
    }
  }

  /// The values with the trainer's defaults, checked as `reprise run` checks them.
  private func values(_ trainer: any Learning.Trainer) throws -> [String: String] {
    var given = parameters.map { (name: $0.key, value: $0.value.text) }.sorted { $0.name < $1.name }
    given.append(("data", data))
    given.append(("target", target))
    let entry = try EntryPoint(name: trainer.name, trainer: trainer.name)
      .declaring(trainer.parameters)
    let arguments = try entry.arguments(given: given)
    return Dictionary(
      arguments.parameters.filter { !$0.isAbsent }.map { ($0.name, $0.value) }
    ) { $1 }
  }

  /// Passes on what the trainer tells; the first thing that could not be recorded is told in the end.
  private final class Observer: TrainingObserver {
    private struct State {
      var notes: [String] = []
      var problem: (any Error)?
    }

    private let recording: Recording?
    private let state = Mutex(State())

    init(_ recording: Recording?) { self.recording = recording }

    var notes: [String] { state.withLock { $0.notes } }
    var problem: (any Error)? { state.withLock { $0.problem } }

    func parameters(_ effective: [(name: String, value: String)]) {
      attempt { try recording?.parameters(filling: effective) }
    }

    func metric(_ name: String, _ value: Double, step: Int64) {
      attempt { try recording?.metric(name, value, step: Int(step)) }
    }

    func progress(_ progress: TrainingProgress) {}

    func note(_ text: String) { state.withLock { $0.notes.append(text) } }

    func artifact(_ file: FilePath, as name: String) {
      attempt { try recording?.artifact(file.string, as: name) }
    }

    private func attempt(_ body: () throws -> Void) {
      do { try body() } catch {
        state.withLock { $0.problem = $0.problem ?? error }
      }
    }
  }
}
