/// What stands on one side of a place in a text, as far as assertions ask.
enum Context: UInt8 {
  case other
  case word
  case newline
  /// A byte that goes on with a scalar: the place before it is inside, and not even `\B` holds there.
  case inside
  /// The text begins or ends.
  case edge

  init(byte: UInt8) {
    self = byte == 0x0A ? .newline : byte.isWord ? .word : byte & 0xC0 == 0x80 ? .inside : .other
  }
}

extension Assertion {
  /// The assertions that hold between two contexts, one bit each. Words of ASCII and of all languages are the same here:
  /// who asks about the latter looks at the scalars first.
  static func holding(before: Context, after: Context) -> UInt8 {
    var result: UInt8 = 0
    func set(_ assertion: Assertion) { result |= 1 << assertion.rawValue }
    if before == .edge { set(.textStart) }
    if before == .edge || before == .newline { set(.lineStart) }
    if after == .edge { set(.textEnd) }
    if after == .edge || after == .newline { set(.lineEnd) }
    if (before == .word) != (after == .word) {
      set(.wordBoundary)
      set(.unicodeWordBoundary)
    } else if after != .inside {
      set(.notWordBoundary)
      set(.notUnicodeWordBoundary)
    }
    return result
  }
}
