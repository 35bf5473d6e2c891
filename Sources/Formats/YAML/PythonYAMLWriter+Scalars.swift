extension PythonYAMLWriter {
  mutating func scalar(_ value: YAMLValue, isRoot: Bool, isKey: Bool) {
    switch value {
    case .none: plain("null", splits: false, isRoot)
    case .bool(let value): plain(value ? "true" : "false", splits: false, isRoot)
    case .int(let value): plain(String(value), splits: false, isRoot)
    case .bigInt(let text): plain(text, splits: false, isRoot)
    case .float(let value): plain(Self.text(value), splits: false, isRoot)
    case .string(let text):
      string(text, isRoot: isRoot, isKey: isKey)
    case .date, .dateTime, .bytes, .set: plain(value.pythonText, splits: false, isRoot)
    case .list, .tuple, .map: break
    }
  }

  /// A float as PyYAML writes it: Python's digits, with a point before an exponent.
  private static func text(_ value: Double) -> String {
    if value.isNaN { return ".nan" }
    if value.isInfinite { return value > 0 ? ".inf" : "-.inf" }
    let text = PythonText.repr(value).lowercased()
    guard !text.contains("."), let place = text.firstIndex(of: "e") else { return text }
    return text[..<place] + ".0" + text[place...]
  }

  private mutating func string(_ text: String, isRoot: Bool, isKey: Bool) {
    let scalars = Array(text.unicodeScalars)
    let analysis = ScalarAnalysis(scalars, allowsUnicode: options.allowsUnicode)
    let allowsPlain = flowLevel > 0 ? analysis.allowsFlowPlain : analysis.allowsBlockPlain
    let fitsKey = !(isKey && (analysis.isEmpty || analysis.isMultiline))
    // Where a text goes on in another line, it stands one level deeper.
    let outer = indent
    indent = indent < 0 ? options.indent : indent + options.indent
    defer { indent = outer }
    if allowsPlain, fitsKey, Self.isTextWhenPlain(text) {
      plain(text, splits: !isKey, isRoot)
    } else if analysis.allowsSingleQuotes, !(isKey && analysis.isMultiline) {
      singleQuoted(scalars, splits: !isKey)
    } else {
      doubleQuoted(scalars, splits: !isKey)
    }
  }

  /// Whether the text without quotes is read as text: not as a number, a date, a truth value, nothing.
  private static func isTextWhenPlain(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    // No other type starts with another sign than these.
    let mayBeElse =
      ("0"..."9").contains(first) || "-+.~=<nNtTfFyYoO".unicodeScalars.contains(first)
    guard mayBeElse else { return true }
    if case .string = try? YAMLValue(parsing: text) { return true }
    return false
  }

  private mutating func plain(_ text: String, splits: Bool, _ isRoot: Bool) {
    if isRoot { isPlainRoot = true }
    let scalars = Array(text.unicodeScalars)
    guard !scalars.isEmpty else { return }
    if !isAtSpace { put(" ") }
    isAtSpace = false
    isAtIndent = false
    var start = 0
    var inSpaces = false
    for end in 0...scalars.count {
      let scalar = end < scalars.count ? scalars[end] : nil
      if inSpaces {
        if scalar != " " {
          if start + 1 == end, column > options.width, splits {
            startLine()
            isAtSpace = false
            isAtIndent = false
          } else {
            put(scalars[start..<end])
          }
          start = end
        }
      } else if scalar == nil || scalar == " " {
        put(scalars[start..<end])
        start = end
      }
      if let scalar { inSpaces = scalar == " " }
    }
  }

  private mutating func singleQuoted(_ text: [Unicode.Scalar], splits: Bool) {
    indicator("'", needsSpace: true)
    var start = 0
    var inSpaces = false
    var inBreaks = false
    for end in 0...text.count {
      let scalar = end < text.count ? text[end] : nil
      if inSpaces {
        if scalar != " " {
          if start + 1 == end, column > options.width, splits, start != 0, end != text.count {
            startLine()
          } else {
            put(text[start..<end])
          }
          start = end
        }
      } else if inBreaks {
        if scalar.map(ScalarAnalysis.isBreak) != true {
          if text[start] == "\n" { lineBreak() }
          for br in text[start..<end] { lineBreak(br) }
          startLine()
          start = end
        }
      } else if scalar == nil || scalar == " " || scalar == "'"
        || scalar.map(ScalarAnalysis.isBreak) == true
      {
        if start < end {
          put(text[start..<end])
          start = end
        }
      }
      if scalar == "'" {
        put("''")
        start = end + 1
      }
      if let scalar {
        inSpaces = scalar == " "
        inBreaks = ScalarAnalysis.isBreak(scalar)
      }
    }
    indicator("'", needsSpace: false)
  }

  private mutating func doubleQuoted(_ text: [Unicode.Scalar], splits: Bool) {
    indicator("\"", needsSpace: true)
    var start = 0
    for end in 0...text.count {
      let scalar = end < text.count ? text[end] : nil
      if scalar.map(needsEscape) != false {
        if start < end {
          put(text[start..<end])
          start = end
        }
        if let scalar {
          put(Self.escape(scalar))
          start = end + 1
        }
      }
      if end > 0, end < text.count - 1, scalar == " " || start >= end,
        column + (end - start) > options.width, splits
      {
        put(text[start..<max(start, end)])
        put("\\")
        if start < end { start = end }
        startLine()
        isAtSpace = false
        isAtIndent = false
        if text[start] == " " { put("\\") }
      }
    }
    indicator("\"", needsSpace: false)
  }

  private func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
    if !options.allowsUnicode, !scalar.isASCII { return true }
    return switch scalar.value {
    case 0x22, 0x5C, 0x85, 0x2028, 0x2029, 0xFEFF: true
    case 0x20...0x7E, 0xA0...0xD7FF, 0xE000...0xFFFD: false
    default: true
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let short: [UInt32: String] = [
      0: "0", 7: "a", 8: "b", 9: "t", 10: "n", 11: "v", 12: "f", 13: "r", 27: "e", 0x22: "\"",
      0x5C: "\\", 0x85: "N", 0xA0: "_", 0x2028: "L", 0x2029: "P",
    ]
    if let letter = short[scalar.value] { return "\\" + letter }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let (sign, width) =
      scalar.value <= 0xFF ? ("x", 2) : scalar.value <= 0xFFFF ? ("u", 4) : ("U", 8)
    return "\\" + sign + String(repeating: "0", count: width - digits.utf8.count) + digits
  }
}
