/// The hot loop of prediction: rows walk down a tree.
struct ForestWalk {
  let tree: ForestTree

  init(_ tree: ForestTree) { self.tree = tree }

  /// Adds what the tree says of `count` rows.
  ///
  /// - Parameter cells: row after row, `width` of each.
  func add(
    _ cells: UnsafePointer<Double>, width: Int, count: Int, to sums: UnsafeMutablePointer<Double>,
    outputs: Int
  ) {
    tree.nodes.withUnsafeBufferPointer { nodes in
      guard let nodes = nodes.baseAddress else { return }
      var row = 0
      // Four rows walk at once, so that the processor has four loads to wait for.
      while row &+ 4 <= count {
        let first = cells + row &* width
        var (a, b, c, d) = (0, 0, 0, 0)
        while true {
          let a1 = next(nodes, a, first)
          let b1 = next(nodes, b, first + width)
          let c1 = next(nodes, c, first + 2 &* width)
          let d1 = next(nodes, d, first + 3 &* width)
          if (a1 ^ a) | (b1 ^ b) | (c1 ^ c) | (d1 ^ d) == 0 { break }
          (a, b, c, d) = (a1, b1, c1, d1)
        }
        let target = sums + row &* outputs
        addLeaf(nodes[a], target)
        addLeaf(nodes[b], target + outputs)
        addLeaf(nodes[c], target + 2 &* outputs)
        addLeaf(nodes[d], target + 3 &* outputs)
        row &+= 4
      }
      while row < count {
        var node = 0
        while !nodes[node].isLeaf { node = next(nodes, node, cells + row &* width) }
        addLeaf(nodes[node], sums + row &* outputs)
        row &+= 1
      }
    }
  }

  /// The child that a row goes to; a leaf again.
  @inline(__always)
  private func next(
    _ nodes: UnsafePointer<ForestTree.Node>, _ index: Int, _ cells: UnsafePointer<Double>
  ) -> Int {
    let node = nodes[index]
    if node.isLeaf { return index }
    let x = cells[node.feature]
    if node.isCategorical || x != x { return special(node, index, x) }
    return x <= node.threshold ? index &+ 1 : Int(node.right)
  }

  private func special(_ node: ForestTree.Node, _ index: Int, _ x: Double) -> Int {
    tree.goesLeft(node, x) ? index + 1 : Int(node.right)
  }

  @inline(__always)
  private func addLeaf(_ node: ForestTree.Node, _ sums: UnsafeMutablePointer<Double>) {
    for entry in tree.entries(ofLeaf: Int(node.right)) {
      sums[Int(tree.leafLabels[entry])] += tree.leafValues[entry]
    }
  }
}
