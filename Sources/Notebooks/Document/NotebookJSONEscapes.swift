import Formats

/// The escapes of JSON's strings (RFC 8259, 7).
enum NotebookJSONEscapes {
  /// The text of what stands between the quotes, which is UTF-8 and whose escapes are known to be whole.
  ///
  /// A lone surrogate becomes U+FFFD. The text is made in place: it needs no more memory than it takes.
  static func text(of raw: UnsafeBufferPointer<UInt8>) -> String {
    String(unsafeUninitializedCapacity: raw.count) { room in
      var count = 0
      var place = 0
      while place < raw.count {
        // Eight bytes at a time up to a backslash; what is written is never longer than what was read.
        while place + 8 <= raw.count {
          let plain = ByteWord.countBeforeBackslash(raw, at: place)
          UnsafeMutableRawBufferPointer(room).storeBytes(
            of: UnsafeRawBufferPointer(raw).loadUnaligned(fromByteOffset: place, as: UInt64.self),
            toByteOffset: count, as: UInt64.self)
          guard plain == 8 else {
            place += plain
            count += plain
            break
          }
          place += 8
          count += 8
        }
        guard place < raw.count else { break }
        let byte = raw[place]
        guard byte == UInt8(ascii: "\\"), place + 1 < raw.count else {
          room[count] = byte
          count += 1
          place += 1
          continue
        }
        if raw[place + 1] == UInt8(ascii: "u") {
          // Six bytes or twelve become four at most.
          for byte in UTF8.encode(scalar(raw, &place)) ?? UTF8.encodedReplacementCharacter {
            room[count] = byte
            count += 1
          }
        } else {
          room[count] = plain(raw[place + 1])
          count += 1
          place += 2
        }
      }
      return count
    }
  }

  /// The value of a hexadecimal digit.
  static func hexDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46: UInt32(byte - 0x41 + 10)
    case 0x61...0x66: UInt32(byte - 0x61 + 10)
    default: nil
    }
  }

  /// Reads `\uXXXX`, and the second one of a pair.
  private static func scalar(
    _ raw: UnsafeBufferPointer<UInt8>, _ place: inout Int
  ) -> Unicode.Scalar {
    let high = unit(raw, place)
    place += 6
    if high & 0xFC00 == 0xD800, place + 1 < raw.count, raw[place] == UInt8(ascii: "\\"),
      raw[place + 1] == UInt8(ascii: "u")
    {
      let low = unit(raw, place)
      if low & 0xFC00 == 0xDC00 {
        place += 6
        return Unicode.Scalar(0x10000 + (high & 0x3FF) << 10 + low & 0x3FF) ?? "\u{FFFD}"
      }
    }
    return Unicode.Scalar(high) ?? "\u{FFFD}"
  }

  private static func unit(_ raw: UnsafeBufferPointer<UInt8>, _ place: Int) -> UInt32 {
    raw[min(place + 2, raw.count)..<min(place + 6, raw.count)].reduce(0) {
      $0 << 4 | (hexDigit($1) ?? 0)
    }
  }

  private static func plain(_ letter: UInt8) -> UInt8 {
    switch letter {
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: letter
    }
  }
}
