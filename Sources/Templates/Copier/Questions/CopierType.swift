import BigInt
import Formats
import Platform

/// The types that an answer may have, and how copier makes an answer one of them.
enum CopierType: String {
  case bool, float, int, json, str, yaml, path

  /// An answer that its type does not allow, in Python's words.
  struct Mismatch: Error {
    var message: String
    /// A type that no value of this kind can be made; JSON and YAML then keep the value.
    var isType = false
  }

  /// The type of a question that names none: that of its default.
  init(of value: ContextValue?) {
    switch value {
    case .bool: self = .bool
    case .int, .bigInt: self = .int
    case .float: self = .float
    case .string: self = .str
    default: self = .yaml
    }
  }

  func cast(_ answer: ContextValue) throws(Mismatch) -> ContextValue {
    switch self {
    case .bool: return .bool(Self.truth(answer))
    case .str: return .text(try Self.text(answer))
    case .path: return .text(answer.pythonText)
    case .int: return try Self.integer(answer)
    case .float: return try Self.float(answer)
    case .json:
      guard let text = answer.plainText else { return answer }
      do throws(ParseFailure) {
        return ContextValue(try JSONValue(parsing: text, allowsNonFinite: true))
      } catch { throw Mismatch(message: error.message) }
    case .yaml:
      guard let text = answer.plainText else { return answer }
      do throws(ParseFailure) { return ContextValue(try YAMLValue(parsing: text)) } catch {
        throw Mismatch(message: error.message)
      }
    }
  }

  /// Numbers by their value, words by YAML's list of them, all else as Python has it.
  static func truth(_ value: ContextValue) -> Bool {
    if let number = Self.number(value) { return number != 0 }
    guard let text = value.plainText else { return value.isTrue }
    let word = text.lowercased().trimmingWhitespace
    if word.isEmpty { return false }
    if ["y", "yes", "t", "true", "on"].contains(word) { return true }
    if ["n", "no", "f", "false", "off", "~", "null", "none"].contains(word) { return false }
    return !text.isEmpty
  }

  /// Python's `float(x)`; nil where it raises.
  private static func number(_ value: ContextValue) -> Double? {
    switch value {
    case .bool(let value): return value ? 1 : 0
    case .int(let value): return Double(value)
    case .bigInt(let value): return Double(String(value))
    case .float(let value): return value
    case .string(let text), .markup(let text): return pythonFloat(text.string)
    default: return nil
    }
  }

  /// A number as Python reads one from text: blanks around it, `_` between digits, `inf`, `nan`.
  private static func pythonFloat(_ text: String) -> Double? {
    let word = text.trimmingWhitespace
    let bytes = Array(word.utf8)
    guard let first = bytes.first, let last = bytes.last, first != 0x5F, last != 0x5F else {
      return nil
    }
    let folded = word.lowercased()
    let unsigned = folded.hasPrefix("+") || folded.hasPrefix("-") ? folded.dropFirst() : folded[...]
    if ["inf", "infinity", "nan"].contains(unsigned) {
      return unsigned == "nan" ? .nan : folded.hasPrefix("-") ? -.infinity : .infinity
    }
    let allowed = "0123456789.eE+-_".utf8
    guard bytes.allSatisfy(allowed.contains) else { return nil }
    for (place, byte) in bytes.enumerated() where byte == 0x5F {
      let isBetween =
        (0x30...0x39).contains(bytes[place - 1]) && (0x30...0x39).contains(bytes[place + 1])
      guard isBetween else { return nil }
    }
    return Double(word.filter { $0 != "_" })
  }

  private static func text(_ value: ContextValue) throws(Mismatch) -> String {
    switch value {
    case .string, .markup, .bool, .int, .bigInt, .float: return value.pythonText
    default: throw Mismatch(message: "Could not convert \(value.pythonText) to string")
    }
  }

  private static func integer(_ value: ContextValue) throws(Mismatch) -> ContextValue {
    switch value {
    case .bool(let value): return .int(value ? 1 : 0)
    case .int, .bigInt: return value
    case .float(let number):
      guard let whole = BigInt(exactly: number.rounded(.towardZero)) else {
        throw Mismatch(message: "cannot convert float \(value.pythonText) to integer")
      }
      return Int(exactly: whole).map { .int($0) } ?? .bigInt(whole)
    case .string(let text), .markup(let text):
      let word = text.string.trimmingWhitespace.filter { $0 != "_" }
      guard pythonFloat(text.string) != nil, let whole = BigInt(word) else {
        throw Mismatch(
          message: "invalid literal for int() with base 10: \(value.pythonRepr)")
      }
      return Int(exactly: whole).map { .int($0) } ?? .bigInt(whole)
    default:
      throw Mismatch(
        message: "int() argument must be a string, a bytes-like object or a real number",
        isType: true)
    }
  }

  private static func float(_ value: ContextValue) throws(Mismatch) -> ContextValue {
    if let number = number(value) { return .float(number) }
    guard value.plainText != nil else {
      throw Mismatch(message: "float() argument must be a string or a real number", isType: true)
    }
    throw Mismatch(message: "could not convert string to float: \(value.pythonRepr)")
  }
}

extension String {
  /// Without the white space around it.
  var trimmingWhitespace: String {
    var text = self[...]
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
