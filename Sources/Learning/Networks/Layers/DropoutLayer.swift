import Compute

/// Sets a share of the numbers to zero while the network learns, and makes the others larger by as much.
///
/// Which ones is told by the seed, the layer, the batch and the sample's place in it: nothing is kept between forward and back.
final class DropoutLayer: Layer {
  let input: SampleShape
  var output: SampleShape { input }
  private let rate: Float
  private let number: Int

  /// - Parameter number: that of the layer, so that no two of them drop alike.
  init(input: SampleShape, rate: Float, number: Int) {
    self.input = input
    self.rate = rate
    self.number = number
  }

  func forward(
    _ x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>, samples: Range<Int>, _ pass: Pass
  ) {
    drop(x, to: y, samples, pass)
  }

  func backward(
    _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>,
    to result: UnsafeMutablePointer<Float>?, samples: Range<Int>, block: Int, _ pass: Pass
  ) {
    if let result { drop(gradient, to: result, samples, pass) }
  }

  private func drop(
    _ x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>, _ samples: Range<Int>,
    _ pass: Pass
  ) {
    let count = input.count
    guard pass.isTraining, rate > 0 else {
      (y + samples.lowerBound * count).update(
        from: x + samples.lowerBound * count, count: samples.count * count)
      return
    }
    for sample in samples {
      // Batches have at most 2^24 samples.
      NetworkKernels.drop(
        rate, seed: pass.seed, purpose: UInt32(number), index: pass.step << 24 | UInt64(sample),
        x + sample * count,
        to: y + sample * count, count: count)
    }
  }
}
