import Python

/// The nodes of a tree sorted by kind, so that checks of different kinds do not each walk the whole tree.
struct NodeIndex {
  private let nodes: [NodeID]
  /// Where each kind begins; one more than there are kinds.
  private let starts: [Int]

  init(_ tree: Tree) {
    let all = tree.all
    var starts = Array(repeating: 0, count: NodeKind.allCases.count + 1)
    for node in all { starts[Int(tree.kind(node).rawValue) + 1] += 1 }
    for kind in 1..<starts.count { starts[kind] += starts[kind - 1] }
    var places = starts
    nodes = Array(unsafeUninitializedCapacity: all.count) { buffer, count in
      for node in all {
        let kind = Int(tree.kind(node).rawValue)
        (buffer.baseAddress! + places[kind]).initialize(to: node)
        places[kind] += 1
      }
      count = all.count
    }
    self.starts = starts
  }

  subscript(kind: NodeKind) -> ArraySlice<NodeID> {
    nodes[starts[Int(kind.rawValue)]..<starts[Int(kind.rawValue) + 1]]
  }
}
