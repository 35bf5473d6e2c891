/// The sixteen bytes that MD5 makes of a message, in two words: small enough for a table of a million.
package struct MD5Digest: Sendable, Hashable {
  /// The bytes, the first one highest.
  package let high: UInt64
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Reads 32 hexadecimal digits in either case; nil when the text is anything else.
  package init?(hex text: ArraySlice<UInt8>) {
    guard text.count == 32 else { return nil }
    var high: UInt64 = 0
    var low: UInt64 = 0
    var index = 0
    for byte in text {
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x61...0x66: digit = byte - 0x61 + 10
      case 0x41...0x46: digit = byte - 0x41 + 10
      default: return nil
      }
      if index < 16 { high = high << 4 | UInt64(digit) } else { low = low << 4 | UInt64(digit) }
      index += 1
    }
    self.init(high: high, low: low)
  }

  package init?(hex text: String) { self.init(hex: Array(text.utf8)[...]) }

  /// 32 lower-case hexadecimal digits.
  package var hex: String {
    String(unsafeUninitializedCapacity: 32) { buffer in
      for index in 0..<16 {
        let byte = UInt8(truncatingIfNeeded: (index < 8 ? high : low) >> UInt64(56 - index % 8 * 8))
        buffer[2 * index] = Self.digit(byte >> 4)
        buffer[2 * index + 1] = Self.digit(byte & 15)
      }
      return 32
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
}

extension MD5Digest: Comparable {
  package static func < (a: MD5Digest, b: MD5Digest) -> Bool {
    (a.high, a.low) < (b.high, b.low)
  }
}
