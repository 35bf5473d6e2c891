import Platform
import Python

/// Whether the fields of docstrings in Sphinx's style are there, and true: parameters, results, exceptions.
struct SphinxDocstrings: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    for definition in source.documented where source.tree.kind(definition.node) == .functionDef {
      guard let node = source.tree.docstring(of: definition.node),
        let docstring = Docstring(node, of: definition, in: source), docstring.lines.count > 1,
        SphinxFields.isStyle(of: docstring)
      else { continue }
      check(docstring, source, report)
    }
  }

  private func check(
    _ docstring: Docstring, _ source: PythonSource, _ report: (PythonFinding) -> Void
  ) {
    let tree = source.tree
    let function = docstring.definition.node
    let fields = docstring.sphinxFields
    func tell(_ code: String, _ range: Range<Int>?, _ names: String = "") {
      report(
        PythonFinding(
          code, range ?? source.nameRange(of: function),
          ["names": names, "name": tree.name(of: function) ?? ""]))
    }
    checkParameters(docstring, fields, source, tell)
    guard !source.isStub(function) else { return }
    let flow = FunctionFlow(function, source)
    let isTold = fields.returns != nil || fields.returnType != nil
    if !isTold, source.isReturnWorthTelling(function, flow) { tell("missing-returns", nil) }
    // Sphinx has no field of its own for what is yielded; many write `:return:`.
    if !isTold, fields.yields == nil, source.isYieldWorthTelling(function, flow) {
      tell("missing-yields", nil)
    }
    for name in flow.raised where name.last != "NotImplementedError" {
      let isKnown = fields.exceptions.contains {
        $0.name.split(separator: ".").last.map(String.init) == name.last
      }
      if !isKnown { tell("missing-raises", nil, name.last ?? "") }
    }
    guard !source.isAbstract(function) else { return }
    if let range = fields.returns, flow.valued == 0, flow.yields == 0 {
      tell("extra-returns", range)
    }
    if let range = fields.yields, flow.yields == 0 { tell("extra-yields", range) }
  }

  private func checkParameters(
    _ docstring: Docstring, _ fields: SphinxFields, _ source: PythonSource,
    _ tell: (String, Range<Int>?, String) -> Void
  ) {
    let tree = source.tree
    let function = docstring.definition.node
    var names: [String] = []
    var isOpen = false
    var skipsFirst =
      docstring.definition.kind == .method && !source.isStaticMethod(function)
    for parameter in tree.parameters(of: function) {
      let name = tree.name(of: parameter) ?? ""
      if tree.parameterKind(of: parameter) == .variadicKeyword { isOpen = true }
      if skipsFirst {
        skipsFirst = false
        continue
      }
      names.append(name)
    }
    var seen: Set<String> = []
    for (name, range) in fields.parameters {
      if !seen.insert(name).inserted {
        tell("repeated", range, name)
      } else if !names.contains(name), !isOpen {
        tell("unknown", range, name)
      }
    }
    let missing = names.filter { !seen.contains($0) && !$0.hasPrefix("_") }
    guard !fields.parameters.isEmpty, !missing.isEmpty else { return }
    tell("missing-params", nil, missing.joined(separator: ", "))
  }
}
