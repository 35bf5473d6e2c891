/// Writes values as PyYAML's `yaml.dump(value)` does, byte for byte.
///
/// It is what copier's `to_nice_yaml` prints, and so what stands in every answers file of copier, and what jupytext writes
/// about a notebook. Lists that a value holds twice are written twice, where PyYAML would write an alias.
package struct PythonYAMLWriter {
  package struct Options: Sendable {
    package var indent: Int
    package var width: Int
    /// False writes every collection in block style; nil writes those that hold only scalars in flow style.
    package var flowStyle: Bool?
    package var sortsKeys: Bool
    /// False writes what is not ASCII as escapes in double quotes, as PyYAML does when nobody says otherwise.
    package var allowsUnicode: Bool

    package init(
      indent: Int = 2, width: Int = 80, flowStyle: Bool? = false, sortsKeys: Bool = true,
      allowsUnicode: Bool = true
    ) {
      self.indent = indent
      self.width = width
      self.flowStyle = flowStyle
      self.sortsKeys = sortsKeys
      self.allowsUnicode = allowsUnicode
    }
  }

  private let options: Options
  private var out = ""
  private var column = 0
  /// Whether the last thing written was white space, and whether it was only indentation.
  private var isAtSpace = true
  private var isAtIndent = true
  private var indent = -1
  private var flowLevel = 0

  package static func text(_ value: YAMLValue, _ options: Options = Options()) -> String {
    var writer = PythonYAMLWriter(options)
    writer.node(value, isRoot: true)
    writer.endDocument(value)
    return writer.out
  }

  private init(_ options: Options) {
    var options = options
    if !(2...9).contains(options.indent) { options.indent = 2 }
    if options.width <= options.indent * 2 { options.width = 80 }
    self.options = options
  }

  private mutating func endDocument(_ value: YAMLValue) {
    if column > 0 { lineBreak() }
    switch value {
    case .list, .tuple, .map: return
    default: if isPlainRoot { put("...\n") }
    }
  }

  /// Whether the document is one plain scalar, which has to be closed.
  private var isPlainRoot = false
}

// MARK: - Collections

extension PythonYAMLWriter {
  private mutating func node(
    _ value: YAMLValue, isRoot: Bool = false, inMapping: Bool = false, isKey: Bool = false
  ) {
    switch value {
    case .list(let items):
      sequence(items, isFlow: isFlow(value), inMapping: inMapping)
    case .tuple(let items):
      // `!!python/tuple` is what PyYAML writes; templates mean a list.
      sequence(items, isFlow: isFlow(value), inMapping: inMapping)
    case .map(let pairs): mapping(sorted(pairs), isFlow: isFlow(value))
    default: scalar(value, isRoot: isRoot, isKey: isKey)
    }
  }

  private func sorted(_ pairs: [YAMLValue.Entry]) -> [YAMLValue.Entry] {
    guard options.sortsKeys else { return pairs }
    return pairs.sorted { a, b in
      switch (a.key, b.key) {
      case (.string(let a), .string(let b)):
        a.unicodeScalars.lexicographicallyPrecedes(b.unicodeScalars)
      case (.int(let a), .int(let b)): a < b
      default: false
      }
    }
  }

  private func isFlow(_ value: YAMLValue) -> Bool {
    if flowLevel > 0 { return true }
    if let style = options.flowStyle { return style }
    switch value {
    case .list(let items), .tuple(let items): return items.allSatisfy(isPlainScalar)
    case .map(let pairs): return pairs.allSatisfy { isPlainScalar($0.value) }
    default: return false
    }
  }

  /// PyYAML takes a collection for simple when none of its scalars needs quotes.
  private func isPlainScalar(_ value: YAMLValue) -> Bool {
    switch value {
    case .list, .tuple, .map: false
    default: true
    }
  }

  private mutating func sequence(_ items: [YAMLValue], isFlow: Bool, inMapping: Bool) {
    if items.isEmpty || isFlow { return flowSequence(items) }
    let isIndentless = inMapping && !isAtIndent
    let outer = indent
    if !isIndentless { indent = indent < 0 ? 0 : indent + options.indent }
    for item in items {
      startLine()
      indicator("-", needsSpace: true, isIndentation: true)
      node(item)
    }
    indent = outer
  }

  private mutating func mapping(_ pairs: [YAMLValue.Entry], isFlow: Bool) {
    if pairs.isEmpty || isFlow { return flowMapping(pairs) }
    let outer = indent
    indent = indent < 0 ? 0 : indent + options.indent
    for pair in pairs {
      startLine()
      if isSimpleKey(pair.key) {
        node(pair.key, isKey: true)
        indicator(":", needsSpace: false)
      } else {
        indicator("?", needsSpace: true, isIndentation: true)
        node(pair.key, inMapping: true)
        startLine()
        indicator(":", needsSpace: true, isIndentation: true)
      }
      node(pair.value, inMapping: true)
    }
    indent = outer
  }

  private mutating func flowSequence(_ items: [YAMLValue]) {
    indicator("[", needsSpace: true, isSpace: true)
    let outer = indent
    indent = indent < 0 ? options.indent : indent + options.indent
    flowLevel += 1
    for (place, item) in items.enumerated() {
      if place > 0 { indicator(",", needsSpace: false) }
      if column > options.width { startLine() }
      node(item)
    }
    indent = outer
    flowLevel -= 1
    indicator("]", needsSpace: false)
  }

  private mutating func flowMapping(_ pairs: [YAMLValue.Entry]) {
    indicator("{", needsSpace: true, isSpace: true)
    let outer = indent
    indent = indent < 0 ? options.indent : indent + options.indent
    flowLevel += 1
    for (place, pair) in pairs.enumerated() {
      if place > 0 { indicator(",", needsSpace: false) }
      if column > options.width { startLine() }
      if isSimpleKey(pair.key) {
        node(pair.key, isKey: true)
        indicator(":", needsSpace: false)
      } else {
        indicator("?", needsSpace: true)
        node(pair.key, inMapping: true)
        if column > options.width { startLine() }
        indicator(":", needsSpace: true)
      }
      node(pair.value, inMapping: true)
    }
    indent = outer
    flowLevel -= 1
    indicator("}", needsSpace: false)
  }

  private func isSimpleKey(_ key: YAMLValue) -> Bool {
    switch key {
    case .list(let items), .tuple(let items): return items.isEmpty
    case .map(let pairs): return pairs.isEmpty
    case .string(let text):
      let scalars = Array(text.unicodeScalars)
      // PyYAML counts the five characters of `!!str` too.
      return (1..<123).contains(scalars.count) && !scalars.contains(where: ScalarAnalysis.isBreak)
    default: return true
    }
  }
}

// MARK: - Scalars

extension PythonYAMLWriter {
  private mutating func scalar(_ value: YAMLValue, isRoot: Bool, isKey: Bool) {
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

// MARK: - Characters

extension PythonYAMLWriter {
  private mutating func put(_ text: String) {
    out += text
    column += text.unicodeScalars.count
  }

  private mutating func put(_ text: ArraySlice<Unicode.Scalar>) {
    out.unicodeScalars.append(contentsOf: text)
    column += text.count
  }

  private mutating func indicator(
    _ sign: String, needsSpace: Bool, isSpace: Bool = false, isIndentation: Bool = false
  ) {
    if !isAtSpace, needsSpace { put(" ") }
    put(sign)
    isAtSpace = isSpace
    isAtIndent = isAtIndent && isIndentation
  }

  private mutating func lineBreak(_ scalar: Unicode.Scalar = "\n") {
    isAtSpace = true
    isAtIndent = true
    column = 0
    out.unicodeScalars.append(scalar)
  }

  /// Goes to the column of the indentation, on a new line unless this one has nothing but indentation so far.
  private mutating func startLine() {
    let target = max(0, indent)
    if !isAtIndent || column > target || (column == target && !isAtSpace) { lineBreak() }
    if column < target {
      isAtSpace = true
      put(String(repeating: " ", count: target - column))
    }
  }
}
