import Python

/// Small questions about names that several checks ask.
extension PythonSource {
  /// Whether a node is written so.
  func spells(_ node: NodeID, _ text: StaticString) -> Bool {
    let range = tree.range(of: node)
    guard range.count == text.utf8CodeUnitCount else { return false }
    return bytes[range].elementsEqual(
      UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// The full name of an expression that an import or a builtin explains.
  func qualifiedName(_ expression: NodeID) -> String? { scopes.qualifiedName(of: expression) }

  func isBuiltin(_ expression: NodeID, _ name: StaticString) -> Bool {
    guard tree.kind(expression) == .name || tree.kind(expression) == .attribute,
      bytes[tree.range(of: expression)].suffix(name.utf8CodeUnitCount).elementsEqual(
        UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    else { return false }
    return qualifiedName(expression) == "builtins.\(name)"
  }

  /// Whether an expression is a name of `typing`, or of `typing_extensions`.
  func isTyping(_ expression: NodeID, _ name: StaticString) -> Bool {
    guard let full = qualifiedName(expression) else { return false }
    return full == "typing.\(name)" || full == "typing_extensions.\(name)"
  }

  /// The called function of a call, the expression itself otherwise.
  func callee(_ expression: NodeID) -> NodeID {
    tree.kind(expression) == .call ? tree.function(of: expression) : expression
  }

  /// The expressions behind `@`.
  func decorators(of definition: NodeID) -> [NodeID] {
    tree.decorators(of: definition).compactMap { tree.operand(of: $0) }
  }

  func isOverload(_ function: NodeID) -> Bool {
    decorators(of: function).contains { isTyping($0, "overload") }
  }

  func isOverride(_ function: NodeID) -> Bool {
    decorators(of: function).contains { isTyping($0, "override") }
  }

  func isStaticMethod(_ function: NodeID) -> Bool {
    decorators(of: function).contains { isBuiltin($0, "staticmethod") }
  }

  func isClassMethod(_ function: NodeID) -> Bool {
    decorators(of: function).contains { isBuiltin($0, "classmethod") }
  }

  func isProperty(_ function: NodeID) -> Bool {
    decorators(of: function).contains { decorator in
      switch qualifiedName(callee(decorator)) {
      case "builtins.property", "enum.property", "functools.cached_property",
        "abc.abstractproperty", "types.DynamicClassAttribute":
        true
      default: false
      }
    }
  }

  /// `@name.setter` or `@name.deleter`
  func isSetter(_ function: NodeID) -> Bool {
    decorators(of: function).contains { decorator in
      guard tree.kind(decorator) == .attribute, let parts = tree.dottedName(of: decorator),
        parts.count == 2
      else { return false }
      return (parts[1] == "setter" || parts[1] == "deleter")
        && parts[0] == tree.name(of: function)
    }
  }

  /// The function, class, lambda or comprehension that a node is directly in; the module otherwise.
  func scopeNode(around node: NodeID) -> NodeID {
    for ancestor in tree.ancestors(of: node) {
      switch tree.kind(ancestor) {
      case .functionDef, .classDef, .lambda, .listComprehension, .setComprehension,
        .dictComprehension, .generator:
        return ancestor
      default: break
      }
    }
    return .module
  }

  /// Whether what is defined is in a function, or in a class in one.
  func isInFunction(_ definition: NodeID) -> Bool {
    for ancestor in tree.ancestors(of: definition) {
      switch tree.kind(ancestor) {
      case .functionDef: return true
      case .classDef: return false
      default: break
      }
    }
    return false
  }

  /// What a method is by its decorators and its name.
  enum MethodKind { case function, method, classMethod, staticMethod, new }

  func methodKind(of function: NodeID) -> MethodKind {
    guard tree.kind(scopeNode(around: function)) == .classDef else { return .function }
    for decorator in decorators(of: function) {
      let name = qualifiedName(callee(decorator))
      if name == "builtins.staticmethod" || name == "abc.abstractstaticmethod" {
        return .staticMethod
      }
    }
    for decorator in decorators(of: function) {
      let name = qualifiedName(callee(decorator))
      if name == "builtins.classmethod" || name == "abc.abstractclassmethod" { return .classMethod }
    }
    switch tree.name(of: function) {
    case "__new__": return .new
    case "__init_subclass__", "__class_getitem__": return .classMethod
    default: return .method
    }
  }

  /// Where a definition's name stands.
  func nameRange(of definition: NodeID) -> Range<Int> {
    tree.nameToken(of: definition).map { list.tokens[$0].range } ?? tree.range(of: definition)
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// `_`, `__`, `_name`, but not `__name__` nor `name_`: what is meant to be unused.
  func isDummy(_ name: String) -> Bool {
    guard name.utf8.first == UInt8(ascii: "_") else { return false }
    return name.utf8.last != UInt8(ascii: "_")
      || name.utf8.allSatisfy { $0 == UInt8(ascii: "_") }
  }
}
