import Platform
import Projects

/// The parameters of ``NetworkTrainer``, read and checked.
struct NetworkOptions {
  var epochs: Int
  var batchSize: Int
  var seed: UInt64
  var optimizer: Optimizer
  var rate: Double
  var schedule: LearningRate.Schedule
  var warmUp: Int
  var loss: LossName
  var smoothing: Float
  var balancesClasses: Bool
  /// Epochs without a better loss of what is held out before the training ends; nil never does.
  var patience: Int?
  /// Epochs between two checkpoints; 0 writes none but when it is interrupted.
  var checkpointEvery: Int
  /// Steps between two points of the curves of single batches.
  var logEvery: Int

  enum LossName: String, CaseIterable {
    /// Cross-entropy for classes, squares for numbers.
    case auto
    case crossEntropy = "cross_entropy"
    case binaryCrossEntropy = "binary_cross_entropy"
    case squared, absolute
  }

  private enum Method: String, CaseIterable { case adam, adamw, sgd }
  private enum ScheduleName: String, CaseIterable {
    case constant, step, cosine
    case oneCycle = "one_cycle"
  }

  static let parameters: [Parameter] = [
    Parameter(
      "seed", .int, default: "0", description: "decides weights, orders and what is dropped"),
    Parameter("epochs", .int, default: "5", minimum: 1, maximum: 1_000_000),
    Parameter("batch_size", .int, default: "64", minimum: 1, maximum: 65536),
    Parameter(
      "optimizer", default: "adam", choices: Method.allCases.map(\.rawValue),
      description: "as PyTorch's Adam, AdamW and SGD"),
    Parameter("learning_rate", .float, default: "0.001", minimum: 0, maximum: 1000),
    Parameter(
      "momentum", .float, default: "0.9", minimum: 0, maximum: 1, description: "of sgd"),
    Parameter("nesterov", .bool, default: "false", description: "of sgd"),
    Parameter("beta1", .float, default: "0.9", minimum: 0, maximum: 1, description: "of adam"),
    Parameter("beta2", .float, default: "0.999", minimum: 0, maximum: 1, description: "of adam"),
    Parameter("epsilon", .float, default: "1e-08", minimum: 0, maximum: 1, description: "of adam"),
    Parameter("weight_decay", .float, default: "0.0", minimum: 0, maximum: 1000),
    Parameter(
      "clip", .float, isRequired: false, minimum: 0,
      description: "longest gradient; longer ones are scaled down"),
    Parameter(
      "schedule", default: "constant", choices: ScheduleName.allCases.map(\.rawValue),
      description: "how the learning rate goes"),
    Parameter(
      "step_epochs", .int, default: "1", minimum: 1, maximum: 1_000_000,
      description: "of schedule step: epochs between two falls"),
    Parameter(
      "step_factor", .float, default: "0.1", minimum: 0, maximum: 1,
      description: "of schedule step: what the rate is multiplied with"),
    Parameter(
      "warmup_steps", .int, default: "0", minimum: 0, maximum: 100_000_000,
      description: "batches in which the rate grows to what the schedule says"),
    Parameter(
      "loss", default: "auto", choices: LossName.allCases.map(\.rawValue),
      description: "auto: cross_entropy for classes, squared for numbers"),
    Parameter("label_smoothing", .float, default: "0.0", minimum: 0, maximum: 1),
    Parameter(
      "class_weights", default: "none", choices: ["none", "balanced"],
      description: "balanced: a class counts by how rare it is"),
    Parameter(
      "early_stopping", .int, isRequired: false, minimum: 1, maximum: 1_000_000,
      description: "epochs without a smaller loss of the rows held out, and it ends with the best"),
    Parameter(
      "checkpoint_every", .int, default: "1", minimum: 0, maximum: 1_000_000,
      description: "epochs between two checkpoints; 0: only when it is interrupted"),
    Parameter(
      "resume", .path, isRequired: false,
      description: "a checkpoint to go on from; `reprise run --resume RUN` finds the last of a run"),
    Parameter(
      "log_every", .int, default: "10", minimum: 1, maximum: 100_000_000,
      description: "batches between two points of their curves"),
  ]

  init(_ job: TrainingJob) throws {
    let largest = Double.greatestFiniteMagnitude
    epochs = try job.int("epochs", default: 5, in: 1...1_000_000)
    batchSize = try job.int("batch_size", default: 64, in: 1...65536)
    seed = try job.seed
    rate = try job.double("learning_rate", default: 1e-3, in: 0...1000)
    optimizer = try Self.optimizer(job)
    optimizer.weightDecay = try job.double("weight_decay", default: 0, in: 0...1000)
    if job.text("clip") != nil {
      optimizer.clip = try job.double("clip", default: 1, in: .leastNonzeroMagnitude...largest)
    }
    schedule = try Self.schedule(job)
    warmUp = try job.int("warmup_steps", default: 0, in: 0...100_000_000)
    loss = try job.choice("loss", default: .auto)
    smoothing = Float(try job.double("label_smoothing", default: 0, in: 0...0.99))
    balancesClasses = job.text("class_weights") == "balanced"
    patience =
      try job.text("early_stopping") == nil
      ? nil : job.int("early_stopping", default: 1, in: 1...1_000_000)
    checkpointEvery = try job.int("checkpoint_every", default: 1, in: 0...1_000_000)
    logEvery = try job.int("log_every", default: 10, in: 1...100_000_000)
  }

  private static func optimizer(_ job: TrainingJob) throws -> Optimizer {
    // A mean that forgets nothing would divide by zero.
    let decays = 0...(1 - 0x1p-24)
    let mean = try job.double("beta1", default: 0.9, in: decays)
    let square = try job.double("beta2", default: 0.999, in: decays)
    let epsilon = try job.double("epsilon", default: 1e-8, in: 0...1)
    switch try job.choice("optimizer", default: Method.adam) {
    case .adam:
      return Optimizer(.adam(meanDecay: mean, squareDecay: square, epsilon: epsilon))
    case .adamw:
      return Optimizer(.adamW(meanDecay: mean, squareDecay: square, epsilon: epsilon))
    case .sgd:
      return Optimizer(
        .momentum(
          try job.double("momentum", default: 0.9, in: 0...1),
          nesterov: try job.truth("nesterov", default: false)))
    }
  }

  private static func schedule(_ job: TrainingJob) throws -> LearningRate.Schedule {
    switch try job.choice("schedule", default: ScheduleName.constant) {
    case .constant: return .constant
    case .cosine: return .cosine
    case .oneCycle: return .oneCycle
    case .step:
      return .step(
        epochs: try job.int("step_epochs", default: 1, in: 1...1_000_000),
        factor: try job.double("step_factor", default: 0.1, in: 0...1))
    }
  }

  /// The loss for what is to be predicted.
  ///
  /// - Parameter labels: those that are learnt from; nil for numbers.
  func loss(classes: Int, labels: [Int32]?) throws -> NetworkLoss {
    switch (loss, labels) {
    case (.auto, let labels?), (.crossEntropy, let labels?):
      return .crossEntropy(
        smoothing: smoothing, weights: balancesClasses ? Self.weights(labels, classes) : nil)
    case (.binaryCrossEntropy, _?):
      guard classes == 2 else {
        throw Failure(
          .invalid, "`loss: binary_cross_entropy` is for two classes, and there are \(classes)",
          hint: "say `loss: cross_entropy`, or nothing")
      }
      return .binaryCrossEntropy
    case (.auto, nil), (.squared, nil): return .squared
    case (.absolute, nil): return .absolute
    case (let name, let labels):
      throw Failure(
        .invalid,
        "`loss: \(name.rawValue)` does not go with \(labels == nil ? "numbers" : "classes")",
        hint: labels == nil ? "say squared or absolute" : "say cross_entropy")
    }
  }

  /// n / (classes · n of the class), as scikit-learn's `balanced`.
  private static func weights(_ labels: [Int32], _ classes: Int) -> [Float] {
    var counts = [Int](repeating: 0, count: classes)
    for label in labels { counts[Int(label)] += 1 }
    return counts.map { $0 == 0 ? 0 : Float(Double(labels.count) / Double(classes * $0)) }
  }
}
