/// The encryption of old zip archives (PKWARE's APPNOTE.TXT, section 6.1), which is all that Python's `zipfile` reads.
struct ZipCipher {
  /// Bytes of noise in front of the content.
  static let headerSize = 12

  private var keys: (UInt32, UInt32, UInt32) = (0x1234_5678, 0x2345_6789, 0x3456_7890)

  init(password: [UInt8]) {
    for byte in password { update(byte) }
  }

  /// Decrypts the bytes that follow those decrypted before.
  mutating func decrypt(_ bytes: inout [UInt8]) {
    for index in bytes.indices {
      let word = (keys.2 | 2) & 0xFFFF
      bytes[index] ^= UInt8(truncatingIfNeeded: (word &* (word ^ 1)) >> 8)
      update(bytes[index])
    }
  }

  private mutating func update(_ byte: UInt8) {
    keys.0 = Self.next(keys.0, byte)
    keys.1 = (keys.1 &+ (keys.0 & 0xFF)) &* 134_775_813 &+ 1
    keys.2 = Self.next(keys.2, UInt8(truncatingIfNeeded: keys.1 >> 24))
  }

  private static func next(_ crc: UInt32, _ byte: UInt8) -> UInt32 {
    table[Int((crc ^ UInt32(byte)) & 0xFF)] ^ (crc >> 8)
  }

  /// Of CRC-32, a byte at a time.
  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in
      value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1
    }
  }
}
