import Formats
import Python

/// Reads types from annotations of Python.
enum AnnotationType {
  /// The type that a text names, as a forward reference or a comment has it.
  static func type(of text: String, depth: Int = 0) -> ParameterType {
    let tree = Tree(parsing: Array(text.utf8))
    guard tree.problems.isEmpty, let statement = tree.statements(of: .module).first,
      tree.kind(statement) == .expressionStatement, let value = tree.child(0, of: statement)
    else { return .any }
    return type(of: value, in: tree, depth: depth)
  }

  /// - Parameter depth: how many texts inside of texts have been read.
  static func type(of node: NodeID, in tree: Tree, depth: Int = 0) -> ParameterType {
    switch tree.kind(node) {
    case .noneConstant: return .none
    case .name, .attribute: return named(lastName(of: node, in: tree))
    case .string:
      guard depth < 3, let text = tree.stringValue(of: node) else { return .any }
      return type(of: text, depth: depth + 1)
    case .binaryOperation where tree.operation(of: node) == .bar:
      return union(tree.children(of: node).map { type(of: $0, in: tree, depth: depth) })
    case .subscriptExpression:
      guard let base = tree.child(0, of: node), let index = tree.child(1, of: node) else {
        return .any
      }
      let arguments = tree.kind(index) == .tuple ? Array(tree.children(of: index)) : [index]
      return generic(lastName(of: base, in: tree), arguments, in: tree, depth: depth)
    default: return .any
    }
  }

  /// `List` of `typing.List`.
  private static func lastName(of node: NodeID, in tree: Tree) -> String {
    let text = tree.text(node)
    return String(text.split(separator: ".").last ?? "")
  }

  private static func named(_ name: String) -> ParameterType {
    switch name {
    case "bool": .bool
    case "int": .int
    case "float": .float
    case "str": .string
    case "None", "NoneType": .none
    case "list", "List", "tuple", "Tuple", "Sequence", "Iterable", "Collection", "MutableSequence":
      .list(.any)
    case "dict", "Dict", "Mapping", "MutableMapping": .dictionary(.any)
    default: .any
    }
  }

  private static func generic(
    _ name: String, _ arguments: [NodeID], in tree: Tree, depth: Int
  ) -> ParameterType {
    let types = { arguments.map { type(of: $0, in: tree, depth: depth) } }
    switch name {
    case "Optional": return union(types() + [.none])
    case "Union": return union(types())
    case "Literal":
      let values = arguments.compactMap { PythonValue.value(of: $0, in: tree) }
      return values.count == arguments.count ? .choice(values) : .any
    case "Annotated", "Final", "ClassVar": return types().first ?? .any
    case "list", "List", "Sequence", "Iterable", "Collection", "MutableSequence":
      return .list(types().first ?? .any)
    case "dict", "Dict", "Mapping", "MutableMapping":
      return .dictionary(arguments.count == 2 ? types()[1] : .any)
    default: return named(name)
    }
  }

  private static func union(_ types: [ParameterType]) -> ParameterType {
    let flat = types.flatMap { type -> [ParameterType] in
      if case .union(let inner) = type { inner } else { [type] }
    }
    return flat.contains(.any) ? .any : flat.count == 1 ? flat[0] : .union(flat)
  }
}
