import Compute
import Support
import Testing

@Suite("Pooling of images") struct PoolingKernelTests {
  struct Shape: CustomTestStringConvertible {
    var height: Int
    var width: Int
    var channels: Int
    var size: Int
    var stride: Int

    var outHeight: Int { (height - size) / stride + 1 }
    var outWidth: Int { (width - size) / stride + 1 }
    var count: Int { height * width * channels }
    var outCount: Int { outHeight * outWidth * channels }
    var testDescription: String { "\(height)x\(width)x\(channels) by \(size), \(stride)" }

    var kernel: PoolingKernel {
      PoolingKernel(
        width: width, channels: channels, size: size, stride: stride, outHeight: outHeight,
        outWidth: outWidth)
    }

    /// Where the numbers of a window stand, in order.
    func window(_ index: Int) -> [Int] {
      let (channel, point) = (index % channels, index / channels)
      let (row, column) = (point / outWidth * stride, point % outWidth * stride)
      return (0..<size * size).map {
        ((row + $0 / size) * width + column + $0 % size) * channels + channel
      }
    }
  }

  static let shapes = [
    Shape(height: 1, width: 1, channels: 1, size: 1, stride: 1),
    Shape(height: 4, width: 6, channels: 3, size: 2, stride: 2),
    Shape(height: 7, width: 5, channels: 17, size: 3, stride: 1),
    Shape(height: 9, width: 9, channels: 33, size: 2, stride: 3),
    Shape(height: 15, width: 16, channels: 2, size: 15, stride: 1),
    Shape(height: 8, width: 11, channels: 5, size: 4, stride: 2),
  ]

  /// Few different numbers, so that several are the greatest.
  private func numbers(_ count: Int, _ seed: UInt64, kinds: UInt64 = 5) -> [Float] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in Float(random.next() % kinds) / 3 - 1 }
  }

  @Test("the greatest, and the first of equals", arguments: shapes) func greatest(shape: Shape) {
    let x = FloatBuffer(numbers(shape.count, 1))
    let y = FloatBuffer(zeros: shape.outCount)
    let winners = ByteBuffer(zeros: shape.outCount)
    shape.kernel.greatest(x.start, to: y.start, winners: winners.start)
    let gradient = FloatBuffer(numbers(shape.outCount, 2))
    let result = FloatBuffer(numbers(shape.count, 3))
    var expected = result.values
    for index in 0..<shape.outCount {
      let window = shape.window(index)
      let own = window.map { x.start[$0] }
      let top = own.max() ?? 0
      let place = own.firstIndex(of: top) ?? -1
      #expect(y.start[index] == top)
      #expect(Int(winners.start[index]) == place)
      expected[window[place]] += gradient.start[index]
    }
    shape.kernel.greatestBack(gradient.start, winners: winners.start, to: result.start)
    #expect(result.values == expected)
  }

  @Test("the mean", arguments: shapes) func mean(shape: Shape) {
    let x = FloatBuffer(numbers(shape.count, 4, kinds: 1000))
    let y = FloatBuffer(zeros: shape.outCount)
    shape.kernel.mean(x.start, to: y.start)
    let gradient = FloatBuffer(numbers(shape.outCount, 5, kinds: 1000))
    let result = FloatBuffer(numbers(shape.count, 6))
    var expected = result.values
    let share = 1 / Float(shape.size * shape.size)
    for index in 0..<shape.outCount {
      let window = shape.window(index)
      #expect(y.start[index] == window.reduce(Float(0)) { $0 + x.start[$1] } * share)
      for place in window { expected[place] += gradient.start[index] * share }
    }
    shape.kernel.meanBack(gradient.start, to: result.start)
    #expect(result.values == expected)
  }

  @Test("what is no number wins, wherever it stands", arguments: shapes)
  func notANumber(shape: Shape) {
    for place in [0, shape.count / 2] {
      var numbers = numbers(shape.count, 7)
      numbers[place] = .nan
      let x = FloatBuffer(numbers)
      let (y, mean) = (FloatBuffer(zeros: shape.outCount), FloatBuffer(zeros: shape.outCount))
      let winners = ByteBuffer(zeros: shape.outCount)
      shape.kernel.greatest(x.start, to: y.start, winners: winners.start)
      shape.kernel.mean(x.start, to: mean.start)
      for index in 0..<shape.outCount {
        let isIn = shape.window(index).contains(place)
        #expect(y.start[index].isNaN == isIn)
        #expect(mean.start[index].isNaN == isIn)
      }
    }
  }
}
