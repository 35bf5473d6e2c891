/// The pixels of a PNG file (W3C PNG, second edition): all colours, depths and orders.
///
/// What the file says beside them (texts, the time, the size on paper, profiles of colour) is passed over.
package struct PNGImage: Sendable {
  package var width: Int { header.width }
  package var height: Int { header.height }

  let header: PNGHeader
  /// Colours by their number, for pictures that have one.
  let palette: [PNGPixel]
  /// The samples of the one colour that is invisible, as they stand in the file.
  let invisible: [UInt16]?
  /// Row after row from the top, each starting at a byte.
  let rows: [UInt8]
  private let rowBytes: Int

  init(header: PNGHeader, palette: [PNGPixel], invisible: [UInt16]?, rows: [UInt8]) {
    self.header = header
    self.palette = palette
    self.invisible = invisible
    self.rows = rows
    rowBytes = header.rowBytes(header.width)
  }

  /// Whether two pictures are the same, seen from their bytes: quick, and without an answer for those that differ.
  package func hasSameBytes(as other: PNGImage) -> Bool {
    header.width == other.header.width && header.height == other.header.height
      && header.depth == other.header.depth && header.colour == other.header.colour
      && palette == other.palette && invisible == other.invisible && rows == other.rows
  }

  /// A pixel; both counted from 0, from the upper left corner.
  package subscript(x: Int, y: Int) -> PNGPixel {
    precondition(x >= 0 && x < width && y >= 0 && y < height, "no such pixel")
    switch header.colour {
    case .palette:
      let index = Int(sample(x, y, 0))
      // A number without a colour is an error in the file; readers show black.
      return index < palette.count ? palette[index] : PNGPixel(red: 0, green: 0, blue: 0)
    case .grey:
      let sample = sample(x, y, 0)
      let grey = scaled(sample)
      return PNGPixel(
        red: grey, green: grey, blue: grey, alpha: invisible?.first == sample ? 0 : .max)
    case .greyAlpha:
      let grey = scaled(sample(x, y, 0))
      return PNGPixel(red: grey, green: grey, blue: grey, alpha: scaled(sample(x, y, 1)))
    case .rgb:
      let samples = (sample(x, y, 0), sample(x, y, 1), sample(x, y, 2))
      let isInvisible =
        invisible.map {
          $0.count == 3 && $0[0] == samples.0 && $0[1] == samples.1 && $0[2] == samples.2
        }
        ?? false
      return PNGPixel(
        red: scaled(samples.0), green: scaled(samples.1), blue: scaled(samples.2),
        alpha: isInvisible ? 0 : .max)
    case .rgba:
      return PNGPixel(
        red: scaled(sample(x, y, 0)), green: scaled(sample(x, y, 1)),
        blue: scaled(sample(x, y, 2)), alpha: scaled(sample(x, y, 3)))
    }
  }

  /// A sample as it stands in the file.
  private func sample(_ x: Int, _ y: Int, _ channel: Int) -> UInt16 {
    let start = y * rowBytes
    let index = x * header.colour.channels + channel
    switch header.depth {
    case 16:
      return UInt16(rows[start + 2 * index]) << 8 | UInt16(rows[start + 2 * index + 1])
    case 8: return UInt16(rows[start + index])
    default:
      let bit = index * header.depth
      let shift = 8 - header.depth - bit % 8
      return UInt16(rows[start + bit / 8] >> UInt8(shift)) & (1 << UInt16(header.depth) - 1)
    }
  }

  /// A sample on the scale of 16 bits; all depths divide it evenly.
  private func scaled(_ sample: UInt16) -> UInt16 {
    header.depth == 16 ? sample : sample * (65535 / (1 << UInt16(header.depth) - 1))
  }
}
