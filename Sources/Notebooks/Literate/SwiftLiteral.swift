import Formats

/// Reads literals of Swift: numbers, texts without interpolation, `true`, `nil`, and lists and dictionaries of them.
enum SwiftLiteral {
  /// Nil for anything that is no literal.
  static func value(of bytes: [UInt8]) -> YAMLValue? {
    var reader = Reader(bytes: bytes, tokens: significant(bytes))
    guard let value = reader.value(depth: 0), reader.tokens.isEmpty else { return nil }
    return value
  }

  private static func significant(_ bytes: [UInt8]) -> ArraySlice<SwiftLexer.Token> {
    SwiftLexer.tokens(of: bytes).filter { $0.kind != .newline && $0.kind != .comment }[...]
  }

  private struct Reader {
    let bytes: [UInt8]
    var tokens: ArraySlice<SwiftLexer.Token>

    mutating func take(_ symbol: Character) -> Bool {
      guard let token = tokens.first, token.kind == .symbol,
        bytes[token.range.lowerBound] == symbol.asciiValue
      else { return false }
      tokens.removeFirst()
      return true
    }

    mutating func value(depth: Int) -> YAMLValue? {
      guard depth < 32, let token = tokens.first else { return nil }
      if take("-") { return number(sign: "-") }
      switch token.kind {
      case .string:
        tokens.removeFirst()
        return SwiftLiteral.text(Array(bytes[token.range])).map { .string($0) }
      case .word:
        switch String(decoding: bytes[token.range], as: UTF8.self) {
        case "true":
          tokens.removeFirst()
          return .bool(true)
        case "false":
          tokens.removeFirst()
          return .bool(false)
        case "nil":
          tokens.removeFirst()
          return YAMLValue.none
        default: return number(sign: "")
        }
      default: return take("[") ? collection(depth: depth) : nil
      }
    }

    private mutating func collection(depth: Int) -> YAMLValue? {
      if take("]") { return .list([]) }
      if take(":") { return take("]") ? .map([]) : nil }
      var items: [YAMLValue] = []
      var entries: [YAMLValue.Entry] = []
      repeat {
        if take("]") { break }
        guard let item = value(depth: depth + 1) else { return nil }
        if take(":") {
          guard let value = value(depth: depth + 1) else { return nil }
          entries.append(YAMLValue.Entry(item, value))
        } else {
          items.append(item)
        }
        if take("]") { break }
        guard take(",") else { return nil }
      } while true
      guard items.isEmpty || entries.isEmpty else { return nil }
      return entries.isEmpty ? .list(items) : .map(entries)
    }

    /// A number can be several tokens: `1.5e-3`.
    private mutating func number(sign: String) -> YAMLValue? {
      guard let first = tokens.first, first.kind == .word else { return nil }
      var end = first.range.upperBound
      tokens.removeFirst()
      while let next = tokens.first, next.range.lowerBound == end {
        let byte = bytes[next.range.lowerBound]
        let isPoint = next.kind == .symbol && byte == UInt8(ascii: ".")
        let isExponent =
          next.kind == .symbol && (byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+"))
          && (bytes[end - 1] | 0x20) == UInt8(ascii: "e")
        guard isPoint || isExponent || next.kind == .word else { break }
        end = next.range.upperBound
        tokens.removeFirst()
      }
      let text = String(decoding: bytes[first.range.lowerBound..<end], as: UTF8.self)
      return SwiftLiteral.number(text, sign: sign)
    }
  }

  private static func number(_ text: String, sign: String) -> YAMLValue? {
    guard let first = text.utf8.first, (0x30...0x39).contains(first) else { return nil }
    let digits = text.filter { $0 != "_" }
    for (prefix, radix) in [("0x", 16), ("0b", 2), ("0o", 8)] where digits.hasPrefix(prefix) {
      return Int64(sign + digits.dropFirst(2), radix: radix).map { .int($0) }
    }
    if let whole = Int64(sign + digits) { return .int(whole) }
    guard digits.utf8.allSatisfy({ "0123456789.eE+-".utf8.contains($0) }) else { return nil }
    return Double(sign + digits).map { .float($0) }
  }

  /// The text of a literal in quotes; nil when something is interpolated, or of several lines.
  private static func text(_ literal: [UInt8]) -> String? {
    let pounds = literal.prefix { $0 == UInt8(ascii: "#") }.count
    let body = literal.dropFirst(pounds).dropLast(pounds)
    guard body.count >= 2, body.last == UInt8(ascii: "\""), !body.starts(with: Array("\"\"\"".utf8))
    else { return nil }
    let text = String(decoding: body.dropFirst().dropLast(), as: UTF8.self)
    guard text.contains("\\") else { return text }
    guard pounds == 0 else { return text.contains("\\#") ? nil : text }
    var result = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\\" else {
        result.append(scalar)
        continue
      }
      switch rest.popFirst() {
      case "n": result.append("\n")
      case "t": result.append("\t")
      case "r": result.append("\r")
      case "0": result.append("\0")
      case "\\": result.append("\\")
      case "\"": result.append("\"")
      case "'": result.append("'")
      case "u":
        guard rest.popFirst() == "{", let end = rest.firstIndex(of: "}"),
          let code = UInt32(String(rest[..<end]), radix: 16), let unit = Unicode.Scalar(code)
        else { return nil }
        result.append(unit)
        rest = rest[end...].dropFirst()
      default: return nil
      }
    }
    return String(result)
  }
}
