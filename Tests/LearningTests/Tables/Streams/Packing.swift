/// Packed bytes, without what packs well.
enum Packing {
  /// A member of stored blocks (RFC 1951, section 3.2.4; RFC 1952).
  static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var packed: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    var place = 0
    repeat {
      let count = min(0xFFFF, bytes.count - place)
      packed.append(place + count == bytes.count ? 1 : 0)
      packed += little(UInt64(count), 2) + little(UInt64(~UInt16(count)), 2)
      packed += bytes[place..<place + count]
      place += count
    } while place < bytes.count
    return packed + little(UInt64(checksum(bytes)), 4) + little(UInt64(bytes.count), 4)
  }

  /// A frame of raw blocks (RFC 8878, section 3.1.1), one for a thousand bytes.
  static func zstd(_ bytes: [UInt8]) -> [UInt8] {
    var packed: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0xE0] + little(UInt64(bytes.count), 8)
    var place = 0
    repeat {
      let count = min(1000, bytes.count - place)
      packed += little(UInt64(count << 3 | (place + count == bytes.count ? 1 : 0)), 3)
      packed += bytes[place..<place + count]
      place += count
    } while place < bytes.count
    return packed
  }

  private static func little(_ value: UInt64, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var checksum = UInt32.max
    for byte in bytes {
      checksum ^= UInt32(byte)
      for _ in 0..<8 { checksum = checksum >> 1 ^ (checksum & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return ~checksum
  }
}
