import Platform
import Python

/// B006 and B008: defaults of parameters that all calls share.
struct Defaults: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let tree = source.tree
    for parameter in source.nodes(.parameter) where tree.flags(parameter).contains(.hasValue) {
      guard let value = tree.defaultValue(of: parameter), mayMatter(value, tree),
        let function = tree.parent(of: parameter).flatMap({ tree.parent(of: $0) }),
        tree.kind(function) == .functionDef || tree.kind(function) == .lambda
      else { continue }
      if let type = tree.annotation(of: parameter), isImmutable(type, source) { continue }
      if tree.kind(function) == .functionDef, isMutable(value, source) {
        let range = tree.range(of: value)
        report(
          PythonFinding(
            "B006", range, ["name": tree.name(of: parameter) ?? ""],
            fix: fix(parameter, value, function, source)))
      }
      checkCalls(value, source, report)
    }
  }

  /// Whether a default is, or holds, anything but names and constants.
  private func mayMatter(_ value: NodeID, _ tree: Tree) -> Bool {
    switch tree.kind(value) {
    case .noneConstant, .trueConstant, .falseConstant, .number, .string, .name, .bytes: false
    default: true
    }
  }

  private func isMutable(_ value: NodeID, _ source: PythonSource) -> Bool {
    switch source.tree.kind(value) {
    case .list, .dict, .set, .listComprehension, .dictComprehension, .setComprehension: return true
    case .call:
      var function = source.tree.function(of: value)
      if source.tree.kind(function) == .subscriptExpression {
        function = source.tree.operand(of: function) ?? function
      }
      return makesMutable(function, source)
    default: return false
    }
  }

  private func makesMutable(_ function: NodeID, _ source: PythonSource) -> Bool {
    source.qualifiedName(function).map(Self.mutable.contains) ?? false
  }

  private func checkCalls(
    _ value: NodeID, _ source: PythonSource, _ report: (PythonFinding) -> Void
  ) {
    let tree = source.tree
    var index = value.index
    let end = tree.descendants(of: value).endIndex
    while Int(index) < end {
      let node = NodeID(index)
      if tree.kind(node) == .lambda {
        index = UInt32(max(Int(index) + 1, tree.descendants(of: node).endIndex))
        continue
      }
      if tree.kind(node) == .call {
        let function = tree.function(of: node)
        var plain = function
        if tree.kind(function) == .subscriptExpression { plain = tree.operand(of: function)! }
        let name = source.qualifiedName(plain)
        if !makesMutable(function, source), !(name.map(Self.constant.contains) ?? false),
          !isNewType(function, source)
        {
          report(PythonFinding("B008", tree.range(of: node), ["name": tree.text(function)]))
        }
      }
      index += 1
    }
  }

  /// `UserId = NewType("UserId", int)` makes what cannot change.
  private func isNewType(_ function: NodeID, _ source: PythonSource) -> Bool {
    let tree = source.tree
    guard tree.kind(function) == .name, let id = source.scopes.binding(of: function),
      source.scopes.bindings[id].kind == .assignment,
      case let statement = source.scopes.bindings[id].statement, tree.kind(statement) == .assign,
      let value = tree.value(of: statement), tree.kind(value) == .call,
      source.isTyping(tree.function(of: value), "NewType"),
      let type = tree.positionalArguments(of: value).dropFirst().first
    else { return false }
    return isImmutable(type, source)
  }

  // MARK: Types

  private func isImmutable(_ type: NodeID, _ source: PythonSource) -> Bool {
    let tree = source.tree
    switch tree.kind(type) {
    case .noneConstant: return true
    case .name, .attribute:
      guard let name = source.qualifiedName(type) else { return false }
      return Self.immutable.contains(name) || Self.immutableGenerics.contains(name)
    case .subscriptExpression:
      guard let value = tree.child(0, of: type), let index = tree.child(1, of: type),
        let name = source.qualifiedName(value)
      else { return false }
      if Self.immutableGenerics.contains(name) { return true }
      switch name {
      case "typing.Union":
        return tree.kind(index) == .tuple
          && tree.children(of: index).allSatisfy { isImmutable($0, source) }
      case "typing.Optional": return isImmutable(index, source)
      case "typing.Annotated", "typing_extensions.Annotated":
        return tree.kind(index) == .tuple
          && tree.child(0, of: index).map { isImmutable($0, source) } == true
      default: return false
      }
    case .binaryOperation:
      guard tree.operation(of: type) == .bar, let left = tree.child(0, of: type),
        let right = tree.child(1, of: type)
      else { return false }
      return isImmutable(left, source) && isImmutable(right, source)
    default: return false
    }
  }

  private static let mutable: Set<String> = [
    "builtins.dict", "builtins.list", "builtins.set", "collections.Counter",
    "collections.OrderedDict", "collections.defaultdict", "collections.deque",
  ]

  /// Functions whose results cannot change.
  private static let constant: Set<String> = [
    "datetime.date", "datetime.datetime", "datetime.time", "datetime.timedelta",
    "datetime.timezone", "datetime.tzinfo", "decimal.Decimal", "fractions.Fraction",
    "operator.attrgetter", "operator.itemgetter", "operator.methodcaller", "pathlib.Path",
    "types.MappingProxyType", "re.compile", "builtins.bool", "builtins.bytes", "builtins.complex",
    "builtins.float", "builtins.frozenset", "builtins.int", "builtins.range", "builtins.str",
    "builtins.tuple", "builtins.slice", "builtins.frozendict",
  ]

  private static let immutable: Set<String> = [
    "collections.abc.Sized", "typing.LiteralString", "typing.Sized", "builtins.bool",
    "builtins.bytes", "builtins.complex", "builtins.float", "builtins.int", "builtins.object",
    "builtins.range", "builtins.str",
  ]

  private static let immutableGenerics: Set<String> = Set(
    ["frozenset", "tuple", "frozendict"].map { "builtins." + $0 }
      + [
        "ByteString", "Collection", "Container", "Iterable", "Mapping", "Reversible", "Sequence",
        "Set",
      ].map { "collections.abc." + $0 }
      + [
        "AbstractSet", "ByteString", "Callable", "Collection", "Container", "FrozenSet",
        "Iterable", "Literal", "Mapping", "Never", "NoReturn", "Reversible", "Sequence", "Tuple",
      ].map { "typing." + $0 })
}
