/// The syntax tree of one Python file, or of as much of it as is Python.
///
/// The nodes lie in one array in source order, a node before its children, so that "every call of the file" is one pass
/// over the array, and the nodes inside a node are a range. A node's place in the source is a range of tokens.
///
/// ```swift
/// let tree = Tree(parsing: bytes)
/// for call in tree.nodes(.call) where tree.text(tree.function(of: call)) == "print" { … }
/// ```
package final class Tree: Sendable {
  package let list: TokenList
  let nodes: [Node]
  /// The operators of all comparisons; `Node.data` says where a comparison's begin.
  let comparisons: [CompareOperator]
  /// What is not Python, in source order; one for a logical line.
  package let problems: [SyntaxProblem]

  /// Parses a file. What is wrong with it is in ``problems``; nothing throws.
  package convenience init(parsing source: [UInt8]) {
    self.init(parsing: Tokenizer.tokenize(source))
  }

  package init(parsing list: TokenList) {
    let parsed = Parser.parse(list)
    self.list = list
    nodes = parsed.nodes
    comparisons = parsed.comparisons
    problems = parsed.problems
  }

  init(list: TokenList, nodes: [Node], comparisons: [CompareOperator], problems: [SyntaxProblem]) {
    self.list = list
    self.nodes = nodes
    self.comparisons = comparisons
    self.problems = problems
  }

  package var count: Int { nodes.count }
  package var source: [UInt8] { list.source }
  package var tokens: [Token] { list.tokens }

  @inline(__always)
  subscript(_ node: NodeID) -> Node { nodes[Int(node.index)] }

  package func kind(_ node: NodeID) -> NodeKind { self[node].kind }
  package func flags(_ node: NodeID) -> NodeFlags { self[node].flags }

  /// The node that holds this one; nil for the module.
  package func parent(of node: NodeID) -> NodeID? {
    node == .module ? nil : NodeID(self[node].parent)
  }

  /// The nodes around a node, the nearest first.
  package func ancestors(of node: NodeID) -> UnfoldSequence<NodeID, NodeID> {
    sequence(state: node) { node in
      guard let parent = self.parent(of: node) else { return nil }
      node = parent
      return parent
    }
  }

  /// The nodes inside a node, in source order, itself not among them.
  package func descendants(of node: NodeID) -> NodeRange {
    NodeRange(start: node.index + 1, end: self[node].end)
  }

  package func contains(_ outer: NodeID, _ inner: NodeID) -> Bool {
    inner.index > outer.index && inner.index < self[outer].end
  }

  /// Every node, in source order.
  package var all: NodeRange { NodeRange(start: 0, end: UInt32(truncatingIfNeeded: nodes.count)) }

  /// Every node of a kind, in source order.
  package func nodes(_ kind: NodeKind) -> [NodeID] {
    nodes(kind, in: all)
  }

  package func nodes(_ kind: NodeKind, in range: NodeRange) -> [NodeID] {
    nodes.withUnsafeBufferPointer { nodes in
      var found: [NodeID] = []
      for index in range.start..<range.end where nodes[Int(index)].kind == kind {
        found.append(NodeID(index))
      }
      return found
    }
  }

  package func children(of node: NodeID) -> NodeChildren {
    NodeChildren(tree: self, position: node.index + 1, end: self[node].end)
  }

  /// The child at a place, from 0.
  package func child(_ place: Int, of node: NodeID) -> NodeID? {
    var left = place
    for child in children(of: node) {
      if left == 0 { return child }
      left -= 1
    }
    return nil
  }

  package func lastChild(of node: NodeID) -> NodeID? {
    var last: NodeID?
    for child in children(of: node) { last = child }
    return last
  }

  // MARK: Places

  /// The indices of the tokens a node consists of, trivia between them included.
  package func tokenRange(of node: NodeID) -> Range<Int> {
    Int(self[node].firstToken)..<Int(self[node].endToken)
  }

  /// The bytes a node covers. A function or a class begins at its `def` or `class`, not at its decorators.
  package func range(of node: NodeID) -> Range<Int> {
    let tokens = tokenRange(of: node)
    guard !tokens.isEmpty else {
      let start = Int(list.tokens[tokens.lowerBound].start)
      return start..<start
    }
    let start = Int(list.tokens[tokens.lowerBound].start)
    return start..<max(start, Int(list.tokens[tokens.upperBound - 1].end))
  }

  /// The source of a node.
  package func text(_ node: NodeID) -> String {
    String(decoding: list.source[range(of: node)], as: UTF8.self)
  }

  package func text(token index: Int) -> String { list.text(list.tokens[index]) }

  /// The 1-based line and column, in characters, where a node begins.
  package func place(of node: NodeID) -> (line: Int, column: Int) {
    list.place(of: range(of: node).lowerBound)
  }

  package func line(of node: NodeID) -> Int { list.lines.line(of: range(of: node).lowerBound) }
}

/// Consecutive nodes, in source order.
package struct NodeRange: RandomAccessCollection, Sendable {
  var start: UInt32
  var end: UInt32
  package var startIndex: Int { Int(start) }
  package var endIndex: Int { Int(Swift.max(start, end)) }
  package subscript(position: Int) -> NodeID { NodeID(position) }
}

/// The children of a node, in source order.
package struct NodeChildren: Sequence, IteratorProtocol, Sendable {
  let tree: Tree
  var position: UInt32
  let end: UInt32

  package mutating func next() -> NodeID? {
    guard position < end else { return nil }
    let node = NodeID(position)
    position = tree[node].end
    return node
  }
}
