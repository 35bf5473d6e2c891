/// A `meta.yaml` to be written: names with texts, numbers and nothing, as PyYAML reads them back.
struct MetaFile {
  enum Value {
    case text(String?)
    case whole(Int64?)
    /// An empty list.
    case noList
    case pairs([(key: String, value: String)])
  }

  private var lines: [(name: String, text: String)] = []

  mutating func add(_ name: String, _ value: Value) {
    let text =
      switch value {
      case .text(nil), .whole(nil): "null"
      case .text(let text?): Self.quoted(text)
      case .whole(let number?): String(number)
      case .noList: "[]"
      case .pairs(let pairs):
        "{"
          + pairs.map { Self.quoted($0.key) + ": " + Self.quoted($0.value) }
          .joined(separator: ", ") + "}"
      }
    lines.append((name, text))
  }

  /// In the order of the names, as MLflow writes them.
  var text: String {
    lines.sorted { $0.name < $1.name }.map { "\($0.name): \($0.text)\n" }.joined()
  }

  /// A text in double quotes. What YAML 1.1 does not let stand as it is (section 5.1 and line ends) is escaped.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22: result += "\\\""
      case 0x5C: result += "\\\\"
      case 0x0A: result += "\\n"
      case 0x0D: result += "\\r"
      case 0x09: result += "\\t"
      case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD,
        0x10000...0x10FFFF:
        result.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    return result + "\""
  }
}
