import Formats

/// Numbers as protocol buffers read them from JSON.
enum JSONNumbers {
  /// A whole number of 64 bits: a number, or a text of one, also of one as a fraction or with an exponent (`1.0`, `1e3`).
  static func int(_ json: JSONValue) -> Int64? {
    switch json {
    case .int(let value): value
    case .double(let value): Int64(exactly: value)
    case .string(let text):
      pythonInt(text) ?? double(json).flatMap { text.contains(" ") ? nil : Int64(exactly: $0) }
    default: nil
    }
  }

  /// A number, or a text of one; the words for what is not finite are `NaN`, `Infinity` and `-Infinity`, in quotes.
  static func double(_ json: JSONValue) -> Double? {
    switch json {
    case .int(let value): return Double(value)
    case .double(let value): return value.isFinite ? value : nil
    case .bool(let value): return value ? 1 : 0
    case .string("NaN"): return .nan
    case .string("Infinity"): return .infinity
    case .string("-Infinity"): return -.infinity
    case .string(let text):
      guard let value = Double(text.filter { $0 != "_" }), value.isFinite,
        text.utf8.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "x") && $0 != UInt8(ascii: "p") })
      else { return nil }
      return value
    default: return nil
    }
  }

  /// What Python's `int` makes of a value: fractions are cut, true is 1.
  static func pythonInt(_ json: JSONValue) -> Int64? {
    switch json {
    case .int(let value): value
    case .bool(let value): value ? 1 : 0
    case .double(let value): Int64(exactly: value.rounded(.towardZero))
    case .string(let text): pythonInt(text)
    default: nil
    }
  }

  /// What Python's `int` reads: digits, a sign, single underscores between digits; no spaces here, as protocol
  /// buffers refuse them.
  static func pythonInt(_ text: String) -> Int64? {
    let digits = text.hasPrefix("+") || text.hasPrefix("-") ? text.dropFirst() : Substring(text)
    guard let first = digits.utf8.first, first != UInt8(ascii: "_"),
      digits.utf8.last != UInt8(ascii: "_"),
      !digits.contains("__"),
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_") })
    else { return nil }
    return Int64(text.filter { $0 != "_" })
  }
}
