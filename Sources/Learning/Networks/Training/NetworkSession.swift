import Compute
import Formats
import Platform
import Projects
import SystemPackage

/// One training of a network, epoch by epoch.
final class NetworkSession {
  let data: NetworkData
  let options: NetworkOptions
  let kind: NetworkTrainer.Kind
  let network: Network
  /// The layers as they were asked for, the last function included that losses do without.
  let plans: [LayerPlan]
  let loss: NetworkLoss
  let descent: NetworkDescent
  let pool: WorkerPool
  /// Where it is; what a checkpoint keeps.
  var progress = NetworkProgress()
  /// The weights of the best epoch, when a better one may have been before the last.
  var best: [NetworkTensor]?

  init(
    _ data: NetworkData, _ options: NetworkOptions, _ job: TrainingJob, kind: NetworkTrainer.Kind
  ) throws {
    self.data = data
    self.options = options
    self.kind = kind
    guard options.batchSize <= data.train.samples.count else {
      throw Failure(
        .invalid,
        "a batch of \(options.batchSize) is larger than the \(counted(data.train.samples.count, "sample")) to learn from",
        hint: "say `-P batch_size=\(max(1, data.train.samples.count / 4))`, or less")
    }
    if options.patience != nil, data.test.samples.isEmpty {
      throw Failure(
        .invalid, "`early_stopping` needs samples that are held out",
        hint: "give `-P test_fraction=0.1`, or `test_data`")
    }
    loss = try options.loss(classes: data.classes.count, labels: data.train.labels)
    let setting = job.settings[LayerList.key]
    (plans, network) = try NetworkDesign(data, loss, kind: kind, setting).make()
    try Self.checkRoom(network, options.batchSize)
    pool = WorkerPool(threads: job.threads)
    network.begin(seed: options.seed)
    descent = NetworkDescent(
      network, data.train.source, samples: data.train.samples, data.train.targets, loss: loss,
      optimizer: options.optimizer, batchSize: options.batchSize, seed: options.seed, pool: pool)
  }

  /// What all layers hold of a batch, and the gradients of it, must fit into 16 GB.
  private static func checkRoom(_ network: Network, _ batch: Int) throws {
    let held = 2 * LayerPlan.heldCount(network.plans, network.shapes)
    let (numbers, overflow) = held.multipliedReportingOverflow(by: batch)
    guard !overflow, numbers <= 1 << 32 else {
      throw Failure(
        .invalid, "a batch of \(batch) takes more than 16 GB: \(held * 4) bytes for each sample",
        hint: "say `-P batch_size=\(max(1, (1 << 32) / max(1, held)))`, or make the layers smaller")
    }
  }

  var rate: LearningRate {
    LearningRate(base: options.rate, schedule: options.schedule, warmUp: options.warmUp)
  }

  var totalSteps: Int {
    let (steps, overflow) = options.epochs.multipliedReportingOverflow(by: descent.stepsPerEpoch)
    return overflow ? .max : steps
  }

  /// The network as it is to be used: with the best weights.
  var model: NetworkModel {
    NetworkModel(
      kind: kind.rawValue, target: data.target, classes: data.classes, input: data.input,
      plans: plans, tensors: best ?? network.tensors, scale: data.scale, shift: data.shift,
      training: facts)
  }

  private var facts: JSONValue {
    .object([
      .init("data", .string(data.file?.lastComponent?.string ?? "")),
      .init("train_samples", .int(Int64(data.train.samples.count))),
      .init("test_samples", .int(Int64(data.test.samples.count))),
      .init("epochs", .int(Int64(progress.epoch))),
      .init("steps", .int(Int64(descent.step))),
      .init("batch_size", .int(Int64(options.batchSize))),
      .init("seed", .string(String(options.seed))),
    ])
  }

  // MARK: - Learning

  nonisolated(nonsending) func run(
    _ job: TrainingJob, reporting observer: any TrainingObserver
  ) async throws -> TrainingResult.Ending {
    do {
      while progress.epoch < options.epochs {
        try await epoch(job, observer)
        if let patience = options.patience, progress.epoch - progress.bestEpoch >= patience {
          return .stoppedEarly(best: Int64(progress.bestEpoch))
        }
        if options.checkpointEvery > 0, progress.epoch.isMultiple(of: options.checkpointEvery),
          progress.epoch < options.epochs
        {
          try checkpoint(job, observer)
        }
      }
    } catch is CancellationError {
      guard descent.step > 0 else { throw CancellationError() }
      try checkpoint(job, observer)
      return .interrupted
    }
    return .completed
  }

  nonisolated(nonsending) private func epoch(
    _ job: TrainingJob, _ observer: any TrainingObserver
  ) async throws {
    let order = descent.order(of: progress.epoch)
    let start = ContinuousClock.now
    let first = progress.place
    while progress.place < order.count {
      let batch = order[progress.place..<min(progress.place + options.batchSize, order.count)]
      let step = descent.step
      let rate = rate.rate(step: step, of: totalSteps, perEpoch: descent.stepsPerEpoch)
      let (loss, correct) = descent.learn(from: batch, epoch: progress.epoch, rate: rate)
      guard loss.isFinite else { throw brokenLoss(loss, batch.count) }
      progress.add(loss, correct: correct, samples: batch.count)
      tell(rate, step: step, observer)
      observer.progress(
        TrainingProgress(
          "training", Int64(descent.step), of: Int64(totalSteps), unit: "batches"))
      try await job.pause()
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let speed = Double(order.count - first) / max(seconds, 1e-9)
    observer.metric("system/samples_per_second", speed, step: Int64(descent.step))
    endEpoch(observer)
  }

  /// The curves of batches: means over the last few.
  private func tell(_ rate: Double, step: Int, _ observer: any TrainingObserver) {
    guard (step + 1).isMultiple(of: options.logEvery) else { return }
    let (loss, accuracy) = progress.takeRecent()
    observer.metric("loss", loss, step: Int64(step))
    if !data.classes.isEmpty { observer.metric("accuracy", accuracy, step: Int64(step)) }
    observer.metric("learning_rate", rate, step: Int64(step))
  }

  private func endEpoch(_ observer: any TrainingObserver) {
    let step = Int64(descent.step)
    let (loss, accuracy) = progress.endEpoch()
    observer.metric("train_loss", loss, step: step)
    if !data.classes.isEmpty { observer.metric("train_accuracy", accuracy, step: step) }
    guard !data.test.samples.isEmpty else { return }
    let test = NetworkJudgement(network, data.test, self.loss, on: pool)
    observer.metric("test_loss", test.loss, step: step)
    if !data.classes.isEmpty { observer.metric("test_accuracy", test.accuracy, step: step) }
    if test.loss < progress.bestLoss {
      (progress.bestLoss, progress.bestEpoch) = (test.loss, progress.epoch)
      if options.patience != nil { best = network.tensors }
    }
  }

  private func brokenLoss(_ loss: Double, _ samples: Int) -> Failure {
    let layer = network.brokenLayer(samples: samples)
    let place =
      layer.map { "layer \($0 + 1) (`\(network.plans[$0].name)`) is the first that gives none" }
      ?? "every layer still gives numbers"
    let kept =
      progress.epoch > 0 && options.checkpointEvery > 0
      ? "the last checkpoint is kept; " : ""
    return Failure(
      .invalid, "the loss is no finite number in step \(descent.step + 1): \(place)",
      hint: "\(kept)lower `learning_rate`, or set `clip`")
  }
}
