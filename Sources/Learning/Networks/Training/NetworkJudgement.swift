import Compute

/// What a network says of samples whose truth is known.
struct NetworkJudgement {
  /// The mean over the samples; NaN without any.
  private(set) var loss = Double.nan
  /// The share that is told rightly; 0 for numbers.
  private(set) var accuracy = Double.nan
  /// What came out, sample after sample, before the last function.
  private(set) var outputs: [Float] = []
  /// Of each sample.
  private(set) var losses: [Double] = []

  init(
    _ network: Network, _ part: NetworkData.Part, _ loss: NetworkLoss, on pool: WorkerPool
  ) {
    let samples = part.samples[...]
    let count = network.output.count
    guard !samples.isEmpty else { return }
    var outputs = [Float](repeating: 0, count: samples.count * count)
    var losses = [Double](repeating: 0, count: samples.count)
    var correct = 0
    NetworkEvaluation.run(network, part.source, samples: samples, on: pool) { place, row in
      let sample = Int(samples[place])
      losses[place] = loss.lose(
        row, count: count, target: part.targets, sample: sample, share: 1, gradient: nil)
      if part.targets.isRight(row, count: count, sample: sample) { correct += 1 }
      for k in 0..<count { outputs[place * count + k] = row[k] }
    }
    self.loss = losses.reduce(0, +) / loss.divisor(of: part.targets, samples)
    accuracy = Double(correct) / Double(samples.count)
    (self.outputs, self.losses) = (outputs, losses)
  }
}
