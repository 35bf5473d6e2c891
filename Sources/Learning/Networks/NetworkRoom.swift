import Compute

/// What a network needs for a batch beside its weights; made once, so that nothing is allocated while it learns.
struct NetworkRoom: Sendable {
  let samples: Int
  let threads: Int
  /// What goes into each layer, and comes out of the last one.
  let activations: [FloatBuffer]
  /// Of each of these; the first is empty, as nobody asks for it, unless it is the answer too.
  let gradients: [FloatBuffer]
  /// The parts of the gradient, the costliest first, so that threads end together.
  let tiles: [NetworkTile]
  private let blockSize: Int

  static let none = NetworkRoom([], input: SampleShape(0), samples: 0, threads: 0, training: false)

  /// So many numbers of a block's samples stay in the second cache.
  private static let blockNumbers = 131_072

  init(_ layers: [any Layer], input: SampleShape, samples: Int, threads: Int, training: Bool) {
    self.samples = samples
    self.threads = threads
    let counts = [input.count] + layers.map(\.output.count)
    activations = counts.map { FloatBuffer(zeros: samples * $0) }
    gradients = counts.enumerated().map { index, count in
      FloatBuffer(zeros: training && (index > 0 || layers.isEmpty) ? samples * count : 0)
    }
    let share = (samples + max(1, threads) - 1) / max(1, threads)
    blockSize = max(1, min(Self.blockNumbers / max(1, counts.reduce(0, +)), share))
    let blocks = (samples + blockSize - 1) / blockSize
    for layer in layers { layer.makeRoom(samples: samples, blocks: blocks, training: training) }
    tiles = layers.indices.flatMap { index in
      layers[index].tiles.map { NetworkTile(layer: index, tile: $0) }
    }.enumerated().sorted { left, right in
      let costs = (Self.cost(left.element, layers), Self.cost(right.element, layers))
      return costs.0 == costs.1 ? left.offset < right.offset : costs.0 > costs.1
    }.map(\.element)
  }

  /// Each sample's work, nearly: every weight meets every point that comes out.
  private static func cost(_ tile: NetworkTile, _ layers: [any Layer]) -> Int {
    let output = layers[tile.layer].output
    return tile.tile.range.count * output.height * output.width
  }

  func blocks(of samples: Int) -> Int { (samples + blockSize - 1) / blockSize }

  func range(of block: Int, samples: Int) -> Range<Int> {
    block * blockSize..<min((block + 1) * blockSize, samples)
  }
}
