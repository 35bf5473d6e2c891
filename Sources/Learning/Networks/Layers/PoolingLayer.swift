import Compute

/// The greatest number, or the mean, of squares of an image; channel by channel.
final class PoolingLayer: Layer, @unchecked Sendable {
  let input: SampleShape
  let output: SampleShape
  private let kernel: PoolingKernel
  private let takesGreatest: Bool
  /// The place of each greatest number in its square.
  private var winners = ByteBuffer(zeros: 0)

  init(input: SampleShape, output: SampleShape, size: Int, stride: Int, takesGreatest: Bool) {
    self.input = input
    self.output = output
    self.takesGreatest = takesGreatest
    kernel = PoolingKernel(
      width: input.width, channels: input.channels, size: size, stride: stride,
      outHeight: output.height, outWidth: output.width)
  }

  func makeRoom(samples: Int, blocks: Int, training: Bool) {
    if takesGreatest { winners = ByteBuffer(zeros: samples * output.count) }
  }

  func forward(
    _ x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>, samples: Range<Int>, _ pass: Pass
  ) {
    for sample in samples {
      let (image, result) = (x + sample * input.count, y + sample * output.count)
      if takesGreatest {
        kernel.greatest(image, to: result, winners: winners.start + sample * output.count)
      } else {
        kernel.mean(image, to: result)
      }
    }
  }

  func backward(
    _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>,
    to result: UnsafeMutablePointer<Float>?, samples: Range<Int>, block: Int, _ pass: Pass
  ) {
    guard let result else { return }
    for sample in samples {
      let (image, own) = (result + sample * input.count, gradient + sample * output.count)
      image.update(repeating: 0, count: input.count)
      if takesGreatest {
        kernel.greatestBack(own, winners: winners.start + sample * output.count, to: image)
      } else {
        kernel.meanBack(own, to: image)
      }
    }
  }
}
