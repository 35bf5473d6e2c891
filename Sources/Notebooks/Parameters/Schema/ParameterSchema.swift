import Formats
import Python

/// Reads declarations of parameters from Python.
enum ParameterSchema {
  /// The names that a cell's top level assigns, in the order of their first assignment, each as its last one has it.
  static func parameters(in source: String) -> [NotebookParameter] {
    let tree = Tree(parsing: Array(CellMagics.masked(source).utf8))
    var found: [NotebookParameter] = []
    for statement in tree.statements(of: .module) {
      for parameter in parameters(of: statement, in: tree) {
        if let place = found.firstIndex(where: { $0.name.hasSameBytes(as: parameter.name) }) {
          found[place] = parameter
        } else {
          found.append(parameter)
        }
      }
    }
    return found
  }

  private static func parameters(of statement: NodeID, in tree: Tree) -> [NotebookParameter] {
    switch tree.kind(statement) {
    case .annotatedAssign:
      guard let target = tree.targets(of: statement).first else { return [] }
      let annotation = tree.annotation(of: statement)
      return parameter(
        target, tree.value(of: statement), annotation: annotation, of: statement, in: tree
      ).map { [$0] } ?? []
    case .assign:
      guard let value = tree.value(of: statement) else { return [] }
      return tree.targets(of: statement).flatMap { target -> [NotebookParameter] in
        if tree.kind(target) == .tuple, tree.kind(value) == .tuple {
          let names = Array(tree.children(of: target))
          let values = Array(tree.children(of: value))
          guard names.count == values.count else { return [] }
          return zip(names, values).compactMap {
            parameter($0, $1, annotation: nil, of: statement, in: tree)
          }
        }
        return parameter(target, value, annotation: nil, of: statement, in: tree).map { [$0] } ?? []
      }
    default: return []
    }
  }

  private static func parameter(
    _ target: NodeID, _ value: NodeID?, annotation: NodeID?, of statement: NodeID, in tree: Tree
  ) -> NotebookParameter? {
    guard tree.kind(target) == .name else { return nil }
    var comment = comment(behind: statement, in: tree)
    let typeComment = takeType(from: &comment)
    let literal = value.flatMap { PythonValue.value(of: $0, in: tree) }
    let declared =
      annotation.map { AnnotationType.type(of: $0, in: tree) }
      ?? typeComment.map { AnnotationType.type(of: $0) }
    let (range, help) = ParameterRange.split(comment: comment)
    return NotebookParameter(
      name: tree.text(target), type: declared ?? literal.map { type(of: $0) } ?? .any,
      isDeclared: declared != nil, range: range, defaultText: value.map { tree.text($0) },
      defaultValue: literal, help: help, line: tree.line(of: statement))
  }

  /// The type that a default suggests; nothing, for `None` and for what is empty.
  private static func type(of value: YAMLValue) -> ParameterType {
    switch value {
    case .bool: .bool
    case .int, .bigInt: .int
    case .float: .float
    case .string: .string
    case .list, .tuple: .list(.any)
    case .map: .dictionary(.any)
    default: .any
    }
  }

  /// The text of the comment on a statement's last line, without `#`.
  private static func comment(behind statement: NodeID, in tree: Tree) -> Substring {
    let end = tree.tokenRange(of: statement).upperBound
    for token in tree.tokens[end...].prefix(2) {
      switch token.kind {
      case .comment: return Substring(tree.list.text(token).dropFirst())
      case .newline, .lineBreak, .end: return ""
      default: continue
      }
    }
    return ""
  }

  /// Takes `type: T` from the beginning of a comment.
  private static func takeType(from comment: inout Substring) -> String? {
    let text = comment.drop { $0 == " " || $0 == "\t" }
    guard text.hasPrefix("type:") else { return nil }
    let rest = text.dropFirst(5).drop { $0 == " " || $0 == "\t" }
    let type = rest.prefix { !$0.isWhitespace }
    comment = rest.dropFirst(type.count)
    return type.isEmpty ? nil : String(type)
  }
}
