/// The samples of one component, as they are when they are decoded: rounded and cut to 0...255.
struct JPEGPlane {
  let width: Int
  let height: Int
  private(set) var samples: [UInt8]

  /// - Parameter quantization: sixty-four, in the order of frequencies' rows.
  init(_ component: JPEGFrame.Component, quantization: [UInt16]) {
    width = component.width
    height = component.height
    samples = [UInt8](repeating: 0, count: width * height)
    var block = [Float](repeating: 0, count: 64)
    for y in 0..<(height + 7) / 8 {
      for x in 0..<(width + 7) / 8 {
        let start = (y * component.blocksAcross + x) * 64
        for place in 0..<64 {
          block[place] = Float(component.coefficients[start + place]) * Float(quantization[place])
        }
        add(block, x: 8 * x, y: 8 * y)
      }
    }
  }

  /// Writes a block of frequencies' rows, as far as it lies in the picture.
  private mutating func add(_ block: [Float], x left: Int, y top: Int) {
    // First along the rows of frequencies, then down.
    var lines = [Float](repeating: 0, count: 64)
    for v in 0..<8 {
      for x in 0..<8 {
        var value: Float = 0
        for u in 0..<8 { value += block[v * 8 + u] * JPEGMean.basis[u * 8 + x] }
        lines[v * 8 + x] = value
      }
    }
    for y in 0..<min(8, height - top) {
      for x in 0..<min(8, width - left) {
        var value: Float = 0
        for v in 0..<8 { value += lines[v * 8 + x] * JPEGMean.basis[v * 8 + y] }
        samples[(top + y) * width + left + x] = UInt8(JPEGMean.sample(value))
      }
    }
  }

  /// The luma of one plane, or of red, green and blue, the smaller of which are stretched.
  static func luma(_ planes: [JPEGPlane]) -> GreyPicture? {
    guard planes.count == 3, let width = planes.map(\.width).max(),
      let height = planes.map(\.height).max()
    else {
      return planes.first.map {
        GreyPicture(width: $0.width, height: $0.height, pixels: $0.samples)
      }
    }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(width * height)
    for y in 0..<height {
      for x in 0..<width {
        let colour = planes.map { plane in
          plane.samples[y * plane.height / height * plane.width + x * plane.width / width]
        }
        pixels.append(GreyPicture.luma(colour[0], colour[1], colour[2]))
      }
    }
    return GreyPicture(width: width, height: height, pixels: pixels)
  }
}
