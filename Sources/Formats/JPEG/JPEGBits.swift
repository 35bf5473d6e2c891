import Platform

/// The bits between two markers of a JPEG file (ITU-T T.81, section F.2.2.5): the highest of a byte first, and a zero byte
/// behind each 255 that is none.
struct JPEGBits {
  private let bytes: [UInt8]
  /// The next byte.
  private(set) var place: Int
  private var word: UInt64 = 0
  private var count = 0
  /// How many bits were made up behind the end, so that a code can be looked at.
  private var missing = 0

  init(_ bytes: [UInt8], at place: Int) {
    self.bytes = bytes
    self.place = place
  }

  private mutating func fill() {
    while count <= 48 {
      var byte: UInt8 = 0
      if place < bytes.count, bytes[place] != 0xFF {
        byte = bytes[place]
        place += 1
      } else if place + 1 < bytes.count, bytes[place + 1] == 0 {
        byte = 0xFF
        place += 2
      } else {
        missing += 8
      }
      word = word << 8 | UInt64(byte)
      count += 8
    }
  }

  /// The next sixteen bits, which stay.
  mutating func peek() -> Int {
    if count < 16 { fill() }
    return Int(truncatingIfNeeded: word >> UInt64(count - 16)) & 0xFFFF
  }

  mutating func skip(_ bits: Int) throws(ParseFailure) {
    count -= bits
    guard count >= missing else { throw ParseFailure("the JPEG picture is cut off") }
  }

  /// - Parameter size: at most 16.
  mutating func take(_ size: Int) throws(ParseFailure) -> Int {
    guard size > 0 else { return 0 }
    let bits = peek() >> (16 - size)
    try skip(size)
    return bits
  }

  /// A number of so many bits whose highest says the sign (section F.2.2.1).
  mutating func number(_ size: Int) throws(ParseFailure) -> Int {
    let bits = try take(size)
    return size > 0 && bits < 1 << (size - 1) ? bits - (1 << size) + 1 : bits
  }

  /// Passes the marker between two intervals; what is left of the byte before it is padding.
  mutating func restart() throws(ParseFailure) {
    // No byte behind a marker has been looked at: only padding may be left.
    (word, count, missing) = (0, 0, 0)
    while place + 1 < bytes.count, bytes[place] == 0xFF, bytes[place + 1] == 0xFF { place += 1 }
    guard place + 1 < bytes.count, bytes[place] == 0xFF, (0xD0...0xD7).contains(bytes[place + 1])
    else { throw ParseFailure("the JPEG picture lacks a restart marker at byte \(place + 1)") }
    place += 2
  }
}
