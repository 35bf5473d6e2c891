import Platform
import Python

/// ANN001 to ANN206: functions without types.
struct TypeHints: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let tree = source.tree
    var overloaded: String?
    for definition in source.documented {
      guard tree.kind(definition.node) == .functionDef else {
        overloaded = nil
        continue
      }
      let isOverload = source.isOverload(definition.node)
      let name = tree.name(of: definition.node) ?? ""
      // What implements overloads has their types.
      if isOverload || overloaded != name { check(definition, name, source, report) }
      overloaded = isOverload ? name : nil
    }
  }

  private func check(
    _ definition: Definition, _ name: String, _ source: PythonSource,
    _ report: (PythonFinding) -> Void
  ) {
    let tree = source.tree
    let node = definition.node
    let isMethod = definition.kind == .method
    let isStatic = isMethod && source.isStaticMethod(node)
    var isFirst = isMethod && !isStatic
    for parameter in tree.parameters(of: node) {
      let code: String
      switch tree.parameterKind(of: parameter) {
      case .variadic: code = "ANN002"
      case .variadicKeyword: code = "ANN003"
      default:
        code = "ANN001"
        if isFirst {
          isFirst = false
          continue
        }
      }
      guard !tree.flags(parameter).contains(.hasType) else { continue }
      let range = source.nameRange(of: parameter)
      report(PythonFinding(code, range, ["name": source.text(range)]))
    }
    guard !tree.flags(node).contains(.hasType) else { return }
    let code: String
    if isMethod, source.isClassMethod(node) {
      code = "ANN206"
    } else if isStatic {
      code = "ANN205"
    } else if isMethod, Definition.isMagic(Array(name.utf8)[...]) {
      code = "ANN204"
    } else {
      code = definition.isPublic ? "ANN201" : "ANN202"
    }
    report(
      PythonFinding(
        code, source.nameRange(of: node), ["name": name],
        fix: name == "__init__" && code == "ANN204" ? fix(node, source) : nil))
  }

  /// `__init__` returns nothing.
  private func fix(_ node: NodeID, _ source: PythonSource) -> Fix? {
    guard let body = source.tree.body(of: node) else { return nil }
    let end = source.tree.tokenRange(of: body).lowerBound
    let start = source.tree.nameToken(of: node) ?? end
    for token in (start..<end).reversed()
    where source.tree.tokens[token].kind == .rightParenthesis {
      let place = source.tree.tokens[token].range.upperBound
      return Fix(isSafe: false, [Fix.Edit(place..<place, " -> None")])
    }
    return nil
  }
}
