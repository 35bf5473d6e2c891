/// Where the nodes of a tree stand in a picture: the root on the left, a column for each level, leaves
/// one below the other, every parent half way between its children.
struct TreeLayout {
  struct Place {
    var node: Int
    var level: Int
    /// Rows from the top; whole numbers for the nodes that end a branch.
    var row: Double
    /// Whether the node has children that are left out.
    var isCut: Bool
    /// The place of the parent among the places; nil for the root.
    var parent: Int?
    var isLeft: Bool
  }

  private(set) var places: [Place] = []
  private(set) var rows = 0
  private(set) var levels = 0

  /// - Parameters:
  ///   - depth: the levels that are shown below the root.
  ///   - leftIsUp: whether a node's left child stands above the right one.
  init(_ tree: DecisionTree, depth: Int, leftIsUp: (Int) -> Bool) {
    // Upper children first, so that rows are given from top to bottom.
    var open: [(node: Int, level: Int, parent: Int?, isLeft: Bool)] = [
      (0, 0, nil, true)
    ]
    while let (node, level, parent, isLeft) = open.popLast() {
      let isCut = !tree.isLeaf(node) && level >= depth
      places.append(
        Place(
          node: node, level: level, row: 0, isCut: isCut, parent: parent, isLeft: isLeft))
      levels = max(levels, level + 1)
      if tree.isLeaf(node) || isCut {
        places[places.count - 1].row = Double(rows)
        rows += 1
      } else {
        let place = places.count - 1
        let left = (Int(tree.left[node]), level + 1, place, true)
        let right = (Int(tree.right[node]), level + 1, place, false)
        open += leftIsUp(node) ? [right, left] : [left, right]
      }
    }
    // Children stand behind their parents, so they have their rows when the parent asks.
    var sums = [Double](repeating: 0, count: places.count)
    for index in places.indices.reversed() {
      if sums[index] > 0 || (!tree.isLeaf(places[index].node) && !places[index].isCut) {
        places[index].row = sums[index] / 2
      }
      if let parent = places[index].parent { sums[parent] += places[index].row }
    }
  }

  /// The deepest picture of a tree that ends in no more than some branches.
  static func depth(of tree: DecisionTree, branches: Int) -> Int {
    var level = [0]
    var (depth, ended) = (0, 0)
    while !level.isEmpty {
      let next = level.filter { !tree.isLeaf($0) }
        .flatMap { [Int(tree.left[$0]), Int(tree.right[$0])] }
      ended += level.count { tree.isLeaf($0) }
      if next.isEmpty || ended + next.count > branches { break }
      level = next
      depth += 1
    }
    return max(1, depth)
  }
}
