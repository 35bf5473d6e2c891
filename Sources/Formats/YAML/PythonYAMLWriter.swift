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

  let options: Options
  private var out = ""
  var column = 0
  /// Whether the last thing written was white space, and whether it was only indentation.
  var isAtSpace = true
  var isAtIndent = true
  var indent = -1
  var flowLevel = 0

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
  var isPlainRoot = false
}

// MARK: - Characters

extension PythonYAMLWriter {
  mutating func put(_ text: String) {
    out += text
    column += text.unicodeScalars.count
  }

  mutating func put(_ text: ArraySlice<Unicode.Scalar>) {
    out.unicodeScalars.append(contentsOf: text)
    column += text.count
  }

  mutating func indicator(
    _ sign: String, needsSpace: Bool, isSpace: Bool = false, isIndentation: Bool = false
  ) {
    if !isAtSpace, needsSpace { put(" ") }
    put(sign)
    isAtSpace = isSpace
    isAtIndent = isAtIndent && isIndentation
  }

  mutating func lineBreak(_ scalar: Unicode.Scalar = "\n") {
    isAtSpace = true
    isAtIndent = true
    column = 0
    out.unicodeScalars.append(scalar)
  }

  /// Goes to the column of the indentation, on a new line unless this one has nothing but indentation so far.
  mutating func startLine() {
    let target = max(0, indent)
    if !isAtIndent || column > target || (column == target && !isAtSpace) { lineBreak() }
    if column < target {
      isAtSpace = true
      put(String(repeating: " ", count: target - column))
    }
  }
}
