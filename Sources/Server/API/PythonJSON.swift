import Formats

/// How Python's `json.dumps` writes a value in MLflow's messages: keys sorted, no spaces, ASCII only.
enum PythonJSON {
  static func text(_ value: JSONValue) -> String {
    let text = value.text(.compact, sortingKeys: true)
    guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
    return text.utf16.reduce(into: "") { result, unit in
      if unit < 0x80 {
        result.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
      } else {
        let digits = String(unit, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
  }

  /// What Python calls the type of a value.
  static func typeName(_ value: JSONValue) -> String {
    switch value {
    case .null: "NoneType"
    case .bool: "bool"
    case .int: "int"
    case .double: "float"
    case .string: "str"
    case .array: "list"
    case .object: "dict"
    }
  }
}
