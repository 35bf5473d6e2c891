import Compute

/// A network that learns: batches, losses, gradients and steps.
///
/// Everything random has a name (the seed, what it is for, the epoch or the batch), and every sum one order: the weights after a
/// step are the same bytes for any number of threads, and for a training that was interrupted and went on.
package final class NetworkDescent: @unchecked Sendable {
  package let network: Network
  package let source: any SampleSource
  package let targets: NetworkTargets
  package let loss: NetworkLoss
  package let optimizer: Optimizer
  package let seed: UInt64
  package let batchSize: Int
  /// Steps done.
  package var step = 0
  package var powers = Optimizer.Powers()
  private let pool: WorkerPool
  private let samples: [Int32]
  private let losses: UnsafeMutableBufferPointer<Double>
  private let hits: UnsafeMutableBufferPointer<Bool>
  private let lengths: UnsafeMutableBufferPointer<Double>

  /// - Parameter samples: those of the source to learn from.
  package init(
    _ network: Network, _ source: any SampleSource, samples: [Int32], _ targets: NetworkTargets,
    loss: NetworkLoss, optimizer: Optimizer, batchSize: Int, seed: UInt64, pool: WorkerPool
  ) {
    precondition(network.isTraining && batchSize > 0 && batchSize < 1 << 24, "a batch of samples")
    self.network = network
    self.source = source
    self.samples = samples
    self.targets = targets
    self.loss = loss
    self.optimizer = optimizer
    self.batchSize = batchSize
    self.seed = seed
    self.pool = pool
    network.makeRoom(samples: min(batchSize, max(1, samples.count)), threads: pool.threads)
    losses = .allocate(capacity: batchSize)
    losses.initialize(repeating: 0)
    hits = .allocate(capacity: batchSize)
    hits.initialize(repeating: false)
    lengths = .allocate(capacity: max(1, network.tiles.count))
    lengths.initialize(repeating: 0)
  }

  deinit {
    losses.deallocate()
    hits.deallocate()
    lengths.deallocate()
  }

  package var stepsPerEpoch: Int { (samples.count + batchSize - 1) / batchSize }

  /// The order of an epoch.
  package func order(of epoch: Int) -> [Int32] {
    var random = RandomStream(seed: seed, purpose: "network order", index: UInt64(epoch))
    var order = samples
    random.shuffle(&order)
    return order
  }

  /// Learns from one batch.
  ///
  /// - Returns: the mean loss before the step, and how many samples were told rightly.
  package func learn(
    from batch: ArraySlice<Int32>, epoch: Int, rate: Double
  ) -> (loss: Double, correct: Int) {
    let pass = Pass(isTraining: true, seed: seed, step: UInt64(step))
    let divisor = loss.divisor(of: targets, batch)
    let share = Float(1 / divisor)
    let outputs = network.output.count
    network.forwardAndBack(samples: batch.count, pass, on: pool) { range, place in
      write(range, of: batch, epoch: epoch, to: place)
    } lose: { range, values, gradient in
      for index in range {
        let row = values + index * outputs
        let sample = Int(batch[batch.startIndex + index])
        losses[index] = loss.lose(
          row, count: outputs, target: targets, sample: sample, share: share,
          gradient: gradient + index * outputs)
        hits[index] = targets.isRight(row, count: outputs, sample: sample)
      }
    }
    let mean = losses.prefix(batch.count).reduce(0, +) / divisor
    // The weights stay as they were before a step that would break them.
    guard mean.isFinite else { return (mean, 0) }
    descend(samples: batch.count, rate: rate)
    step += 1
    return (mean, hits.prefix(batch.count).count { $0 })
  }

  private func write(
    _ range: Range<Int>, of batch: ArraySlice<Int32>, epoch: Int?,
    to place: UnsafeMutablePointer<Float>
  ) {
    let count = source.shape.count
    for (offset, index) in range.enumerated() {
      source.write(
        Int(batch[batch.startIndex + index]), to: place + offset * count, epoch: epoch)
    }
  }

  private func descend(samples: Int, rate: Double) {
    let kernel = optimizer.kernel(rate: rate, &powers)
    guard let clip = optimizer.clip else {
      network.weigh(samples: samples, on: pool) { _, tile in update(tile, kernel, scale: 1) }
      return
    }
    network.weigh(samples: samples, on: pool) { place, tile in
      let gradient = network.weights(of: tile).gradient.start + tile.tile.range.lowerBound
      lengths[place] = NetworkKernels.squareSum(gradient, count: tile.tile.range.count)
    }
    let tiles = network.tiles
    let length = lengths.prefix(tiles.count).reduce(0, +).squareRoot()
    // As PyTorch's clip_grad_norm_, which never divides by zero.
    let scale = Float(min(1, clip / (length + 1e-6)))
    pool.parallelFor(blocks: tiles.count) { update(tiles[$0], kernel, scale: scale) }
  }

  private func update(_ tile: NetworkTile, _ kernel: DescentKernel, scale: Float) {
    let weights = network.weights(of: tile)
    let start = tile.tile.range.lowerBound
    kernel.step(
      weights.values.start + start, gradient: weights.gradient.start + start, scale: scale,
      first: weights.first.start + start, second: weights.second.start + start,
      count: tile.tile.range.count)
  }
}

extension NetworkTargets {
  /// Whether the largest number is that of the sample's class; of two classes and one number, whether it is on the class's side.
  func isRight(_ outputs: UnsafePointer<Float>, count: Int, sample: Int) -> Bool {
    guard case .classes(let labels, _) = self else { return false }
    if count == 1 { return (outputs[0] > 0) == (labels[sample] == 1) }
    let own = outputs[Int(labels[sample])]
    for k in 0..<count where outputs[k] > own || (outputs[k] == own && k < labels[sample]) {
      return false
    }
    return own == own
  }
}
