/// Texts as Python writes them, for messages that MLflow's clients know.
enum PythonText {
  /// A text as `json.dumps` writes it: in double quotes, everything beyond ASCII escaped.
  static func json(_ text: String) -> String {
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
      default: result += "\\u" + hex(UInt32(unit), digits: 4)
      }
    }
    return result + "\""
  }

  /// A text as `repr` writes it: in single quotes unless it holds some and no double ones.
  static func repr(_ text: String) -> String {
    let quote: Unicode.Scalar = text.contains("'") && !text.contains("\"") ? "\"" : "'"
    var result = String.UnicodeScalarView([quote])
    for scalar in text.unicodeScalars {
      switch scalar {
      case quote, "\\": result.append(contentsOf: ["\\", scalar])
      case "\n": result.append(contentsOf: "\\n".unicodeScalars)
      case "\r": result.append(contentsOf: "\\r".unicodeScalars)
      case "\t": result.append(contentsOf: "\\t".unicodeScalars)
      default:
        if isPrintable(scalar) {
          result.append(scalar)
        } else {
          result.append(contentsOf: escape(scalar.value).unicodeScalars)
        }
      }
    }
    result.append(quote)
    return String(result)
  }

  /// A list of texts as `repr` writes it.
  static func repr(_ texts: [String]) -> String {
    "[" + texts.map { repr($0) }.joined(separator: ", ") + "]"
  }

  private static func escape(_ value: UInt32) -> String {
    switch value {
    case ...0xFF: "\\x" + hex(value, digits: 2)
    case ...0xFFFF: "\\u" + hex(value, digits: 4)
    default: "\\U" + hex(value, digits: 8)
    }
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      false
    case .spaceSeparator: scalar == " "
    default: true
    }
  }

  private static func hex(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }

  /// What `posixpath.normpath` makes of a path.
  static func normalPath(_ path: String) -> String {
    let isAbsolute = path.utf8.first == UInt8(ascii: "/")
    // Two slashes at the start, and no more, mean something of their own to POSIX.
    let start = !isAbsolute ? "" : path.hasPrefix("//") && !path.hasPrefix("///") ? "//" : "/"
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part != ".." || !isAbsolute && parts.isEmpty || parts.last == ".." {
        parts.append(part)
      } else {
        _ = parts.popLast()
      }
    }
    let joined = start + parts.joined(separator: "/")
    return joined.isEmpty ? "." : joined
  }
}
