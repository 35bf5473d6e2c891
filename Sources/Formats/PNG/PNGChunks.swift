import CZlib
import Platform

/// The parts of a PNG file that make its pixels (W3C PNG, section 5), checked but not unpacked.
struct PNGChunks {
  let header: PNGHeader
  private(set) var palette: [PNGPixel] = []
  private(set) var invisible: [UInt16]?
  /// The content of all `IDAT` chunks.
  private(set) var packed: [UInt8] = []

  init(_ bytes: [UInt8]) throws(ParseFailure) {
    guard bytes.starts(with: PNGImage.signature) else { throw ParseFailure("this is no PNG file") }
    var place = PNGImage.signature.count
    let first = try Self.chunk(bytes, &place)
    guard first.type == "IHDR" else { throw ParseFailure("the PNG file has no header") }
    header = try PNGHeader(first.data)
    while true {
      let (type, data) = try Self.chunk(bytes, &place)
      switch type {
      case "IEND": return
      case "PLTE": try readPalette(data)
      case "tRNS": try readTransparency(data)
      case "IDAT": packed += data
      case "acTL": throw ParseFailure("the PNG file holds a moving picture")
      default:
        // A capital first letter: a picture cannot be shown without it.
        guard let letter = type.utf8.first, letter & 0x20 != 0 else {
          throw ParseFailure("the PNG file has a part of the unknown kind `\(type)`")
        }
      }
    }
  }

  private static func chunk(
    _ bytes: [UInt8], _ place: inout Int
  ) throws(ParseFailure) -> (type: String, data: ArraySlice<UInt8>) {
    guard bytes.count - place >= 12 else { throw ParseFailure("the PNG file is cut off") }
    let number = { (start: Int) in bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
    let length = number(place)
    guard length <= bytes.count - place - 12 else { throw ParseFailure("the PNG file is cut off") }
    let name = bytes[place + 4..<place + 8]
    guard name.allSatisfy({ (0x41...0x5A).contains($0 & 0xDF) }) else {
      throw ParseFailure("the PNG file is damaged, \(place) bytes in")
    }
    let data = bytes[place + 8..<place + 8 + length]
    let sum = bytes[place + 4..<place + 8 + length].withUnsafeBufferPointer {
      crc32(0, $0.baseAddress, UInt32($0.count))
    }
    guard Int(sum) == number(place + 8 + length) else {
      throw ParseFailure("the PNG file is damaged, \(place) bytes in: a checksum is wrong")
    }
    place += 12 + length
    return (String(decoding: name, as: UTF8.self), data)
  }

  private mutating func readPalette(_ data: ArraySlice<UInt8>) throws(ParseFailure) {
    let data = Array(data)
    guard data.count % 3 == 0, data.count <= 768, palette.isEmpty else {
      throw ParseFailure("the PNG file's colours are damaged")
    }
    // For other pictures it only says what colours a poor screen should have.
    guard header.colour == .palette else { return }
    palette = stride(from: 0, to: data.count, by: 3).map { start in
      PNGPixel(
        red: UInt16(data[start]) * 257, green: UInt16(data[start + 1]) * 257,
        blue: UInt16(data[start + 2]) * 257)
    }
  }

  private mutating func readTransparency(_ data: ArraySlice<UInt8>) throws(ParseFailure) {
    let data = Array(data)
    switch header.colour {
    case .palette:
      guard data.count <= palette.count else {
        throw ParseFailure("the PNG file has transparency for colours that it does not have")
      }
      for (index, alpha) in data.enumerated() { palette[index].alpha = UInt16(alpha) * 257 }
    case .grey, .rgb:
      guard data.count == 2 * header.colour.channels else {
        throw ParseFailure("the PNG file's transparency is damaged")
      }
      invisible = stride(from: 0, to: data.count, by: 2).map {
        UInt16(data[$0]) << 8 | UInt16(data[$0 + 1])
      }
    case .greyAlpha, .rgba: throw ParseFailure("the PNG file has transparency twice")
    }
  }
}
