/// A node's place in its tree: nodes are numbered in source order, a node before its children.
package struct NodeID: Hashable, Comparable, Sendable {
  package var index: UInt32
  package init(_ index: UInt32) { self.index = index }
  package init(_ index: Int) { self.index = UInt32(truncatingIfNeeded: index) }

  package static func < (left: NodeID, right: NodeID) -> Bool { left.index < right.index }

  /// The whole file.
  package static let module = NodeID(0 as UInt32)
}

/// What is stored of a node; `Tree` reads it.
struct Node: Sendable {
  var kind: NodeKind
  var flags: NodeFlags
  /// An operator's `TokenKind`, a `ParameterKind`, a conversion's letter.
  var detail: UInt8
  var firstToken: UInt32
  /// The token behind the last.
  var endToken: UInt32
  var parent: UInt32
  /// The node behind the last that is inside this one.
  var end: UInt32
  /// A token or a count, as the kind says.
  var data: UInt32
}

/// How arguments reach a parameter.
package enum ParameterKind: UInt8, Sendable {
  case positionalOnly, positional, variadic, keywordOnly, variadicKeyword
}

/// What a comparison asks.
package enum CompareOperator: UInt8, Sendable {
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, identical, notIdentical
  case contained, notContained
}
