import Formats

/// A parameter as papermill's `--help-notebook` finds it in the source of the cell tagged `parameters`.
///
/// Only lines are looked at, so that the list is papermill's own; what a parameter really is, see
/// ``NotebookParameter``.
package struct ListedParameter: Sendable, Hashable {
  package var name: String
  /// An annotation, or the type of a `type:` comment; `None` when there is neither.
  package var type: String
  /// The text behind the `=`, up to the first `#`.
  package var defaultText: String
  package var help: String

  /// The parameters of a cell, in its order.
  ///
  /// - Parameter skip: is told of each line that papermill gives up on because it has two `=`, from 1.
  package static func list(
    in source: String, skip: (_ line: Int, _ text: String) -> Void = { _, _ in }
  ) -> [ListedParameter] {
    var definitions: [String] = []
    var group: [[Unicode.Scalar]] = []
    for (index, text) in PythonLines.splitWithoutEnds(source).enumerated() {
      let line = Array(text.unicodeScalars)
      let stripped = strip(line[...])
      guard let first = stripped.first, first != "#" else { continue }
      let equals = line.count { $0 == "=" }
      if equals > 0 {
        definitions.append(flat(group))
        group = []
        if equals > 1 {
          skip(index + 1, text)
          continue
        }
      }
      group.append(line)
    }
    definitions.append(flat(group))
    return definitions.compactMap { ListedParameter(definition: Array($0.unicodeScalars)) }
  }

  /// The lines of a definition as one. Comments go, but for the last line's.
  private static func flat(_ lines: [[Unicode.Scalar]]) -> String {
    var view = String.UnicodeScalarView()
    for (index, line) in lines.enumerated() {
      let end = index < lines.count - 1 ? line.firstIndex(of: "#") ?? line.count : line.count
      view.append(contentsOf: strip(line[..<end]))
    }
    return String(view)
  }

  /// `NAME [: annotation] = value [# [type: T] help]`.
  private init?(definition text: [Unicode.Scalar]) {
    var rest = text[...]
    let target = rest.prefix { Self.isWord($0) }
    guard !target.isEmpty else { return nil }
    rest = Self.dropSpace(rest.dropFirst(target.count))
    var annotation: ArraySlice<Unicode.Scalar> = []
    if rest.first == ":" {
      rest = Self.dropSpace(rest.dropFirst())
      if Self.isQuote(rest.first) { rest.removeFirst() }
      guard let first = rest.first, Self.isWord(first) else { return nil }
      annotation = rest.prefix {
        Self.isWord($0) || $0.isPythonSpace || "[],".unicodeScalars.contains($0)
      }
      rest = rest.dropFirst(annotation.count)
      if Self.isQuote(rest.first) { rest = Self.dropSpace(rest.dropFirst()) }
    }
    guard rest.first == "=" else { return nil }
    rest = Self.dropSpace(rest.dropFirst())
    let value = rest.prefix { $0 != "#" }
    var comment = Self.dropSpace(rest.dropFirst(value.count).dropFirst())
    var typeComment: ArraySlice<Unicode.Scalar> = []
    if comment.starts(with: "type:".unicodeScalars) {
      comment = Self.dropSpace(comment.dropFirst(5))
      typeComment = comment.prefix { !$0.isPythonSpace }
      comment = comment.dropFirst(typeComment.count)
    }
    let type = annotation.isEmpty ? typeComment : annotation
    name = String(scalars: target)
    self.type = type.isEmpty ? "None" : String(scalars: Self.strip(type))
    defaultText = String(scalars: Self.strip(value))
    help = String(scalars: Self.strip(comment))
  }

  private static func isQuote(_ scalar: Unicode.Scalar?) -> Bool { scalar == "\"" || scalar == "'" }

  /// `\w` of Python's `re`: letters, what has a numeric value, `_`.
  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      return scalar == "_" || scalar.properties.isAlphabetic || ("0"..."9") ~= scalar
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      return true
    default: return scalar.properties.numericType != nil
    }
  }

  private static func dropSpace(_ text: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
    text.drop { $0.isPythonSpace }
  }

  private static func strip(_ text: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
    var rest = dropSpace(text)
    while let last = rest.last, last.isPythonSpace { rest.removeLast() }
    return rest
  }

  /// The line, or the two, of `--help-notebook`.
  var helpLines: String {
    let definition = "  \(name): \(type == "None" ? "Unknown type" : type) (default \(defaultText))"
    let width = definition.unicodeScalars.count
    if width > 30 {
      return help.isEmpty
        ? definition : "\(definition)\n\(String(repeating: " ", count: 34))\(help)"
    }
    return definition + String(repeating: " ", count: 34 - width) + help
  }
}
