import Compute

/// Images of bytes, kept as they are: a quarter of the memory of floats.
package struct ImageSamples: SampleSource {
  package let shape: SampleShape
  package let count: Int
  private let bytes: [UInt8]
  /// Of each channel: value = byte * scale + shift.
  private let scale: [Float]
  private let shift: [Float]

  /// - Parameters:
  ///   - bytes: (sample, row, column, channel).
  ///   - means: what is taken off a channel, of values from 0 to 1.
  ///   - deviations: what it is divided by, above 0.
  package init(_ bytes: [UInt8], shape: SampleShape, means: [Double], deviations: [Double]) {
    precondition(shape.count > 0 && bytes.count.isMultiple(of: shape.count), "whole images")
    precondition(
      means.count == shape.channels && deviations.count == shape.channels, "one a channel")
    self.bytes = bytes
    self.shape = shape
    count = bytes.count / shape.count
    scale = deviations.map { Float(1 / (255 * $0)) }
    shift = zip(means, deviations).map { Float(-$0 / $1) }
  }

  /// What a byte of 0 becomes, in each channel.
  package var black: [Float] { shift }

  func byte(_ sample: Int, _ row: Int, _ column: Int, _ channel: Int) -> UInt8 {
    bytes[sample * shape.count + (row * shape.width + column) * shape.channels + channel]
  }

  package func write(_ sample: Int, to place: UnsafeMutablePointer<Float>, epoch: Int?) {
    bytes.withUnsafeBufferPointer { bytes in
      let image = bytes.baseAddress! + sample * shape.count
      if shape.channels == 1 {
        NetworkKernels.scale(
          image, by: scale[0], shift: shift[0], to: place, count: shape.count)
        return
      }
      for channel in 0..<shape.channels {
        for index in stride(from: channel, to: shape.count, by: shape.channels) {
          place[index] = Float(image[index]) * scale[channel] + shift[channel]
        }
      }
    }
  }
}
