/// What stands before the colon of a URI.
package enum URIScheme {
  /// Whether a text can be one: a letter of ASCII, then letters, digits, `+`, `-` and `.` (RFC 3986, section 3.1).
  package static func isScheme(_ text: some StringProtocol) -> Bool {
    guard let first = text.utf8.first, isLetter(first) else { return false }
    return text.utf8.allSatisfy { byte in
      isLetter(byte) || (0x30...0x39).contains(byte) || [0x2B, 0x2D, 0x2E].contains(byte)
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
}
