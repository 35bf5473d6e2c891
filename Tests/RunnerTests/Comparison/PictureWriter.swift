/// Writes PNG files for tests: rows without a filter, stored instead of packed.
enum PictureWriter {
  /// - Parameter rows: the bytes of each row, one of Adam7's passes behind the other.
  static func png(
    width: Int, height: Int, depth: UInt8 = 8, colour: UInt8 = 2, interlaced: Bool = false,
    rows: [[UInt8]], chunks: [(String, [UInt8])] = []
  ) -> [UInt8] {
    let head = number(width) + number(height) + [depth, colour, 0, 0, interlaced ? 1 : 0]
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", head)
      + chunks.flatMap { chunk($0.0, $0.1) } + chunk("IDAT", stored(rows.flatMap { [0] + $0 }))
      + chunk("IEND", [])
  }

  static func number(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    let content = Array(type.utf8) + data
    return number(data.count) + content + number(Int(crc(content)))
  }

  /// A zlib stream of blocks that are not packed (RFC 1950, RFC 1951).
  static func stored(_ data: [UInt8]) -> [UInt8] {
    var result: [UInt8] = [0x78, 0x01]
    var start = 0
    repeat {
      let size = min(65535, data.count - start)
      let isLast: UInt8 = start + size == data.count ? 1 : 0
      let (low, high) = (UInt8(size & 0xFF), UInt8(size >> 8))
      result += [isLast, low, high, ~low, ~high] + data[start..<start + size]
      start += size
    } while start < data.count
    var (a, b) = (1, 0)
    for byte in data {
      a = (a + Int(byte)) % 65521
      b = (b + a) % 65521
    }
    return result + number(b << 16 | a)
  }

  private static func crc(_ data: [UInt8]) -> UInt32 {
    var crc = UInt32.max
    for byte in data {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}
