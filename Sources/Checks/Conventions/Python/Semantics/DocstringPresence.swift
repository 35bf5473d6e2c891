import Platform
import Python

/// D100 to D107: public modules, classes and functions without a docstring.
struct DocstringPresence: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let tree = source.tree
    for definition in source.documented where definition.isPublic {
      guard tree.docstring(of: definition.node) == nil,
        let code = code(definition, source)
      else { continue }
      let range = definition.kind == .module ? 0..<0 : source.nameRange(of: definition.node)
      report(PythonFinding(code, range, ["name": tree.name(of: definition.node) ?? ""]))
    }
  }

  private func code(_ definition: Definition, _ source: PythonSource) -> String? {
    switch definition.kind {
    case .module:
      if source.isNotebook { return nil }
      return source.isPackage ? "D104" : "D100"
    case .topClass: return "D101"
    case .nestedClass: return "D106"
    case .function, .nestedFunction: return source.isOverload(definition.node) ? nil : "D103"
    case .method:
      if source.isOverload(definition.node) || source.isOverride(definition.node) { return nil }
      switch source.tree.name(of: definition.node) ?? "" {
      case "__init__": return "D107"
      case "__new__", "__call__": return "D102"
      case let name: return Definition.isMagic(Array(name.utf8)[...]) ? "D105" : "D102"
      }
    }
  }
}
