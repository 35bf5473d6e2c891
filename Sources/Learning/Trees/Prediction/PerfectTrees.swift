/// Trees of few levels, padded to perfect ones: the children of node i are 2i + 1 and 2i + 2, so
/// that a step is one load of eight bytes, one of the cell, a comparison and an addition.
///
/// Cells are floats: XGBoost's own, or, for LightGBM's trees, data that is of floats anyway, with
/// bounds rounded down.
final class PerfectTrees {
  /// Deeper trees would be mostly padding.
  static let deepest = 8

  struct Node: BitwiseCopyable {
    var threshold: Float
    /// The feature times two, plus one where missing values go right.
    var feature: UInt32
  }

  let nodes: Memory<Node>
  let leaves: Memory<Double>
  /// For each tree where its nodes and leaves start, and its depth.
  let places: [(node: Int, leaf: Int, depth: Int)]

  /// - Returns: nil when a tree is too deep, or has nodes of other kinds.
  init?(_ model: BoostedModel) {
    var places: [(node: Int, leaf: Int, depth: Int)] = []
    var (nodeCount, leafCount) = (0, 0)
    for tree in model.trees {
      let depth = tree.depth
      let isPlain = tree.categorySets.isEmpty && !tree.missing.contains(.zero)
      guard depth <= Self.deepest, isPlain else { return nil }
      places.append((nodeCount, leafCount, depth))
      nodeCount += (1 << depth) - 1
      leafCount += 1 << depth
    }
    self.places = places
    nodes = Memory(count: nodeCount, filledWith: Node(threshold: .infinity, feature: 0))
    leaves = Memory(count: leafCount, filledWith: 0)
    for (index, tree) in model.trees.enumerated() {
      let weight = model.treeWeights.indices.contains(index) ? model.treeWeights[index] : 1
      place(tree, 0, at: 0, level: 0, in: places[index], model.flavour, weight)
    }
  }

  private func place(
    _ tree: DecisionTree, _ node: Int, at place: Int, level: Int,
    in start: (node: Int, leaf: Int, depth: Int), _ flavour: TreeFlavour, _ weight: Double
  ) {
    guard !tree.isLeaf(node) else {
      // All ways through the padding lead left.
      let first = ((place + 1) << (start.depth - level)) - (1 << start.depth)
      leaves.base[start.leaf + first] = tree.value[node] * weight
      return
    }
    let threshold = tree.threshold[node]
    var rounded = Float(threshold)
    var missingLeft = tree.defaultLeft[node]
    if flavour == .xgboost {
      rounded = rounded.nextDown
    } else {
      if Double(rounded) > threshold { rounded = rounded.nextDown }
      if tree.missing[node] == .none { missingLeft = 0 <= threshold }
    }
    nodes.base[start.node + place] = Node(
      threshold: rounded, feature: UInt32(tree.feature[node]) << 1 | (missingLeft ? 0 : 1))
    for (child, turn) in [(tree.left[node], 1), (tree.right[node], 2)] {
      self.place(
        tree, Int(child), at: 2 * place + turn, level: level + 1, in: start, flavour, weight)
    }
  }

  /// Adds the leaves of `count` rows to every `step`-th sum.
  @inline(__always)
  func add(
    tree: Int, hasMissing: Bool, cells: UnsafePointer<Float>, width: Int, count: Int,
    sums: UnsafeMutablePointer<Double>, step: Int
  ) {
    let start = places[tree]
    let nodes = UnsafePointer(nodes.base + start.node)
    let leaves = leaves.base + start.leaf
    let first = (1 << start.depth) - 1
    var row = 0
    while row &+ 8 <= count {
      let cell = cells + row &* width
      let sum = sums + row &* step
      if hasMissing {
        Self.eight(nodes, start.depth, first, leaves, cell, width, sum, step) {
          Self.nextWithMissing($0, $1, $2)
        }
      } else {
        Self.eight(nodes, start.depth, first, leaves, cell, width, sum, step) {
          Self.next($0, $1, $2)
        }
      }
      row &+= 8
    }
    while row < count {
      var place = 0
      for _ in 0..<start.depth {
        place = Self.nextWithMissing(nodes, place, cells + row &* width)
      }
      sums[row &* step] += leaves[place - first]
      row &+= 1
    }
  }

  @inline(__always)
  private static func eight(
    _ nodes: UnsafePointer<Node>, _ depth: Int, _ first: Int,
    _ leaves: UnsafePointer<Double>, _ cells: UnsafePointer<Float>, _ width: Int,
    _ sums: UnsafeMutablePointer<Double>, _ step: Int,
    _ next: (UnsafePointer<Node>, Int, UnsafePointer<Float>) -> Int
  ) {
    var (a, b, c, d, e, f, g, h) = (0, 0, 0, 0, 0, 0, 0, 0)
    let (c1, c2, c3) = (cells + width, cells + 2 &* width, cells + 3 &* width)
    let c4 = cells + 4 &* width
    let (c5, c6, c7) = (c4 + width, c4 + 2 &* width, c4 + 3 &* width)
    for _ in 0..<depth {
      a = next(nodes, a, cells)
      b = next(nodes, b, c1)
      c = next(nodes, c, c2)
      d = next(nodes, d, c3)
      e = next(nodes, e, c4)
      f = next(nodes, f, c5)
      g = next(nodes, g, c6)
      h = next(nodes, h, c7)
    }
    let leaves = leaves - first
    sums[0] += leaves[a]
    sums[step] += leaves[b]
    sums[2 &* step] += leaves[c]
    sums[3 &* step] += leaves[d]
    sums[4 &* step] += leaves[e]
    sums[5 &* step] += leaves[f]
    sums[6 &* step] += leaves[g]
    sums[7 &* step] += leaves[h]
  }

  @inline(__always)
  private static func next(
    _ nodes: UnsafePointer<Node>, _ place: Int, _ cells: UnsafePointer<Float>
  ) -> Int {
    let node = nodes[place]
    return 2 &* place &+ 1 &+ (cells[Int(node.feature &>> 1)] > node.threshold ? 1 : 0)
  }

  @inline(__always)
  private static func nextWithMissing(
    _ nodes: UnsafePointer<Node>, _ place: Int, _ cells: UnsafePointer<Float>
  ) -> Int {
    let node = nodes[place]
    let x = cells[Int(node.feature &>> 1)]
    let goesRight = x > node.threshold ? 1 : 0
    return 2 &* place &+ 1 &+ (x == x ? goesRight : Int(node.feature & 1))
  }
}
