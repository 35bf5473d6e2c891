/// A text that may be looked at beyond its ends, where it is 0.
struct ByteText {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  subscript(place: Int) -> UInt8 { place >= 0 && place < bytes.count ? bytes[place] : 0 }

  /// Whether something that is left out may begin here: not in the middle of a word or a number.
  func canBegin(_ place: Int) -> Bool {
    let byte = self[place]
    guard byte == 0x2F || Self.isLetterOrDigit(byte) else { return false }
    let before = self[place - 1]
    if byte == 0x2F { return !Self.isNameByte(before) && before != 0x2E }
    return !Self.isLetterOrDigit(before) && before != 0x2E
  }

  func has(_ word: some Sequence<UInt8>, at place: Int) -> Bool {
    var place = place
    for byte in word {
      guard self[place] == byte else { return false }
      place += 1
    }
    return true
  }

  func isDigit(_ place: Int) -> Bool { (0x30...0x39).contains(self[place]) }

  /// Whether a word or a number goes on at a place.
  func isInWord(_ place: Int) -> Bool {
    Self.isLetterOrDigit(self[place]) || self[place] == 0x5F
  }

  /// The number that so many digits make, when there are just as many.
  func number(_ place: Int, digits: ClosedRange<Int>) -> (value: Int, end: Int)? {
    var (end, value) = (place, 0)
    while isDigit(end), end - place <= digits.upperBound {
      value = value * 10 + Int(self[end] - 0x30)
      end += 1
    }
    return digits.contains(end - place) ? (value, end) : nil
  }

  /// How many hexadecimal digits, of which capitals or not, follow.
  func hexDigits(_ place: Int) -> Int {
    var end = place
    while (0x30...0x39).contains(self[end]) || (0x61...0x66).contains(self[end] | 0x20) { end += 1 }
    return end - place
  }

  static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || byte >= 0x80
  }

  /// Whether a byte is of a file's name, but for the dot, which ends sentences too.
  static func isNameByte(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || byte == 0x5F || byte == 0x2D
  }
}
