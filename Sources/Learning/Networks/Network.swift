import Compute

/// Layers one after the other, with their weights and the room that a batch needs.
///
/// `@unchecked`: one thread calls it at a time; the threads of a pool that work for it write to parts of their own.
package final class Network: @unchecked Sendable {
  package let plans: [LayerPlan]
  /// Before each plan's layer, and behind the last one.
  package let shapes: [SampleShape]
  /// Layers that do something: a plan that only looks at numbers otherwise has none, nor has a rectifier that the layer before it
  /// applies at once.
  let layers: [(number: Int, layer: any Layer)]
  /// Whether it can learn, and not only predict.
  let isTraining: Bool
  private let stages: [Range<Int>]
  private var room = NetworkRoom.none

  package var input: SampleShape { shapes[0] }
  package var output: SampleShape { shapes[shapes.count - 1] }

  /// - Throws: ``LayerPlan/Misfit`` of the first layer that cannot take what it gets.
  package init(
    _ plans: [LayerPlan], input: SampleShape, training: Bool
  ) throws(LayerPlan.Misfit) {
    self.plans = plans
    shapes = try LayerPlan.shapes(plans, from: input)
    isTraining = training
    let layers = NetworkAssembly(plans, shapes, training: training).layers
    self.layers = layers
    let cuts = [0] + layers.indices.filter { $0 > 0 && layers[$0].layer is any BatchLayer }
    stages = zip(cuts, cuts.dropFirst() + [layers.count]).map { $0..<$1 }
  }

  /// Random weights; the same for the same seed.
  package func begin(seed: UInt64) {
    for (number, layer) in layers {
      var random = RandomStream(seed: seed, purpose: "network weights", index: UInt64(number))
      for weights in layer.weights { weights.begin(&random) }
    }
  }

  /// How many numbers are learnt.
  package var parameterCount: Int {
    layers.reduce(0) { sum, entry in
      sum + entry.layer.weights.filter(\.isTrained).reduce(0) { $0 + $1.count }
    }
  }

  /// Makes room for batches of so many samples, unless there is enough.
  package func makeRoom(samples: Int, threads: Int) {
    guard room.samples < samples || room.threads != threads else { return }
    room = NetworkRoom(
      layers.map(\.layer), input: input, samples: samples, threads: threads, training: isTraining)
  }

  /// What came out of the last batch, sample after sample.
  var outputs: UnsafePointer<Float> { UnsafePointer(room.activations[layers.count].start) }

  /// Runs a batch through all layers.
  ///
  /// - Parameter fill: writes samples to where they are wanted, by several threads at a time.
  func forward(
    samples: Int, _ pass: Pass, on pool: WorkerPool,
    fill: (_ samples: Range<Int>, _ place: UnsafeMutablePointer<Float>) -> Void
  ) {
    for stage in stages.indices {
      forward(stage, samples: samples, pass, on: pool, fill: fill) { _, _ in }
    }
  }

  /// Runs a batch through all layers and its gradients back, those of samples; those of weights are left to ``weigh(samples:on:_:)``.
  ///
  /// - Parameter lose: makes the gradient of what came out; by several threads at a time.
  func forwardAndBack(
    samples: Int, _ pass: Pass, on pool: WorkerPool,
    fill: (_ samples: Range<Int>, _ place: UnsafeMutablePointer<Float>) -> Void,
    lose: (
      _ samples: Range<Int>, _ outputs: UnsafePointer<Float>,
      _ gradient: UnsafeMutablePointer<Float>
    ) -> Void
  ) {
    let first = firstWithWeights
    for index in layers.indices { layers[index].layer.prepareBackward(needsResult: index > first) }
    let last = stages.count - 1
    for stage in stages.indices {
      forward(stage, samples: samples, pass, on: pool, fill: fill) { range, block in
        guard stage == last else { return }
        lose(range, outputs, room.gradients[layers.count].start)
        back(stage, range, block, pass)
      }
    }
    for stage in stages.indices.reversed() {
      gatherBack(stage, samples: samples)
      guard stage > 0, stages[stage].lowerBound > first else { continue }
      pool.parallelFor(blocks: room.blocks(of: samples)) { block in
        let range = room.range(of: block, samples: samples)
        back(layer: stages[stage].lowerBound, range, block, pass)
        back(stage - 1, range, block, pass)
      }
    }
  }

  /// The gradients of all weights, tile after tile.
  ///
  /// - Parameter use: takes a tile whose gradient has been made; by several threads at a time.
  func weigh(
    samples: Int, on pool: WorkerPool, _ use: (_ place: Int, _ tile: NetworkTile) -> Void
  ) {
    let tiles = room.tiles
    pool.parallelFor(blocks: tiles.count) { place in
      let tile = tiles[place]
      layers[tile.layer].layer.weigh(
        tile.tile, room.activations[tile.layer].start,
        gradient: room.gradients[tile.layer + 1].start, samples: samples)
      use(place, tile)
    }
  }

  /// The plan of the first layer that gives a number that is not finite for the batch at hand; nil when all are.
  func brokenLayer(samples: Int) -> Int? {
    layers.indices.first { index in
      let values = UnsafeBufferPointer(
        start: room.activations[index + 1].start,
        count: samples * layers[index].layer.output.count)
      return !values.allSatisfy(\.isFinite)
    }.map { layers[$0].number }
  }

  var tiles: [NetworkTile] { room.tiles }

  func weights(of tile: NetworkTile) -> NetworkWeights {
    layers[tile.layer].layer.weights[tile.tile.weights]
  }

  private var firstWithWeights: Int {
    layers.firstIndex { !$0.layer.weights.isEmpty } ?? layers.count
  }

  private func forward(
    _ stage: Int, samples: Int, _ pass: Pass, on pool: WorkerPool,
    fill: (_ samples: Range<Int>, _ place: UnsafeMutablePointer<Float>) -> Void,
    _ then: (_ samples: Range<Int>, _ block: Int) -> Void
  ) {
    let range = stages[stage]
    if stage == 0, layers.first?.layer is any BatchLayer {
      fill(0..<samples, room.activations[0].start)
    }
    if let layer = layers[range].first?.layer as? any BatchLayer {
      layer.gather(room.activations[range.lowerBound].start, samples: samples, pass)
    }
    let isFilled = layers.first?.layer is any BatchLayer
    pool.parallelFor(blocks: room.blocks(of: samples)) { block in
      let samples = room.range(of: block, samples: samples)
      if stage == 0, !isFilled {
        fill(samples, room.activations[0].start + samples.lowerBound * input.count)
      }
      for index in range {
        layers[index].layer.forward(
          room.activations[index].start, to: room.activations[index + 1].start, samples: samples,
          pass)
      }
      then(samples, block)
    }
  }

  /// All layers of a stage but the one that must see the whole batch.
  private func back(_ stage: Int, _ samples: Range<Int>, _ block: Int, _ pass: Pass) {
    for index in stages[stage].reversed()
    where index >= firstWithWeights && !(layers[index].layer is any BatchLayer) {
      back(layer: index, samples, block, pass)
    }
  }

  private func back(layer index: Int, _ samples: Range<Int>, _ block: Int, _ pass: Pass) {
    layers[index].layer.backward(
      room.activations[index].start, room.activations[index + 1].start,
      gradient: room.gradients[index + 1].start,
      to: index > firstWithWeights ? room.gradients[index].start : nil, samples: samples,
      block: block, pass)
  }

  private func gatherBack(_ stage: Int, samples: Int) {
    let index = stages[stage].lowerBound
    guard index < layers.count, let layer = layers[index].layer as? any BatchLayer else { return }
    layer.gatherBack(
      room.activations[index].start, gradient: room.gradients[index + 1].start, samples: samples)
  }
}
