import Formats
import Platform

/// Swift: constants whose types are written, so that `0` stays a `Double` where one was given.
struct SwiftTranslator: ParameterTranslator {
  var language: String { "Swift" }

  func none() throws -> String { "nil" }

  func text(wholeNumber digits: String) throws -> String {
    guard Int64(digits) != nil else {
      throw Failure(
        .unsupported, "`\(digits)` does not fit the `Int` of a notebook in Swift",
        hint: "give it as text, with `-r`")
    }
    return digits
  }

  func text(_ value: Double) -> String {
    if value.isNaN { return "Double.nan" }
    return value.isInfinite ? "\(value < 0 ? "-" : "")Double.infinity" : PythonText.repr(value)
  }

  func text(_ text: String) -> String { Self.literal(text) }

  func text(foreign text: String) -> String { Self.literal(text) }

  func list(_ items: [YAMLValue]) throws -> String { "[\(try joined(items, in: items))]" }

  func dictionary(_ entries: [YAMLValue.Entry]) throws -> String {
    guard !entries.isEmpty else { return "[:]" }
    let type = Self.shared(entries.map(\.value))
    return "["
      + (try entries.map { "\(key($0.key)): \(try element($0.value, of: type))" }
        .joined(separator: ", "))
      + "]"
  }

  func comment(_ text: String) -> String { "// \(text)" }

  func assignment(of name: String, _ value: YAMLValue) throws -> String {
    let type = value == .none ? "String?" : Self.type(of: value)
    let isWord = Self.keywords.contains(name)
    return "let \(isWord ? "`\(name)`" : name): \(type) = \(try text(value))"
  }

  private func joined(_ items: [YAMLValue], in all: [YAMLValue]) throws -> String {
    let type = Self.shared(all)
    return try items.map { try element($0, of: type) }.joined(separator: ", ")
  }

  /// Among values of several types a collection needs its own.
  private func element(_ value: YAMLValue, of type: String) throws -> String {
    let literal = try text(value)
    guard type.hasPrefix("Any"), Self.isCollection(value) else { return literal }
    return "\(literal) as \(Self.type(of: value))"
  }

  private static func isCollection(_ value: YAMLValue) -> Bool {
    switch value {
    case .list, .map: true
    default: false
    }
  }

  private static func type(of value: YAMLValue) -> String {
    switch value {
    case .none: "Any?"
    case .bool: "Bool"
    case .int, .bigInt: "Int"
    case .float: "Double"
    case .string, .bytes, .date, .dateTime, .tuple, .set: "String"
    case .list(let items): "[\(shared(items))]"
    case .map(let entries): "[String: \(shared(entries.map(\.value)))]"
    }
  }

  /// The type that all values have, or one that holds any.
  private static func shared(_ values: [YAMLValue]) -> String {
    let types = Set(values.map { type(of: $0) })
    if types.count == 1, let only = types.first { return only }
    return values.contains(.none) ? "Any?" : "Any"
  }

  private static func literal(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\0": result += "\\0"
      case " "..."~": result.unicodeScalars.append(scalar)
      default: result += "\\u{\(String(scalar.value, radix: 16))}"
      }
    }
    return result + "\""
  }

  private static let keywords: Set<String> = [
    "as", "break", "case", "catch", "class", "continue", "default", "defer", "deinit", "do", "else",
    "enum", "extension", "fallthrough", "false", "fileprivate", "for", "func", "guard", "if",
    "import", "in", "init", "inout", "internal", "is", "let", "nil", "operator", "private",
    "protocol", "public", "repeat", "rethrows", "return", "self", "static", "struct", "subscript",
    "super", "switch", "throw", "throws", "true", "try", "typealias", "var", "where", "while",
  ]
}
