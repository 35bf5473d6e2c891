extension PythonText {
  /// `json.dumps` of a value: a space behind `,` and `:`, ASCII only.
  package static func json(_ value: JSONValue) -> String {
    switch value {
    case .null, .bool, .int: value.text()
    case .double(let number):
      number.isNaN
        ? "NaN" : number.isInfinite ? (number < 0 ? "-Infinity" : "Infinity") : repr(number)
    case .string(let text): json(text)
    case .array(let items): "[" + items.map(json).joined(separator: ", ") + "]"
    case .object(let members):
      "{" + members.map { json($0.key) + ": " + json($0.value) }.joined(separator: ", ") + "}"
    }
  }

  /// `json.dumps` of a `str`: double quotes, ASCII only.
  package static func json(_ text: String) -> String {
    var result = "\""
    for unit in text.utf16 {
      switch unit {
      case 0x22: result += "\\\""
      case 0x5C: result += "\\\\"
      case 0x0A: result += "\\n"
      case 0x0D: result += "\\r"
      case 0x09: result += "\\t"
      case 0x08: result += "\\b"
      case 0x0C: result += "\\f"
      case 0x20...0x7E: result.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
      default:
        let digits = String(unit, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    return result + "\""
  }
}
