import Formats

/// URIs as Python's `urllib.parse` takes them apart, which decides what MLflow holds to be local.
package enum PythonURI {
  /// The scheme in lower case; nil when there is none.
  package static func scheme(of text: String) -> String? { split(text).scheme }

  /// Whether a value is a path of this machine, and which: no scheme, or `file:` without a host; `%41` becomes `A`.
  ///
  /// - Returns: nil for something that has to be fetched.
  package static func localPath(_ text: String) -> String? {
    let parts = split(text)
    if parts.scheme == nil { return unquoted(text) }
    guard parts.scheme == "file", parts.host.isEmpty else { return nil }
    return text.hasPrefix("file:") ? unquoted(parts.path) : unquoted(text)
  }

  /// The path and host behind `file://`, not decoded, as `urlparse` gives them.
  static func filePath(_ text: String) -> (host: String, path: String) {
    let parts = split(text)
    return (parts.host, parts.path)
  }

  private struct Parts {
    var scheme: String?
    var host = ""
    /// Without query, fragment and parameters.
    var path = ""
  }

  private static func split(_ text: String) -> Parts {
    var rest = text.unicodeScalars.drop { $0.value <= 0x20 }.filter {
      $0 != "\t" && $0 != "\n" && $0 != "\r"
    }[...]
    var parts = Parts()
    if let colon = rest.firstIndex(of: ":"), let first = rest.first, first.isASCII,
      first.properties.isAlphabetic, rest[..<colon].allSatisfy(isSchemeCharacter)
    {
      parts.scheme = String(scalars: rest[..<colon]).lowercased()
      rest = rest[rest.index(after: colon)...]
    }
    if rest.starts(with: "//".unicodeScalars) {
      let authority = rest.dropFirst(2)
      let end = authority.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? authority.endIndex
      parts.host = String(scalars: authority[..<end])
      rest = authority[end...]
    }
    rest = rest.prefix { $0 != "#" }.prefix { $0 != "?" }
    // `;parameters` of the last component go too, of the schemes that have them; `file` is none of those.
    parts.path = String(scalars: rest)
    return parts
  }

  private static func isSchemeCharacter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "+", "-", ".": true
    default: false
    }
  }

  /// `urllib.parse.unquote`: `%XX` decoded as UTF-8, with U+FFFD for what is none; other percent signs stay.
  private static func unquoted(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let high = hexDigit(bytes[index + 1]), let low = hexDigit(bytes[index + 2])
      {
        result.append(high << 4 | low)
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }
}
