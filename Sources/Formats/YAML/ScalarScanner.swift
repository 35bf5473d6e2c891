/// A position in the bytes of one scalar, with the steps that a simple regular expression takes.
struct ScalarScanner {
  let bytes: [UInt8]
  var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var first: UInt8? { bytes.first }
  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }
  var isAtEnd: Bool { position == bytes.count }

  /// Takes one character when it is the next.
  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard let byte = peek, UInt32(byte) == character.value else { return false }
    position += 1
    return true
  }

  /// Takes `+` or `-`.
  @discardableResult mutating func takeSign() -> Bool { take("+") || take("-") }

  mutating func takeOne(where allowed: (UInt8) -> Bool) -> Bool {
    guard let byte = peek, allowed(byte) else { return false }
    position += 1
    return true
  }

  /// Takes as many as there are; whether there was one.
  @discardableResult mutating func takeAll(where allowed: (UInt8) -> Bool) -> Bool {
    let start = position
    while let byte = peek, allowed(byte) { position += 1 }
    return position > start
  }

  /// Takes between `least` and `most` digits and gives their value; nil, taking nothing, when there are fewer.
  mutating func takeNumber(_ least: Int, _ most: Int) -> Int? {
    let start = position
    var value = 0
    while position - start < most, let byte = peek, byte >= 0x30, byte <= 0x39 {
      value = value * 10 + Int(byte - 0x30)
      position += 1
    }
    guard position - start >= least else {
      position = start
      return nil
    }
    return value
  }
}
