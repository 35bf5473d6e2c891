/// Words of a shell command.
package enum ShellWord {
  /// The text as one word of a POSIX shell, as Python's `shlex.quote` writes it: unchanged when every character is
  /// harmless, `''` when it is empty, otherwise in single quotes.
  package static func quoted(_ text: String) -> String {
    if text.isEmpty { return "''" }
    if text.utf8.allSatisfy(isHarmless) { return text }
    var bytes = [UInt8(ascii: "'")]
    for byte in text.utf8 {
      if byte == UInt8(ascii: "'") { bytes += "'\"'\"'".utf8 } else { bytes.append(byte) }
    }
    bytes.append(UInt8(ascii: "'"))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `[A-Za-z0-9_@%+=:,./-]`.
  private static func isHarmless(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "@"),
      UInt8(ascii: "%"), UInt8(ascii: "+"), UInt8(ascii: "="), UInt8(ascii: ":"),
      UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
