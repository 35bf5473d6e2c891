@testable import Learning

/// Images of a batch in doubles, channels before points, as PyTorch has them.
struct ReferenceImages {
  var channels: Int
  var height: Int
  var width: Int
  var samples: [[Double]]

  var points: Int { height * width }

  /// Samples as our networks take them: the channels of a point together.
  init(_ numbers: [Float], shape: SampleShape) {
    (channels, height, width) = (shape.channels, shape.height, shape.width)
    samples = stride(from: 0, to: numbers.count, by: shape.count).map { start in
      (0..<shape.count).map { place in
        let (channel, point) = (
          place / (shape.height * shape.width), place % (shape.height * shape.width)
        )
        return Double(numbers[start + point * shape.channels + channel])
      }
    }
  }

  init(channels: Int, height: Int, width: Int, samples: [[Double]]) {
    (self.channels, self.height, self.width) = (channels, height, width)
    self.samples = samples
  }

  /// The place among our own numbers of one of these.
  func ownPlace(_ place: Int, of sample: Int) -> Int {
    sample * channels * points + place % points * channels + place / points
  }

  /// All of them in our own order.
  var own: [Double] {
    var numbers = [Double](repeating: 0, count: samples.count * channels * points)
    for (sample, values) in samples.enumerated() {
      for (place, value) in values.enumerated() { numbers[ownPlace(place, of: sample)] = value }
    }
    return numbers
  }

  func map(_ function: (Double) -> Double) -> ReferenceImages {
    var result = self
    result.samples = samples.map { $0.map(function) }
    return result
  }

  var flattened: ReferenceImages {
    ReferenceImages(channels: channels * points, height: 1, width: 1, samples: samples)
  }

  /// One number out of each window: the sum over groups of channels is the caller's.
  func windows(
    _ size: Int, _ stride: Int, channels: Int,
    _ make: (_ sample: [Double], _ channel: Int, _ row: Int, _ column: Int) -> Double,
    padding: Int = 0
  ) -> ReferenceImages {
    let rows = (height + 2 * padding - size) / stride + 1
    let columns = (width + 2 * padding - size) / stride + 1
    return ReferenceImages(
      channels: channels, height: rows, width: columns,
      samples: samples.map { sample in
        (0..<channels * rows * columns).map { place in
          let (channel, point) = (place / (rows * columns), place % (rows * columns))
          return make(
            sample, channel, point / columns * stride - padding, point % columns * stride - padding)
        }
      })
  }
}
