/// Columns that text takes, a tab going to the next multiple of four.
struct LineWidth {
  private(set) var columns = 0
  /// Where tabs count from: characters, whatever their width.
  private var characters = 0

  static func of(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int {
    var width = LineWidth()
    var place = range.lowerBound
    while place < range.upperBound { place += width.add(bytes, at: place) }
    return width.columns
  }

  /// Adds a character.
  ///
  /// - Returns: how many bytes it has.
  @inline(__always)
  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> Int {
    let byte = bytes[place]
    if byte >= 0x20, byte < 0x7F {
      columns += 1
      characters += 1
      return 1
    }
    return addRare(bytes, at: place)
  }

  @inline(never)
  private mutating func addRare(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> Int {
    let byte = bytes[place]
    if byte == 0x09 {
      let step = 4 - characters % 4
      columns += step
      characters += step
      return 1
    }
    characters += 1
    guard byte >= 0x80 else { return 1 }
    let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
    guard place + length <= bytes.count else { return 1 }
    var value = UInt32(byte) & (length == 4 ? 0x07 : length == 3 ? 0x0F : 0x1F)
    for index in 1..<max(1, length) where length > 1 {
      value = value << 6 | UInt32(bytes[place + index] & 0x3F)
    }
    if let scalar = Unicode.Scalar(value) { columns += Self.columns(of: scalar) }
    return length
  }

  /// Two for what East Asian fonts draw wide and for emoji, none for what combines (Unicode TR 11).
  static func columns(of scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x00..<0xA0: return 0
    case 0xAD: return 1
    case ..<0x300: return 1
    // Hangul vowels and finals join the letter before them.
    case 0x1160...0x11FF, 0xD7B0...0xD7FF: return 0
    case 0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x23F0, 0x23F3,
      0x25FD...0x25FE, 0x2614...0x2615, 0x2630...0x2637, 0x2648...0x2653, 0x2E80...0x3029,
      0x3030...0x303E, 0x3041...0x3096, 0x309B...0x3247, 0x3250...0xA4C6, 0xA960...0xA97C,
      0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6B, 0xFF01...0xFF60,
      0xFFE0...0xFFE6, 0x16FE0...0x16FE3, 0x17000...0x1B2FF, 0x1F200...0x1F265, 0x20000...0x3FFFD:
      return 2
    default: break
    }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .control: return 0
    case .format: return scalar.properties.isDefaultIgnorableCodePoint ? 0 : 1
    default: break
    }
    if scalar.properties.isDefaultIgnorableCodePoint { return 0 }
    return scalar.properties.isEmojiPresentation ? 2 : 1
  }
}
