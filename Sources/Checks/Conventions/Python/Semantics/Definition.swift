import Python

/// A module, a class or a function, and whether others are meant to use it.
struct Definition {
  enum Kind {
    case module, topClass, nestedClass, function, nestedFunction, method
  }

  var kind: Kind
  var node: NodeID
  /// The place of what it is defined in.
  var parent: Int?
  /// Neither it nor anything around it begins with `_`, and `__all__`, if there is one, lists it.
  var isPublic: Bool

  /// In source order, the module first.
  static func all(in source: PythonSource) -> [Definition] {
    let tree = source.tree
    var found = [Definition(kind: .module, node: .module, isPublic: isPublicModule(source))]
    let exports = source.scopes.exports.map { Set($0.map(\.name)) }
    var open = [0]
    let nodes = (source.nodes(.classDef) + source.nodes(.functionDef)).sorted()
    for node in nodes {
      while let last = open.last, found[last].kind != .module,
        !tree.contains(found[last].node, node)
      {
        open.removeLast()
      }
      let parent = open.last ?? 0
      let isClass = tree.kind(node) == .classDef
      var definition = Definition(
        kind: kind(isClass, in: found[parent].kind), node: node, parent: parent, isPublic: false)
      if found[parent].isPublic { definition.isPublic = isPublic(definition, exports, source) }
      found.append(definition)
      open.append(found.count - 1)
    }
    return found
  }

  private static func kind(_ isClass: Bool, in parent: Kind) -> Kind {
    switch parent {
    case .module: isClass ? .topClass : .function
    case .topClass, .nestedClass: isClass ? .nestedClass : .method
    case .function, .nestedFunction, .method: isClass ? .nestedClass : .nestedFunction
    }
  }

  private static func isPublic(
    _ definition: Definition, _ exports: Set<String>?, _ source: PythonSource
  ) -> Bool {
    guard let token = source.tree.nameToken(of: definition.node) else { return false }
    let name = source.bytes[source.list.tokens[token].range]
    let isHidden = name.first == UInt8(ascii: "_")
    switch definition.kind {
    case .module: return true
    case .nestedFunction: return false
    case .topClass, .function:
      if isHidden { return false }
      return exports?.contains(String(decoding: name, as: UTF8.self)) ?? true
    case .nestedClass:
      // A class of a function is nobody's else.
      return !isHidden && !source.isInFunction(definition.node)
    case .method:
      if source.isSetter(definition.node) { return false }
      return !isHidden || isMagic(name)
    }
  }

  /// Whether no folder of a module, nor the module, begins with `_`.
  private static func isPublicModule(_ source: PythonSource) -> Bool {
    var parts = source.path.split(separator: "/")
    guard let last = parts.popLast() else { return true }
    parts.append(last.split(separator: ".").first ?? last)
    return parts.allSatisfy { $0.first != "_" || isMagic(Array($0.utf8)[...]) }
  }

  /// `__name__`
  static func isMagic(_ name: ArraySlice<UInt8>) -> Bool {
    name.starts(with: [0x5F, 0x5F]) && name.suffix(2).elementsEqual([0x5F, 0x5F])
  }
}
