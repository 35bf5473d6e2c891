import Compute

/// Gives each channel the mean 0 and the deviation 1, then a scale and a shift that are learnt (Ioffe and Szegedy, 2015), as
/// PyTorch's `BatchNorm`: a batch's own moments while it learns, running ones when it predicts.
///
/// The whole batch must have come before any of it goes on: ``Network`` runs layers before and behind it one after the other.
final class BatchNormLayer: Layer, BatchLayer, @unchecked Sendable {
  let input: SampleShape
  var output: SampleShape { input }
  let weights: [NetworkWeights]
  let tiles: [GradientTile]
  private let momentum: Float
  private let epsilon: Float
  private let scale: FloatBuffer
  private let shift: FloatBuffer
  /// 1 / deviation, and the mean, of the batch at hand.
  private let inverse: FloatBuffer
  private let mean: FloatBuffer
  /// The three columns of numbers that the gradient is combined with.
  private let parts: [FloatBuffer]

  private var channels: Int { input.channels }
  private var points: Int { input.height * input.width }

  /// - Parameter image: what a row was before it was flattened, as in ``DenseLayer``.
  init(
    input: SampleShape, image: SampleShape, momentum: Float, epsilon: Float, training: Bool
  ) {
    self.input = input
    self.momentum = momentum
    self.epsilon = epsilon
    let channels = input.channels
    let isFlattened = input.isRow && !image.isRow
    func weights(_ name: String, isTrained: Bool) -> NetworkWeights {
      NetworkWeights(
        name, shape: [channels], isTrained: isTrained, training: training
      ) { isFlattened ? Self.order(image) : Array(0..<channels) }
    }
    self.weights = [
      weights("weight", isTrained: true), weights("bias", isTrained: true),
      weights("running_mean", isTrained: false), weights("running_var", isTrained: false),
    ]
    self.weights[0].values.fill(1)
    self.weights[3].values.fill(1)
    (scale, shift) = (FloatBuffer(zeros: channels), FloatBuffer(zeros: channels))
    (inverse, mean) = (FloatBuffer(zeros: channels), FloatBuffer(zeros: channels))
    parts = (0..<3).map { _ in FloatBuffer(zeros: channels) }
    tiles = [
      GradientTile(weights: 0, range: 0..<channels), GradientTile(weights: 1, range: 0..<channels),
    ]
  }

  private static func order(_ image: SampleShape) -> [Int] {
    (0..<image.channels).flatMap { channel in
      (0..<image.height * image.width).map { $0 * image.channels + channel }
    }
  }

  func gather(_ x: UnsafePointer<Float>, samples: Int, _ pass: Pass) {
    if pass.isTraining {
      let rows = samples * points
      var (sums, squares) = moments(x, x, rows: rows)
      for channel in 0..<channels {
        let count = Double(rows)
        let mean = sums[channel] / count
        let variance = max(0, squares[channel] / count - mean * mean)
        // The running variance is that of the samples; a single row has none.
        let unbiased = rows > 1 ? variance * count / (count - 1) : variance
        blend(weights[2], channel, Float(mean))
        blend(weights[3], channel, Float(unbiased))
        (sums[channel], squares[channel]) = (mean, variance)
      }
      set(means: sums, variances: squares)
    } else {
      set(
        means: weights[2].values.values.map(Double.init),
        variances: weights[3].values.values.map(Double.init))
    }
  }

  private func moments(
    _ x: UnsafePointer<Float>, _ other: UnsafePointer<Float>, rows: Int
  ) -> (sums: [Double], products: [Double]) {
    var sums = [Double](repeating: 0, count: channels)
    var products = sums
    sums.withUnsafeMutableBufferPointer { sums in
      products.withUnsafeMutableBufferPointer { products in
        NetworkKernels.addMoments(
          x, other, rows: rows, columns: channels, sums: sums.baseAddress!,
          products: products.baseAddress!)
      }
    }
    return (sums, products)
  }

  private func blend(_ weights: NetworkWeights, _ channel: Int, _ value: Float) {
    let place = weights.values.start + channel
    place.pointee = (1 - momentum) * place.pointee + momentum * value
  }

  private func set(means: [Double], variances: [Double]) {
    for channel in 0..<channels {
      let inverse = 1 / (variances[channel] + Double(epsilon)).squareRoot()
      let factor = Double(weights[0].values.start[channel]) * inverse
      self.inverse.start[channel] = Float(inverse)
      mean.start[channel] = Float(means[channel])
      scale.start[channel] = Float(factor)
      shift.start[channel] = Float(
        Double(weights[1].values.start[channel]) - means[channel] * factor)
    }
  }

  func forward(
    _ x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>, samples: Range<Int>, _ pass: Pass
  ) {
    let place = samples.lowerBound * input.count
    NetworkKernels.scaleColumns(
      x + place, rows: samples.count * points, columns: channels, scale: scale.start,
      shift: shift.start, to: y + place)
  }

  /// With n rows, normalised values z and their gradients g: the gradient of x is
  /// scale · (g - mean g - z · mean(g z)), a sum of three columns' worth of numbers; and the gradients of scale and shift are the
  /// sums of g z and of g.
  func gatherBack(
    _ x: UnsafePointer<Float>, gradient: UnsafePointer<Float>, samples: Int
  ) {
    let rows = samples * points
    let (sums, products) = moments(gradient, x, rows: rows)
    for channel in 0..<channels {
      let (mean, inverse) = (Double(mean.start[channel]), Double(inverse.start[channel]))
      let sum = sums[channel]
      let product = (products[channel] - mean * sum) * inverse
      weights[0].gradient.start[channel] = Float(product)
      weights[1].gradient.start[channel] = Float(sum)
      let factor = Double(weights[0].values.start[channel]) * inverse
      let slope = -factor * inverse * product / Double(rows)
      parts[0].start[channel] = Float(factor)
      parts[1].start[channel] = Float(slope)
      parts[2].start[channel] = Float(-factor * sum / Double(rows) - slope * mean)
    }
  }

  func backward(
    _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>,
    to result: UnsafeMutablePointer<Float>?, samples: Range<Int>, block: Int, _ pass: Pass
  ) {
    guard let result else { return }
    let place = samples.lowerBound * input.count
    NetworkKernels.combineColumns(
      gradient + place, x + place, rows: samples.count * points, columns: channels,
      a: parts[0].start, b: parts[1].start, c: parts[2].start, to: result + place)
  }
}
