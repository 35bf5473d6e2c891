extension PNGImage {
  /// Numbers of each pixel, as the file has them.
  package var channels: Int { header.colour.channels }

  /// The mean of luma (ITU-R BT.601), 0 to 255, of all pixels, transparent ones as well.
  package var brightness: Double {
    let count = Double(width * height)
    guard header.depth == 8, header.colour != .palette else {
      var sum = 0.0
      for y in 0..<height {
        for x in 0..<width { sum += Self.luma(self[x, y]) }
      }
      return sum / count / 257
    }
    // Of whole bytes the sum of luma is the luma of the sums.
    let channels = header.colour.channels
    var sums = [0, 0, 0, 0]
    rows.withUnsafeBufferPointer { bytes in
      for (place, byte) in bytes.enumerated() { sums[place % channels] += Int(byte) }
    }
    let means = sums.map { Double($0) / count }
    return channels < 3 ? means[0] : 0.299 * means[0] + 0.587 * means[1] + 0.114 * means[2]
  }

  private static func luma(_ pixel: PNGPixel) -> Double {
    0.299 * Double(pixel.red) + 0.587 * Double(pixel.green) + 0.114 * Double(pixel.blue)
  }
}
