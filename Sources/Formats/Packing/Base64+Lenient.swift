extension Base64 {
  /// The bytes of a text as Python's `base64.b64decode` reads it: characters that are none of the 64 are skipped, and
  /// what stands behind the padding is not looked at; nil where it raises.
  package static func decodeLeniently(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var value: UInt32 = 0
    var position = 0
    var padding = 0
    for letter in text.utf8 {
      guard letter < 0x80 else { return nil }
      if letter == UInt8(ascii: "=") {
        guard position >= 2 else { continue }
        padding += 1
        if position + padding >= 4 { return bytes }
        continue
      }
      guard let digit = digit(letter) else { continue }
      padding = 0
      value = value << 6 | UInt32(digit)
      if position > 0 { bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(6 - 2 * position))) }
      position = (position + 1) % 4
    }
    return position == 0 ? bytes : nil
  }
}
