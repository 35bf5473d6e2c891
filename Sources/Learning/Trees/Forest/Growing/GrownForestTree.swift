/// A tree while it grows, and the leaf of each row that it learnt from.
struct GrownForestTree {
  private(set) var nodes: [ForestTree.Node] = []
  private var left: [Int32] = []
  private var right: [Int32] = []
  /// The last rank that goes left, for walks of rows that are ranked.
  private var ranks: [UInt16] = []
  private var leaves: [(shares: [(label: Int32, value: Double)], weight: Double)] = []
  private var sets: [[UInt16]] = []
  /// Decreases of impurity, times weight, by feature.
  private(set) var importances: [Double]
  /// The node in which each row of the table ended; `.max` for rows that were not drawn.
  var leafOfRow: [UInt32]

  init(rowCount: Int, featureCount: Int) {
    importances = Array(repeating: 0, count: featureCount)
    leafOfRow = Array(repeating: .max, count: rowCount)
  }

  mutating func add() -> Int {
    nodes.append(.leaf(0))
    left.append(-1)
    right.append(-1)
    ranks.append(0)
    return nodes.count - 1
  }

  mutating func addLeaf(
    _ node: Int, _ shares: [(label: Int32, value: Double)], weight: Double
  ) {
    nodes[node] = .leaf(leaves.count)
    leaves.append((shares, weight))
  }

  mutating func split(
    _ node: Int, _ split: ForestSplit, left: Int, right: Int, features: [RankedFeature]
  ) {
    let feature = features[split.feature]
    if feature.isCategorical {
      nodes[node] = .categorical(
        feature: split.feature, set: sets.count, missingLeft: split.missingLeft)
      sets.append(split.categories)
    } else {
      // Only missing values go right, or else the gap between two ranks decides.
      let division =
        split.next.map { feature.division(after: split.rank, before: $0) }
        ?? (.infinity, feature.rankCount - 1)
      nodes[node] = .numeric(
        feature: split.feature, threshold: division.threshold, missingLeft: split.missingLeft)
      ranks[node] = UInt16(truncatingIfNeeded: division.lastRank)
    }
    self.left[node] = Int32(truncatingIfNeeded: left)
    self.right[node] = Int32(truncatingIfNeeded: right)
    importances[split.feature] += split.gain
  }

  /// Puts the nodes in preorder, and finds the leaf of every row that was not drawn.
  func finished(_ ranked: RankedMatrix, classes: Bool) -> FinishedForestTree {
    var tree = ForestTree()
    tree.nodes.reserveCapacity(nodes.count)
    var places = [Int32](repeating: 0, count: nodes.count)
    var waiting: [(node: Int, parent: Int)] = [(0, -1)]
    while let (node, parent) = waiting.popLast() {
      let place = tree.nodes.count
      if parent >= 0 { tree.nodes[parent].right = Int32(truncatingIfNeeded: place) }
      let old = nodes[node]
      if old.isLeaf {
        let grown = leaves[Int(old.right)]
        let leaf = tree.addLeaf(grown.shares, weight: grown.weight, classes: classes)
        tree.nodes.append(.leaf(leaf))
        places[node] = Int32(truncatingIfNeeded: leaf)
        continue
      }
      if old.isCategorical {
        let set = tree.addSet(sets[old.set].map(Int32.init))
        tree.nodes.append(
          .categorical(feature: old.feature, set: set, missingLeft: old.missingLeft))
      } else {
        tree.nodes.append(old)
      }
      waiting.append((Int(right[node]), place))
      // The left child comes next: no parent has to be told its place.
      waiting.append((Int(left[node]), -1))
    }
    return FinishedForestTree(
      tree: tree, leafOfRow: leaves(places, ranked), importances: importances)
  }

  /// The leaf of each row; those that were not drawn walk down the tree.
  private func leaves(_ places: [Int32], _ ranked: RankedMatrix) -> [UInt32] {
    nodes.withUnsafeBufferPointer { nodes in
      left.withUnsafeBufferPointer { left in
        right.withUnsafeBufferPointer { right in
          ranks.withUnsafeBufferPointer { ranks in
            leafOfRow.indices.map { row in
              var node = leafOfRow[row]
              if node != .max { return UInt32(truncatingIfNeeded: places[Int(node)]) }
              node = 0
              while !nodes[Int(node)].isLeaf {
                let here = nodes[Int(node)]
                let rank = ranked.columns.base[here.feature * ranked.columnStride + row]
                let goesLeft =
                  rank == RankedMatrix.missing
                  ? here.missingLeft
                  : here.isCategorical ? sets[here.set].contains(rank) : rank <= ranks[Int(node)]
                node = UInt32(truncatingIfNeeded: goesLeft ? left[Int(node)] : right[Int(node)])
              }
              return UInt32(truncatingIfNeeded: places[Int(node)]) | FinishedForestTree.outOfBag
            }
          }
        }
      }
    }
  }
}
