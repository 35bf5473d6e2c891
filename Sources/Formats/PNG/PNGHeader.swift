import Platform

/// What the first chunk of a PNG file says (W3C PNG, section 11.2.1), and the sizes that follow from it.
struct PNGHeader: Sendable, Hashable {
  enum Colour: UInt8, Sendable {
    case grey = 0
    case rgb = 2
    case palette = 3
    case greyAlpha = 4
    case rgba = 6

    var channels: Int {
      switch self {
      case .grey, .palette: 1
      case .greyAlpha: 2
      case .rgb: 3
      case .rgba: 4
      }
    }

    /// Bits of a sample that the colour may have.
    var depths: Set<Int> {
      switch self {
      case .grey: [1, 2, 4, 8, 16]
      case .palette: [1, 2, 4, 8]
      case .rgb, .greyAlpha, .rgba: [8, 16]
      }
    }
  }

  let width: Int
  let height: Int
  /// Bits of a sample.
  let depth: Int
  let colour: Colour
  let isInterlaced: Bool

  /// - Parameter data: the 13 bytes of `IHDR`.
  init(_ data: ArraySlice<UInt8>) throws(ParseFailure) {
    let data = Array(data)
    guard data.count == 13 else { throw ParseFailure("the PNG header has \(data.count) bytes") }
    width = data[..<4].reduce(0) { $0 << 8 | Int($1) }
    height = data[4..<8].reduce(0) { $0 << 8 | Int($1) }
    depth = Int(data[8])
    guard width > 0, height > 0, width < 1 << 31, height < 1 << 31 else {
      throw ParseFailure("a PNG picture of \(width) x \(height) pixels")
    }
    guard let colour = Colour(rawValue: data[9]), colour.depths.contains(depth) else {
      throw ParseFailure("the PNG colours \(data[9]) with \(depth) bits are not known")
    }
    self.colour = colour
    guard data[10] == 0, data[11] == 0, data[12] < 2 else {
      throw ParseFailure("the PNG picture is packed in an unknown way")
    }
    isInterlaced = data[12] == 1
  }

  /// Bits of a pixel.
  var pixelBits: Int { colour.channels * depth }

  /// Bytes from a byte to the one of the pixel on its left, which filters look at.
  var filterDistance: Int { max(1, pixelBits / 8) }

  /// Bytes that so many pixels of a row take; below 2^34.
  func rowBytes(_ pixels: Int) -> Int { (pixels * pixelBits + 7) / 8 }

  /// One of the pictures that the file holds one behind the other: the whole one, or each of Adam7's seven.
  struct Pass: Sendable {
    var width: Int
    var height: Int
    /// Where its first pixel lies in the whole picture, and how far its pixels are apart.
    var x: Int
    var y: Int
    var xStep: Int
    var yStep: Int
  }

  /// Those with pixels, in the order of the file (section 8.2).
  var passes: [Pass] {
    guard isInterlaced else {
      return [Pass(width: width, height: height, x: 0, y: 0, xStep: 1, yStep: 1)]
    }
    let places = [
      (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
      (0, 1, 1, 2),
    ]
    return places.compactMap { x, y, xStep, yStep in
      guard width > x, height > y else { return nil }
      return Pass(
        width: (width - x + xStep - 1) / xStep, height: (height - y + yStep - 1) / yStep, x: x,
        y: y, xStep: xStep, yStep: yStep)
    }
  }

  /// Bytes that unpack from the file: rows with the number of their filter in front; nil when nobody has that much memory.
  var unpackedSize: Int? {
    var size = 0
    for pass in passes {
      let (bytes, isOver) = (rowBytes(pass.width) + 1).multipliedReportingOverflow(by: pass.height)
      let (sum, isOverToo) = size.addingReportingOverflow(bytes)
      guard !isOver, !isOverToo else { return nil }
      size = sum
    }
    return size
  }
}
