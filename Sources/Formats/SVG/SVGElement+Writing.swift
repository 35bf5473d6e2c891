extension SVGElement {
  /// The element as a file of its own: a line for each element, two spaces a level, a line end last.
  package var document: String {
    var lines = ""
    write(into: &lines, indent: "")
    return lines
  }

  private func write(into lines: inout String, indent: String) {
    lines += indent + "<" + name
    for attribute in attributes {
      lines += " \(attribute.name)=\"\(Self.escaped(attribute.value, inAttribute: true))\""
    }
    guard !content.isEmpty else {
      lines += "/>\n"
      return
    }
    lines += ">"
    // Spaces beside text would be shown, so an element with text stands on one line.
    let hasText = content.contains { if case .text = $0 { true } else { false } }
    if !hasText { lines += "\n" }
    for part in content {
      switch part {
      case .text(let text): lines += Self.escaped(text, inAttribute: false)
      case .element(let child) where hasText:
        var inner = ""
        child.write(into: &inner, indent: "")
        lines += inner.dropLast()
      case .element(let child): child.write(into: &lines, indent: indent + "  ")
      }
    }
    lines += (hasText ? "" : indent) + "</\(name)>\n"
  }

  /// Text without what XML takes for its own, and without characters that XML 1.0 does not allow.
  static func escaped(_ text: String, inAttribute: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"" where inAttribute: result += "&quot;"
      case "\t", "\n", "\r":
        if inAttribute {
          result += "&#\(scalar.value);"
        } else {
          result.unicodeScalars.append(scalar)
        }
      case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
        result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
