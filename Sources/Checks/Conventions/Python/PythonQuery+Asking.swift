import Python

extension PythonQuery {
  /// Whether a node answers the question.
  ///
  /// - Parameter captures: gets the texts of a pattern's holes.
  func matches(
    _ node: NodeID, _ source: PythonSource, _ captures: inout [String: String]
  ) -> Bool {
    let tree = source.tree
    func name(_ node: NodeID, _ patterns: [NamePattern]) -> Bool {
      guard let name = source.name(of: node) else { return false }
      return patterns.contains { $0.matches(name) }
    }
    switch self {
    case .call(let patterns):
      return tree.kind(node) == .call && name(tree.function(of: node), patterns)
    case .lacks(let keywords):
      guard tree.kind(node) == .call else { return false }
      return tree.keywordArguments(of: node).allSatisfy { argument in
        tree.name(of: argument).map { !keywords.contains($0) } ?? false
      }
    case .keyword(let keyword, let query):
      guard tree.kind(node) == .call, let argument = tree.argument(keyword, of: node) else {
        return false
      }
      let value =
        tree.kind(argument) == .keyword ? tree.child(0, of: argument) ?? argument : argument
      return query.matches(value, source, &captures)
    case .argument(let place, let query):
      guard tree.kind(node) == .call else { return false }
      let arguments = tree.positionalArguments(of: node)
      guard let place else {
        return arguments.contains { query.matches($0, source, &captures) }
      }
      return place < arguments.count && query.matches(arguments[place], source, &captures)
    case .name(let patterns): return tree.kind(node) == .name && name(node, patterns)
    case .attribute(let patterns): return tree.kind(node) == .attribute && name(node, patterns)
    case .importing(let patterns): return imports(node, tree, patterns)
    case .definition(let query):
      return tree.kind(node) == .functionDef && query.matches(node, source)
    case .classDefinition(let query):
      return tree.kind(node) == .classDef && query.matches(node, source)
    case .except(let patterns):
      guard tree.kind(node) == .exceptHandler else { return false }
      guard let type = tree.exceptionType(of: node) else { return patterns.isEmpty }
      if tree.kind(type) == .tuple {
        return tree.children(of: type).contains { name($0, patterns) }
      }
      return name(type, patterns)
    case .defaultValue(let query):
      guard tree.kind(node) == .parameter, let value = tree.defaultValue(of: node) else {
        return false
      }
      return query.matches(value, source, &captures)
    case .compare(let operators, let query):
      return compares(node, source, operators, query, &captures)
    case .string(let query):
      return tree.stringValue(of: node).map { query.matches($0, source.matchers) } ?? false
    case .decorator(let patterns):
      guard tree.kind(node) == .decorator, let value = tree.child(0, of: node) else { return false }
      return name(tree.kind(value) == .call ? tree.function(of: value) : value, patterns)
    case .kind(let kinds): return kinds.contains(tree.kind(node))
    case .pattern(let pattern): return pattern.matches(node, tree, &captures)
    case .all(let queries):
      for query in queries where !query.matches(node, source, &captures) { return false }
      return true
    case .any(let queries): return queries.contains { $0.matches(node, source, &captures) }
    case .not(let query):
      var unused = captures
      return !query.matches(node, source, &unused)
    case .inside(let query):
      return tree.ancestors(of: node).contains { query.matches($0, source, &captures) }
    case .has(let query):
      return tree.descendants(of: node).contains { query.matches($0, source, &captures) }
    case .follows(let query):
      return precedingStatements(node, tree).contains { statement in
        query.matches(statement, source, &captures)
          || tree.descendants(of: statement).contains { query.matches($0, source, &captures) }
      }
    }
  }

  private func imports(_ node: NodeID, _ tree: Tree, _ patterns: [NamePattern]) -> Bool {
    switch tree.kind(node) {
    case .importStatement:
      return tree.aliases(of: node).contains { alias in
        patterns.contains { $0.matches(tree.importedName(of: alias)) }
      }
    case .importFrom:
      let dots = String(repeating: ".", count: tree.importLevel(of: node))
      let module = dots + (tree.importModule(of: node) ?? "")
      return patterns.contains { $0.matches(module) }
        || tree.aliases(of: node).contains { alias in
          patterns.contains { $0.matches(module + "." + tree.importedName(of: alias)) }
        }
    default: return false
    }
  }

  private func compares(
    _ node: NodeID, _ source: PythonSource, _ operators: [String], _ query: PythonQuery?,
    _ captures: inout [String: String]
  ) -> Bool {
    let tree = source.tree
    guard tree.kind(node) == .compare else { return false }
    let sides = Array(tree.children(of: node))
    for (index, sign) in tree.compareOperators(of: node).enumerated() {
      guard operators.isEmpty || operators.contains(sign.text), index + 1 < sides.count else {
        continue
      }
      guard let query else { return true }
      if query.matches(sides[index], source, &captures)
        || query.matches(sides[index + 1], source, &captures)
      {
        return true
      }
    }
    return false
  }

  private func precedingStatements(_ node: NodeID, _ tree: Tree) -> [NodeID] {
    var statement = node
    while let parent = tree.parent(of: statement) {
      if tree.kind(parent) == .suite || tree.kind(parent) == .module {
        return tree.children(of: parent).filter { $0 < statement }
      }
      statement = parent
    }
    return []
  }
}

extension CompareOperator {
  var text: String {
    switch self {
    case .equal: "=="
    case .notEqual: "!="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .identical: "is"
    case .notIdentical: "is not"
    case .contained: "in"
    case .notContained: "not in"
    }
  }
}

extension DefinitionQuery {
  func matches(_ node: NodeID, _ source: PythonSource) -> Bool {
    let tree = source.tree
    let name = tree.name(of: node) ?? ""
    if let names, !names.contains(where: { $0.matches(name) }) { return false }
    if let isPublic, isPublic != Self.isPublic(node, tree) { return false }
    if let hasDocstring, hasDocstring != (tree.docstring(of: node) != nil) { return false }
    if let base {
      let bases = tree.bases(of: node).compactMap { source.name(of: $0) }
      if !bases.contains(where: { name in base.contains { $0.matches(name) } }) { return false }
    }
    if let returns, returns != (tree.returns(of: node) != nil) { return false }
    guard areTyped != nil || parameter != nil || minimum != nil else { return true }
    var parameters = tree.parameters(of: node)
    let isMethod = tree.parent(of: node).flatMap { tree.parent(of: $0) }.map {
      tree.kind($0) == .classDef
    }
    if isMethod == true, let first = parameters.first,
      ["self", "cls"].contains(tree.name(of: first))
    {
      parameters.removeFirst()
    }
    if let areTyped, areTyped != parameters.allSatisfy({ tree.annotation(of: $0) != nil }) {
      return false
    }
    if let minimum, parameters.count <= minimum { return false }
    guard let parameter else { return true }
    return parameters.contains { own in
      parameter.contains { $0.matches(tree.name(of: own) ?? "") }
    }
  }

  /// Whether a name and all around it are for others: none begins with `_`, save names such as `__init__`, and none is
  /// inside of a function.
  static func isPublic(_ node: NodeID, _ tree: Tree) -> Bool {
    func isPrivate(_ node: NodeID) -> Bool {
      guard let name = tree.name(of: node) else { return false }
      return name.hasPrefix("_") && !(name.hasPrefix("__") && name.hasSuffix("__"))
    }
    guard !isPrivate(node) else { return false }
    for outer in tree.ancestors(of: node) {
      switch tree.kind(outer) {
      case .functionDef, .lambda: return false
      case .classDef where isPrivate(outer): return false
      default: continue
      }
    }
    return true
  }
}
