import Python

/// What a function returns, yields and raises by its own statements, for comparison with its docstring.
struct FunctionFlow {
  /// How many `return` there are.
  private(set) var returns = 0
  /// Those with a value.
  private(set) var valued = 0
  /// Those with a value that is not `None`.
  private(set) var useful = 0
  private(set) var yields = 0
  private(set) var usefulYields = 0
  /// The full names of what is raised, each once, in their order.
  private(set) var raised: [[String]] = []

  init(_ function: NodeID, _ source: PythonSource) {
    let tree = source.tree
    guard let body = tree.body(of: function) else { return }
    var names: Set<[String]> = []
    let end = UInt32(tree.descendants(of: body).endIndex)
    var index = body.index + 1
    while index < end {
      let node = NodeID(index)
      index += 1
      switch tree.kind(node) {
      case .functionDef, .classDef, .lambda:
        index = UInt32(tree.descendants(of: node).endIndex)
      case .returnStatement:
        returns += 1
        guard let value = tree.child(0, of: node) else { continue }
        valued += 1
        if tree.kind(value) != .noneConstant { useful += 1 }
      case .yield:
        yields += 1
        if let value = tree.child(0, of: node), tree.kind(value) != .noneConstant {
          usefulYields += 1
        }
      case .yieldFrom:
        yields += 1
        usefulYields += 1
      case .raise: names.formUnion(Self.exceptions(of: node, body, source))
      default: break
      }
    }
    raised = names.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// What a statement raises; without an expression it is what its handler is for.
  private static func exceptions(
    of statement: NodeID, _ body: NodeID, _ source: PythonSource
  ) -> [[String]] {
    let tree = source.tree
    if let value = tree.child(0, of: statement) {
      return name(of: source.callee(value), source).map { [$0] } ?? []
    }
    let handler = tree.ancestors(of: statement).first {
      tree.kind($0) == .exceptHandler || $0 == body
    }
    guard let handler, tree.kind(handler) == .exceptHandler,
      let type = tree.exceptionType(of: handler)
    else { return [] }
    let types = tree.kind(type) == .tuple ? Array(tree.children(of: type)) : [type]
    return types.compactMap { name(of: $0, source) }.filter { name in
      !(name.count == 2 && name[0] == "builtins" && Self.general.contains(name[1]))
    }
  }

  private static let general: Set<String> = [
    "BaseException", "Exception", "BaseExceptionGroup", "ExceptionGroup",
  ]

  /// The parts of the full name of a class: imported, built in, or of the file itself.
  private static func name(of expression: NodeID, _ source: PythonSource) -> [String]? {
    let tree = source.tree
    if let full = source.qualifiedName(expression) {
      return full.split(separator: ".").map(String.init)
    }
    guard let parts = tree.dottedName(of: expression) else { return nil }
    var first = expression
    while tree.kind(first) == .attribute { first = tree.operand(of: first) ?? first }
    guard tree.kind(first) == .name, let binding = source.scopes.binding(of: first) else {
      return nil
    }
    switch source.scopes.bindings[binding].kind {
    case .classDefinition, .function: return parts
    default: return nil
    }
  }
}

extension PythonSource {
  /// Whether a function does nothing yet: `pass`, `...`, a docstring, `raise NotImplementedError`.
  func isStub(_ function: NodeID) -> Bool {
    tree.statements(of: function).allSatisfy { statement in
      switch tree.kind(statement) {
      case .pass: return true
      case .expressionStatement:
        let value = tree.child(0, of: statement)
        return value.map { tree.kind($0) == .string || tree.kind($0) == .ellipsis } ?? false
      case .raise:
        guard let value = tree.child(0, of: statement) else { return false }
        let name = callee(value)
        return isBuiltin(name, "NotImplementedError") || isBuiltin(name, "NotImplemented")
      default: return false
      }
    }
  }

  /// What a generator's return type says that it yields and returns; nil when the type is no generator's.
  func generatorType(_ type: NodeID) -> (yields: NodeID?, returnsNothing: Bool)? {
    let isGeneric = tree.kind(type) == .subscriptExpression
    let base = isGeneric ? tree.operand(of: type) ?? type : type
    guard let name = qualifiedName(base)?.split(separator: "."), name.count >= 2,
      ["typing", "typing_extensions", "collections.abc"].contains(
        name.dropLast().joined(separator: "."))
    else { return nil }
    let isGenerator = name.last == "Generator" || name.last == "AsyncGenerator"
    guard isGenerator || Self.iterators.contains(String(name[name.count - 1])) else { return nil }
    guard isGeneric, let index = tree.child(1, of: type) else { return (nil, true) }
    guard isGenerator, tree.kind(index) == .tuple else { return (index, true) }
    let parts = Array(tree.children(of: index))
    return (parts.first, parts.count < 3 || tree.kind(parts[2]) == .noneConstant)
  }

  private static let iterators = ["Iterable", "AsyncIterable", "Iterator", "AsyncIterator"]

  /// Whether a function returns something that its docstring should tell of.
  func isReturnWorthTelling(_ function: NodeID, _ flow: FunctionFlow) -> Bool {
    guard flow.returns > 0, tree.name(of: function) != "__new__", !isProperty(function) else {
      return false
    }
    guard let type = tree.returns(of: function) else { return flow.useful > 0 }
    if tree.kind(type) == .noneConstant { return false }
    return flow.yields == 0 || generatorType(type)?.returnsNothing != true
  }

  /// Whether it yields something that its docstring should tell of.
  func isYieldWorthTelling(_ function: NodeID, _ flow: FunctionFlow) -> Bool {
    guard flow.yields > 0 else { return false }
    guard let type = tree.returns(of: function) else { return flow.usefulYields > 0 }
    guard let generator = generatorType(type) else { return true }
    return generator.yields.map { tree.kind($0) != .noneConstant } ?? false
  }
}
