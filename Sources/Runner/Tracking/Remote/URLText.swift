import Platform

/// Text in addresses (RFC 3986): everything but letters, digits and `-._~` as `%` and two digits.
enum URLText {
  static func escaped(_ text: String, keeping kept: String = "") -> String {
    let plain = Set("-._~\(kept)".utf8)
    return text.utf8.reduce(into: "") { result, byte in
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
        || (0x61...0x7A).contains(byte) || plain.contains(byte)
      if isPlain {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        result += "%" + hexadecimal([byte]).uppercased()
      }
    }
  }
}
