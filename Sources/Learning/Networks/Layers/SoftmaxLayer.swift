import Compute

/// e to the power of each number over the sum of all of a sample's; the last layer of a network that predicts. While a network
/// learns, its loss takes the numbers before it.
final class SoftmaxLayer: Layer {
  let input: SampleShape
  var output: SampleShape { input }

  init(input: SampleShape) { self.input = input }

  func forward(
    _ x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>, samples: Range<Int>, _ pass: Pass
  ) {
    let place = samples.lowerBound * input.count
    NetworkKernels.softmax(
      x + place, to: y + place, rows: samples.count, columns: input.count)
  }

  func backward(
    _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>,
    to result: UnsafeMutablePointer<Float>?, samples: Range<Int>, block: Int, _ pass: Pass
  ) {
    guard let result else { return }
    let count = input.count
    for sample in samples {
      let (own, share) = (gradient + sample * count, y + sample * count)
      var sum: Float = 0
      for k in 0..<count { sum += own[k] * share[k] }
      for k in 0..<count { result[sample * count + k] = share[k] * (own[k] - sum) }
    }
  }
}
