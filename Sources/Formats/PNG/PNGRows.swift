import Platform

/// Makes the rows of a picture from what a PNG file unpacks to: takes filters back, and puts Adam7's pixels in their places.
enum PNGRows {
  /// - Parameter unpacked: exactly ``PNGHeader/unpackedSize`` bytes.
  static func join(_ unpacked: [UInt8], _ header: PNGHeader) throws(ParseFailure) -> [UInt8] {
    let width = header.rowBytes(header.width)
    var picture = [UInt8](repeating: 0, count: width * header.height)
    var start = 0
    for pass in header.passes {
      let size = header.rowBytes(pass.width)
      var above = [UInt8](repeating: 0, count: size)
      for row in 0..<pass.height {
        var line = Array(unpacked[start + 1..<start + 1 + size])
        try unfilter(&line, by: unpacked[start], above, header.filterDistance)
        start += size + 1
        let target = (pass.y + row * pass.yStep) * width
        if pass.xStep == 1, pass.x == 0 {
          picture.replaceSubrange(target..<target + size, with: line)
        } else {
          spread(line, pass, header.pixelBits, into: &picture, at: target)
        }
        above = line
      }
    }
    return picture
  }

  /// Takes a filter back (section 9): every byte is added to a guess from its neighbours.
  private static func unfilter(
    _ line: inout [UInt8], by filter: UInt8, _ above: [UInt8], _ distance: Int
  ) throws(ParseFailure) {
    switch filter {
    case 0: break
    case 1:
      guard line.count > distance else { return }
      for index in distance..<line.count { line[index] &+= line[index - distance] }
    case 2: for index in line.indices { line[index] &+= above[index] }
    case 3:
      for index in line.indices {
        let left = index < distance ? 0 : Int(line[index - distance])
        line[index] &+= UInt8((left + Int(above[index])) / 2)
      }
    case 4:
      for index in line.indices {
        let isFirst = index < distance
        let left = isFirst ? 0 : Int(line[index - distance])
        let corner = isFirst ? 0 : Int(above[index - distance])
        line[index] &+= paeth(left, Int(above[index]), corner)
      }
    default: throw ParseFailure("the PNG picture has a row with the unknown filter \(filter)")
    }
  }

  /// The neighbour that is nearest to left + above - corner.
  private static func paeth(_ left: Int, _ above: Int, _ corner: Int) -> UInt8 {
    let guess = left + above - corner
    let (toLeft, toAbove, toCorner) = (abs(guess - left), abs(guess - above), abs(guess - corner))
    if toLeft <= toAbove, toLeft <= toCorner { return UInt8(left) }
    return UInt8(toAbove <= toCorner ? above : corner)
  }

  /// Puts the pixels of one of Adam7's rows where they belong.
  private static func spread(
    _ line: [UInt8], _ pass: PNGHeader.Pass, _ bits: Int, into picture: inout [UInt8], at start: Int
  ) {
    if bits >= 8 {
      let size = bits / 8
      for pixel in 0..<pass.width {
        let target = start + (pass.x + pixel * pass.xStep) * size
        for offset in 0..<size { picture[target + offset] = line[pixel * size + offset] }
      }
      return
    }
    let mask = UInt8(1 << bits - 1)
    for pixel in 0..<pass.width {
      let (from, to) = (pixel * bits, (pass.x + pixel * pass.xStep) * bits)
      let value = line[from / 8] >> UInt8(8 - bits - from % 8) & mask
      picture[start + to / 8] |= value << UInt8(8 - bits - to % 8)
    }
  }
}
