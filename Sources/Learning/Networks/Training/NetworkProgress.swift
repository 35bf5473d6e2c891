/// Where a training is, and what it has seen of its epoch.
struct NetworkProgress: Sendable, Hashable {
  /// Epochs done.
  var epoch = 0
  /// Samples of the next one done.
  var place = 0
  /// Of the epoch: losses times samples, and samples that were told rightly.
  var lossSum = 0.0
  var correct = 0
  /// Of the batches since the last point of the curve.
  var recentLoss = 0.0
  var recentCorrect = 0
  var recentSamples = 0
  var bestLoss = Double.infinity
  var bestEpoch = 0

  mutating func add(_ loss: Double, correct: Int, samples: Int) {
    place += samples
    lossSum += loss * Double(samples)
    self.correct += correct
    recentLoss += loss * Double(samples)
    recentCorrect += correct
    recentSamples += samples
  }

  mutating func takeRecent() -> (loss: Double, accuracy: Double) {
    let count = Double(max(1, recentSamples))
    defer { (recentLoss, recentCorrect, recentSamples) = (0, 0, 0) }
    return (recentLoss / count, Double(recentCorrect) / count)
  }

  mutating func endEpoch() -> (loss: Double, accuracy: Double) {
    let count = Double(max(1, place))
    defer {
      epoch += 1
      (place, lossSum, correct) = (0, 0, 0)
    }
    return (lossSum / count, Double(correct) / count)
  }
}
