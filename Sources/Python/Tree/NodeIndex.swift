/// The nodes of a tree sorted by kind, so that several questions about kinds cost one walk.
package struct NodeIndex: Sendable {
  private let nodes: [NodeID]
  /// Where each kind begins; one more than there are kinds.
  private let starts: [Int]

  package init(_ tree: Tree) {
    (nodes, starts) = tree.nodes.withUnsafeBufferPointer { nodes in
      var starts = Array(repeating: 0, count: NodeKind.allCases.count + 1)
      starts.withUnsafeMutableBufferPointer { starts in
        for node in nodes { starts[Int(node.kind.rawValue) + 1] += 1 }
        for kind in 1..<starts.count { starts[kind] += starts[kind - 1] }
      }
      var places = starts
      let sorted = Array<NodeID>(unsafeUninitializedCapacity: nodes.count) { buffer, count in
        places.withUnsafeMutableBufferPointer { places in
          guard let base = buffer.baseAddress else { return }
          for index in nodes.indices {
            let kind = Int(nodes[index].kind.rawValue)
            (base + places[kind]).initialize(to: NodeID(index))
            places[kind] += 1
          }
        }
        count = nodes.count
      }
      return (sorted, starts)
    }
  }

  /// The nodes of a kind, in source order.
  package subscript(kind: NodeKind) -> ArraySlice<NodeID> {
    nodes[starts[Int(kind.rawValue)]..<starts[Int(kind.rawValue) + 1]]
  }
}
