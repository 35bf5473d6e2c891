extension Tree {
  /// The decorators of a function or a class, `@` included.
  package func decorators(of node: NodeID) -> [NodeID] {
    children(of: node).prefix { kind($0) == .decorator }
  }

  /// The type parameters of a function, a class or a `type` statement.
  package func typeParameters(of node: NodeID) -> NodeID? {
    guard flags(node).contains(.hasTypeParameters) else { return nil }
    return children(of: node).first { kind($0) == .typeParameters }
  }

  /// The node that holds the parameters of a function or a lambda.
  package func parameterList(of node: NodeID) -> NodeID? {
    children(of: node).first { kind($0) == .parameters }
  }

  /// The parameters of a function or a lambda, in order.
  package func parameters(of node: NodeID) -> [NodeID] {
    parameterList(of: node).map { Array(children(of: $0)) } ?? []
  }

  package func parameterKind(of parameter: NodeID) -> ParameterKind {
    ParameterKind(rawValue: self[parameter].detail) ?? .positional
  }

  /// What stands behind the colon of a parameter, an assignment or a type parameter.
  package func annotation(of node: NodeID) -> NodeID? {
    guard flags(node).contains(.hasType) else { return nil }
    switch kind(node) {
    case .parameter, .typeVar: return child(0, of: node)
    case .annotatedAssign: return child(1, of: node)
    default: return nil
    }
  }

  /// The default of a parameter or a type parameter.
  package func defaultValue(of node: NodeID) -> NodeID? {
    flags(node).contains(.hasValue) ? lastChild(of: node) : nil
  }

  /// The type a function says it returns.
  package func returns(of function: NodeID) -> NodeID? {
    guard kind(function) == .functionDef, flags(function).contains(.hasType) else { return nil }
    var previous: NodeID?
    for child in children(of: function) {
      if kind(child) == .suite { return previous }
      previous = child
    }
    return nil
  }

  /// Whether a function, a loop, a `with` or a comprehension is `async`.
  package func isAsync(_ node: NodeID) -> Bool {
    switch kind(node) {
    case .functionDef, .forLoop, .with, .comprehension: flags(node).contains(.isMarked)
    default: false
    }
  }

  /// Whether an `if` is an `elif`.
  package func isElif(_ node: NodeID) -> Bool {
    kind(node) == .ifStatement && flags(node).contains(.isMarked)
  }

  /// The base classes of a class, unpacked ones among them.
  package func bases(of node: NodeID) -> [NodeID] {
    children(of: node).filter { kind($0).isExpression }
  }

  /// The string at the beginning of a module, a class or a function.
  package func docstring(of node: NodeID) -> NodeID? {
    let first =
      kind(node) == .module
      ? child(0, of: node) : body(of: node).flatMap { child(0, of: $0) }
    guard let first, kind(first) == .expressionStatement, let value = child(0, of: first),
      kind(value) == .string
    else { return nil }
    return value
  }

  /// Whether a string is the docstring of what it stands in.
  package func isDocstring(_ string: NodeID) -> Bool {
    guard kind(string) == .string, let statement = parent(of: string),
      kind(statement) == .expressionStatement, let block = parent(of: statement),
      statement.index == block.index + 1
    else { return false }
    if kind(block) == .module { return true }
    guard kind(block) == .suite, let owner = parent(of: block) else { return false }
    return kind(owner) == .functionDef || kind(owner) == .classDef
  }
}
