import Platform
import Python

/// B024: abstract classes in which nothing is abstract.
struct AbstractClasses: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let tree = source.tree
    for node in source.nodes(.classDef) where isAbstract(node, source) {
      let statements = tree.statements(of: node)
      let isMeant = statements.contains { statement in
        switch tree.kind(statement) {
        // A field without a value is one for others to give.
        case .annotatedAssign: !tree.flags(statement).contains(.hasValue)
        case .functionDef: isAbstractMethod(statement, source)
        default: false
        }
      }
      guard !isMeant, !statements.isEmpty else { continue }
      report(
        PythonFinding("B024", source.nameRange(of: node), ["name": tree.name(of: node) ?? ""]))
    }
  }

  /// Whether `ABC` is its only base, or `ABCMeta` what makes it.
  private func isAbstract(_ node: NodeID, _ source: PythonSource) -> Bool {
    let tree = source.tree
    let bases = tree.bases(of: node)
    let keywords = tree.keywordArguments(of: node)
    guard bases.count + keywords.count == 1 else { return false }
    if let base = bases.first { return source.qualifiedName(base) == "abc.ABC" }
    guard let metaclass = tree.argument("metaclass", of: node) else { return false }
    return source.qualifiedName(metaclass) == "abc.ABCMeta"
  }

  private func isAbstractMethod(_ function: NodeID, _ source: PythonSource) -> Bool {
    source.isAbstract(function)
  }
}

extension PythonSource {
  /// Whether subclasses have to define a method.
  func isAbstract(_ function: NodeID) -> Bool {
    decorators(of: function).contains { decorator in
      switch qualifiedName(callee(decorator)) {
      case "abc.abstractmethod", "abc.abstractproperty", "abc.abstractclassmethod",
        "abc.abstractstaticmethod":
        true
      default: false
      }
    }
  }
}
