/// The four questions that pyflakes asked first.
///
/// Compared with ruff 0.17.5 finding by finding (line and code): all 81 of pandas and all 86 of scikit-learn are the
/// same, and of 2,770 of CPython 3.13's library all but 21. Those are on purpose: `__all__.extend` and `__all__.append`
/// export, and builtins newer than 3.10 are known. `Tests/Interop/PythonScopeInterop.swift` repeats it on a sample.
extension Scopes {
  /// Imports that nothing uses (F401), in source order.
  ///
  /// `import a as a`, what `__all__` lists, and `from __future__` are uses.
  package func unusedImports() -> [BindingID] {
    var found: [BindingID] = []
    // What a class imports becomes its attribute.
    for scope in scopes.indices where [.module, .function].contains(scopes[scope].kind) {
      for id in bindings(in: scope) {
        let binding = bindings[id]
        guard binding.isImport, binding.kind != .futureImport, !binding.isUsed,
          binding.flags.isDisjoint(with: [.isExplicitExport, .isGlobal, .isNonlocal])
        else { continue }
        found.append(id)
      }
    }
    return sorted(found)
  }

  /// Definitions that replace an import, a function or a class that nothing has used (F811), and what they replace.
  package func redefinitions() -> [(new: BindingID, old: BindingID)] {
    var found: [(new: BindingID, old: BindingID)] = []
    for scope in scopes.indices {
      for last in bindings(in: scope) {
        var current: BindingID? = last
        while let new = current {
          if let old = bindings[new].hidden, isRedefinition(new, of: old, inSameScope: false) {
            found.append((new, old))
          }
          current = bindings[new].shadowed
          if let old = current, isRedefinition(new, of: old, inSameScope: true) {
            found.append((new, old))
          }
        }
      }
    }
    return found.sorted { bindings[$0.new].range.lowerBound < bindings[$1.new].range.lowerBound }
  }

  private func isRedefinition(_ new: BindingID, of old: BindingID, inSameScope: Bool) -> Bool {
    let (binding, shadowed) = (bindings[new], bindings[old])
    guard binding.kind != .loopVariable, !shadowed.isUsed, redefines(binding, shadowed) else {
      return false
    }
    if inSameScope {
      if !shadowed.isImport, isDummy(shadowed.symbol) { return false }
      if shadowed.kind == .function, isOverload(shadowed.node) { return false }
    } else {
      guard shadowed.isImport else { return false }
    }
    return binding.branch == shadowed.branch
  }

  private func redefines(_ new: Binding, _ old: Binding) -> Bool {
    switch (new.kind, old.kind) {
    case (.moduleImport, .submoduleImport), (.fromImport, .submoduleImport),
      (.submoduleImport, .moduleImport), (.submoduleImport, .fromImport),
      (.submoduleImport, .submoduleImport):
      return Self.importedName(of: new.node, in: tree) == Self.importedName(of: old.node, in: tree)
    case (.deletion, _), (.conditionalDeletion, _), (.annotation, _), (.futureImport, _),
      (.builtin, _), (.unboundException, _), (.global, _), (.nonlocal, _):
      return false
    case (.assignment, .assignment), (.namedExpression, .assignment),
      (.matchCapture, .assignment), (.assignment, .matchCapture),
      (.namedExpression, .matchCapture), (.matchCapture, .matchCapture):
      return false
    case (_, .assignment), (_, .matchCapture), (_, .classDefinition), (_, .function),
      (_, .moduleImport), (_, .fromImport):
      return true
    default: return false
    }
  }

  private func isOverload(_ function: NodeID) -> Bool {
    tree.decorators(of: function).contains { decorator in
      guard let name = tree.operand(of: decorator).flatMap({ qualifiedName(of: $0) }) else {
        return false
      }
      return name == "typing.overload" || name == "typing_extensions.overload"
    }
  }

  /// Names that nothing binds (F821), in source order.
  package func undefinedNames() -> [ReferenceID] { unresolved }

  /// Variables of functions, and names of exceptions, that nothing reads (F841), in source order.
  ///
  /// A name that begins with an underscore is meant to be unused, and so is a variable beside others in an unpacking.
  package func unusedVariables() -> [BindingID] {
    var found: [BindingID] = []
    for (id, binding) in bindings.enumerated() where binding.kind == .exception {
      if !binding.isUsed, !isDummy(binding.symbol) { found.append(id) }
    }
    for scope in scopes.indices
    where scopes[scope].kind == .function || scopes[scope].kind == .lambda {
      guard !scopes[scope].usesLocals else { continue }
      for id in bindings(in: scope) {
        let binding = bindings[id]
        switch binding.kind {
        case .assignment, .namedExpression, .withVariable, .matchCapture: break
        default: continue
        }
        guard !binding.isUsed, !isDummy(binding.symbol),
          binding.flags.isDisjoint(with: [.isUnpacked, .isGlobal, .isNonlocal])
        else { continue }
        found.append(id)
      }
    }
    return sorted(found)
  }

  /// `_`, `__`, `_name`, but not `__name__`.
  private func isDummy(_ symbol: Symbol) -> Bool {
    let name = symbols.text(symbol).utf8
    guard name.first == UInt8(ascii: "_") else { return false }
    // Debuggers and pytest look at these.
    if name.count > 14, Self.markers.contains(symbols.text(symbol)) { return true }
    return name.last != UInt8(ascii: "_") || name.allSatisfy { $0 == UInt8(ascii: "_") }
  }

  private static let markers = [
    "__tracebackhide__", "__traceback_info__", "__traceback_supplement__", "__debuggerskip__",
  ]

  private func sorted(_ ids: [BindingID]) -> [BindingID] {
    ids.sorted { bindings[$0].range.lowerBound < bindings[$1].range.lowerBound }
  }
}
