/// Bytes as text of 64 letters (RFC 4648, section 4).
package enum Base64 {
  private static let letters = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// What each byte stands for; 255 for those that stand for nothing.
  private static let digits: [UInt8] = {
    var digits = [UInt8](repeating: 255, count: 256)
    for (digit, letter) in letters.enumerated() { digits[Int(letter)] = UInt8(digit) }
    return digits
  }()

  /// What a letter stands for; nil for one that stands for nothing.
  static func digit(_ letter: UInt8) -> UInt8? {
    let digit = digits[Int(letter)]
    return digit < 64 ? digit : nil
  }

  package static func encode(_ bytes: [UInt8]) -> String {
    let letters = letters
    return String(unsafeUninitializedCapacity: (bytes.count + 2) / 3 * 4) { text in
      var place = 0
      func write(_ value: UInt32, _ shift: UInt32) {
        text[place] = letters[Int(value >> shift) & 63]
        place += 1
      }
      var start = 0
      while start + 3 <= bytes.count {
        let value =
          UInt32(bytes[start]) << 16 | UInt32(bytes[start + 1]) << 8 | UInt32(bytes[start + 2])
        for shift: UInt32 in [18, 12, 6, 0] { write(value, shift) }
        start += 3
      }
      let rest = bytes[start...]
      if let first = rest.first {
        let value = UInt32(first) << 16 | UInt32(rest.dropFirst().first ?? 0) << 8
        write(value, 18)
        write(value, 12)
        if rest.count == 2 { write(value, 6) }
        while place % 4 != 0 {
          text[place] = UInt8(ascii: "=")
          place += 1
        }
      }
      return place
    }
  }

  /// The bytes of a text that is exactly what ``encode(_:)`` gives; nil for any other.
  package static func decode(_ text: String) -> [UInt8]? {
    let letters = Array(text.utf8)
    guard letters.count % 4 == 0 else { return nil }
    let padding = letters.reversed().prefix(2).prefix { $0 == UInt8(ascii: "=") }.count
    let digits = digits
    var bytes: [UInt8] = []
    bytes.reserveCapacity(letters.count / 4 * 3)
    var value: UInt32 = 0
    for place in 0..<(letters.count - padding) {
      let digit = digits[Int(letters[place])]
      guard digit < 64 else { return nil }
      value = value << 6 | UInt32(digit)
      if place & 3 == 3 {
        for shift: UInt32 in [16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
        value = 0
      }
    }
    switch padding {
    case 1:
      // 18 bits, of which the last two are of no byte, and 0.
      guard value & 3 == 0 else { return nil }
      bytes.append(UInt8(truncatingIfNeeded: value >> 10))
      bytes.append(UInt8(truncatingIfNeeded: value >> 2))
    case 2:
      guard value & 15 == 0 else { return nil }
      bytes.append(UInt8(truncatingIfNeeded: value >> 4))
    default: break
    }
    return bytes
  }
}
