import Formats

/// Reads declarations of parameters from Swift.
enum SwiftParameters {
  /// The names that a cell's top level gives values, in their order.
  static func parameters(in source: String) -> [NotebookParameter] {
    let bytes = Array(source.utf8)
    return SwiftDeclaration.list(in: bytes).map { parameter($0, in: bytes) }
  }

  static func parameter(
    _ declaration: SwiftDeclaration, in bytes: [UInt8]
  ) -> NotebookParameter {
    let literal = declaration.literal(in: bytes)
    let (range, help) = ParameterRange.split(comment: declaration.comment)
    return NotebookParameter(
      name: declaration.name,
      type: declaration.type.map { type(of: $0) } ?? literal.map { type(of: $0) } ?? .any,
      isDeclared: declaration.type != nil, range: range,
      defaultText: String(decoding: bytes[declaration.value], as: UTF8.self),
      defaultValue: literal, help: help, line: declaration.line)
  }

  private static func type(of value: YAMLValue) -> ParameterType {
    switch value {
    case .bool: .bool
    case .int, .bigInt: .int
    case .float: .float
    case .string: .string
    case .list(let items): .list(shared(items))
    case .map(let entries): .dictionary(shared(entries.map(\.value)))
    default: .any
    }
  }

  private static func shared(_ values: [YAMLValue]) -> ParameterType {
    let types = Set(values.map { type(of: $0) })
    if types == [.int, .float] { return .float }
    return types.count == 1 ? types.first ?? .any : .any
  }

  /// - Parameter text: a type as Swift writes it.
  private static func type(of text: String, depth: Int = 0) -> ParameterType {
    guard depth < 16 else { return .any }
    let text = text.filter { !$0.isWhitespace }
    if text.hasSuffix("?") {
      let inner = type(of: String(text.dropLast()), depth: depth + 1)
      return inner == .any ? .any : .union([inner, .none])
    }
    if text.hasPrefix("["), text.hasSuffix("]") {
      let inner = String(text.dropFirst().dropLast())
      if inner.hasPrefix("String:") {
        return .dictionary(type(of: String(inner.dropFirst(7)), depth: depth + 1))
      }
      return inner.contains(":") ? .any : .list(type(of: inner, depth: depth + 1))
    }
    switch text {
    case "Bool": return .bool
    case "Double", "Float", "Float32", "Float64": return .float
    case "String": return .string
    case "Int", "Int8", "Int16", "Int32", "Int64", "UInt", "UInt8", "UInt16", "UInt32", "UInt64":
      return .int
    default: return .any
    }
  }
}
