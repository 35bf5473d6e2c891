import Compute

/// The mean of each channel of an image.
final class GlobalAverageLayer: Layer {
  let input: SampleShape
  let output: SampleShape
  private var points: Int { input.height * input.width }

  init(input: SampleShape) {
    self.input = input
    output = SampleShape(input.channels)
  }

  func forward(
    _ x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>, samples: Range<Int>, _ pass: Pass
  ) {
    let share = 1 / Float(points)
    for sample in samples {
      let result = y + sample * output.count
      result.update(repeating: 0, count: output.count)
      NetworkKernels.addRows(
        x + sample * input.count, rows: points, columns: output.count, to: result)
      for channel in 0..<output.count { result[channel] *= share }
    }
  }

  func backward(
    _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>,
    to result: UnsafeMutablePointer<Float>?, samples: Range<Int>, block: Int, _ pass: Pass
  ) {
    guard let result else { return }
    let share = 1 / Float(points)
    for sample in samples {
      let own = gradient + sample * output.count
      for channel in 0..<output.count { own[channel] *= share }
      for point in 0..<points {
        (result + sample * input.count + point * output.count).update(
          from: own, count: output.count)
      }
    }
  }
}
