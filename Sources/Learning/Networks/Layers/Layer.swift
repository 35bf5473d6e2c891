import Compute

/// One layer of a network, with its weights and with room for what it remembers between forward and back.
///
/// Samples of a batch stand one after the other. Calls for different samples may run at the same time; every number of a result is
/// computed in one order, whoever computes it, so that nothing depends on how a batch is cut.
protocol Layer: AnyObject, Sendable {
  var input: SampleShape { get }
  var output: SampleShape { get }
  var weights: [NetworkWeights] { get }

  /// Makes room for batches.
  ///
  /// - Parameters:
  ///   - blocks: the most parts that a batch is cut into; what each needs for itself is made once.
  ///   - training: whether ``backward`` will be called.
  func makeRoom(samples: Int, blocks: Int, training: Bool)

  func forward(
    _ x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>, samples: Range<Int>, _ pass: Pass)

  /// Once for each batch, before all of its ``backward``.
  func prepareBackward(needsResult: Bool)

  /// - Parameters:
  ///   - gradient: that of what came out; it may be changed into the one that ``weigh`` needs.
  ///   - result: gets the gradient of what went in; nil when nobody wants it.
  func backward(
    _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>,
    to result: UnsafeMutablePointer<Float>?, samples: Range<Int>, block: Int, _ pass: Pass)

  /// The parts that the gradients of the weights are made in.
  var tiles: [GradientTile] { get }

  /// Makes one part of the gradient out of a whole batch.
  func weigh(
    _ tile: GradientTile, _ x: UnsafePointer<Float>, gradient: UnsafePointer<Float>, samples: Int)
}

extension Layer {
  var weights: [NetworkWeights] { [] }
  var tiles: [GradientTile] { [] }
  func makeRoom(samples: Int, blocks: Int, training: Bool) {}
  func prepareBackward(needsResult: Bool) {}
  func weigh(
    _ tile: GradientTile, _ x: UnsafePointer<Float>, gradient: UnsafePointer<Float>, samples: Int
  ) {}
}

/// What one pass through a network is for.
struct Pass: Sendable {
  var isTraining: Bool
  var seed: UInt64
  /// Counts batches; tells the random numbers of passes apart.
  var step: UInt64
}

/// A range of a layer's weights whose gradient is made at once.
struct GradientTile: Sendable {
  /// The place in the layer's list of weights.
  var weights: Int
  var range: Range<Int>

  /// Cuts weights into parts of whole rows.
  static func rows(
    _ rows: Int, of columns: Int, weights: Int, each count: Int
  ) -> [GradientTile] {
    stride(from: 0, to: rows, by: count).map { row in
      GradientTile(
        weights: weights, range: row * columns..<min(row + count, rows) * columns)
    }
  }
}
