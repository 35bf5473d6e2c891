/// What a byte can begin, for the tokenizer's first look.
enum ByteClass {
  static let other: UInt8 = 0
  static let space: UInt8 = 1
  static let digit: UInt8 = 2
  /// A letter or an underscore.
  static let letter: UInt8 = 3
  /// A letter that can be the prefix of a string.
  static let stringPrefix: UInt8 = 4
  /// A byte of a character beyond ASCII.
  static let wide: UInt8 = 5
  static let quote: UInt8 = 6
  static let lineEnd: UInt8 = 7

  /// The class of every byte. It is never freed, and never changed once made.
  nonisolated(unsafe) static let table: UnsafePointer<UInt8> = {
    let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    for byte in 0..<256 {
      let value: UInt8 =
        switch UInt8(byte) {
        case 0x20, 0x09, 0x0C: space
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit
        case UInt8(ascii: "b"), UInt8(ascii: "B"), UInt8(ascii: "f"), UInt8(ascii: "F"),
          UInt8(ascii: "r"), UInt8(ascii: "R"), UInt8(ascii: "t"), UInt8(ascii: "T"),
          UInt8(ascii: "u"), UInt8(ascii: "U"):
          stringPrefix
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "_"):
          letter
        case 0x80...0xFF: wide
        case UInt8(ascii: "\""), UInt8(ascii: "'"): quote
        case 0x0A, 0x0D: lineEnd
        default: other
        }
      table[byte] = value
    }
    return UnsafePointer(table)
  }()

  /// Whether every byte is part of a name. It is never freed, and never changed once made.
  nonisolated(unsafe) static let isNamePart: UnsafePointer<Bool> = {
    let flags = UnsafeMutablePointer<Bool>.allocate(capacity: 256)
    for byte in 0..<256 { flags[byte] = (digit...wide).contains(table[byte]) }
    return UnsafePointer(flags)
  }()
}
