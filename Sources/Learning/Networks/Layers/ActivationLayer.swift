import Compute

/// A function of every number by itself.
final class ActivationLayer: Layer {
  let input: SampleShape
  var output: SampleShape { input }
  private let function: NetworkKernels.Activation

  init(input: SampleShape, function: NetworkKernels.Activation) {
    self.input = input
    self.function = function
  }

  func forward(
    _ x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>, samples: Range<Int>, _ pass: Pass
  ) {
    let place = samples.lowerBound * input.count
    NetworkKernels.activate(
      function, x + place, to: y + place, count: samples.count * input.count)
  }

  func backward(
    _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>,
    to result: UnsafeMutablePointer<Float>?, samples: Range<Int>, block: Int, _ pass: Pass
  ) {
    guard let result else { return }
    let place = samples.lowerBound * input.count
    NetworkKernels.activateBack(
      function, x: x + place, y: y + place, gradient: gradient + place, to: result + place,
      count: samples.count * input.count)
  }
}
