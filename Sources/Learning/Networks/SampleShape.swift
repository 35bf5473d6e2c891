/// The shape of one sample: an image, whose channels stand together for each of its points, or a row of numbers, which is one point.
package struct SampleShape: Sendable, Hashable, CustomStringConvertible {
  package var height: Int
  package var width: Int
  package var channels: Int

  package init(height: Int, width: Int, channels: Int) {
    self.height = height
    self.width = width
    self.channels = channels
  }

  /// A row of numbers.
  package init(_ count: Int) { self.init(height: 1, width: 1, channels: count) }

  package var count: Int { height * width * channels }
  package var isRow: Bool { height == 1 && width == 1 }

  /// `784`, or `28x28x1`: height, width, channels.
  package var description: String { isRow ? "\(channels)" : "\(height)x\(width)x\(channels)" }

  /// Samples have at most so many numbers, so that what is made of several of them can be counted.
  package static let greatestCount = 1 << 26
}
