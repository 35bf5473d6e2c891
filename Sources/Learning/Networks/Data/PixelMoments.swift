/// Mean and deviation of each channel of images, on a scale from 0 to 1; out of whole numbers, so that no order matters.
struct PixelMoments {
  var means: [Double]
  var deviations: [Double]

  /// - Parameter samples: images of `bytes` to look at.
  init(_ bytes: [UInt8], _ shape: SampleShape, samples: [Int32]) {
    let channels = shape.channels
    var histograms = [Int](repeating: 0, count: channels * 256)
    bytes.withUnsafeBufferPointer { bytes in
      histograms.withUnsafeMutableBufferPointer { histograms in
        for sample in samples {
          let start = Int(sample) * shape.count
          var channel = 0
          for place in start..<start + shape.count {
            histograms[channel << 8 | Int(bytes[place])] += 1
            channel += 1
            if channel == channels { channel = 0 }
          }
        }
      }
    }
    let count = Double(max(1, samples.count * shape.height * shape.width))
    means = []
    deviations = []
    for channel in 0..<channels {
      let counts = histograms[channel << 8..<(channel + 1) << 8]
      let mean = zip(counts, 0...).reduce(0.0) { $0 + Double($1.0) * Double($1.1) } / count
      let variance =
        zip(counts, 0...).reduce(0.0) { sum, entry in
          let difference = Double(entry.1) - mean
          return sum + Double(entry.0) * difference * difference
        } / count
      means.append(mean / 255)
      // Images of one colour have no deviation, and stay as they are.
      deviations.append(variance > 0 ? variance.squareRoot() / 255 : 1)
    }
  }
}
