/// The field that makes a browser save an answer under a name (RFC 6266, RFC 5987).
enum ContentDisposition {
  static func attachment(_ name: String) -> String {
    guard !name.utf8.allSatisfy({ $0 < 0x80 }) else { return "attachment; filename=\(value(name))" }
    let plain = name.unicodeScalars.filter { $0.isASCII }
    let fallback = plain.isEmpty ? "download" : String(String.UnicodeScalarView(plain))
    return "attachment; filename=\(value(fallback)); filename*=UTF-8''"
      + PercentEncoding.encoded(name, keeping: "!#$&+^`|")
  }

  /// A token as it is, anything else in quotes.
  private static func value(_ text: String) -> String {
    let marks = Set("!#$%&'*+-.^_`|~".utf8)
    let isToken =
      !text.isEmpty
      && text.utf8.allSatisfy {
        marks.contains($0) || (0x30...0x39).contains($0) || (0x41...0x5A).contains($0)
          || (0x61...0x7A).contains($0)
      }
    if isToken { return text }
    let escaped = text.unicodeScalars.map { scalar -> String in
      scalar == "\"" || scalar == "\\" ? "\\\(scalar)" : scalar.value < 0x20 ? "_" : String(scalar)
    }
    return "\"\(escaped.joined())\""
  }
}
