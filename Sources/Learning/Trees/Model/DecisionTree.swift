/// A binary tree of decisions as flat arrays, one element for each node; node 0 is the root.
///
/// It holds what both libraries write into their files, so that a tree can be read from either,
/// written to either and explained without loss. What a threshold and a set of categories mean is
/// the ``TreeFlavour``'s affair.
package struct DecisionTree: Sendable, Hashable {
  /// The left child of each node; -1 at leaves.
  package var left: [Int32]
  /// The right child of each node; -1 at leaves.
  package var right: [Int32]
  /// The parent of each node; -1 at the root.
  package var parent: [Int32]
  /// The feature that is looked at; -1 at leaves.
  package var feature: [Int32]
  /// The number that is compared with; 0 at leaves and at nodes with categories. For XGBoost's
  /// trees it is a `Float`'s value.
  package var threshold: [Double]
  /// Whether missing values go left.
  package var defaultLeft: [Bool]
  package var missing: [MissingRule]
  /// The place in ``categorySets`` of the node's set; -1 where numbers are compared.
  package var categorySet: [Int32]
  /// The listed categories of each node that has some, in ascending order.
  package var categorySets: [[Int32]]
  /// What a leaf adds to the margin, learning rate included; 0 elsewhere.
  package var value: [Double]
  /// What a node would answer were it a leaf: `base_weights` of XGBoost (without the learning rate
  /// except at leaves), `internal_value` of LightGBM (with it).
  package var weight: [Double]
  /// How much the split lowered the loss: `loss_changes`, `split_gain`; 0 at leaves.
  package var gain: [Double]
  /// The sum of the training rows' second derivatives: `sum_hessian`, `internal_weight`.
  package var cover: [Double]
  /// The number of training rows, each counted once; 0 where a file does not say.
  package var count: [Int]
  /// The learning rate that is in the leaves.
  package var shrinkage: Double

  /// A tree that is one leaf.
  package init(leaf value: Double, cover: Double = 0, count: Int = 0, shrinkage: Double = 1) {
    left = [-1]
    right = [-1]
    parent = [-1]
    feature = [-1]
    threshold = [0]
    defaultLeft = [false]
    missing = [.nan]
    categorySet = [-1]
    categorySets = []
    self.value = [value]
    weight = [value]
    gain = [0]
    self.cover = [cover]
    self.count = [count]
    self.shrinkage = shrinkage
  }
}

extension DecisionTree {
  package var nodeCount: Int { left.count }
  package var leafCount: Int { left.count { $0 < 0 } }
  package func isLeaf(_ node: Int) -> Bool { left[node] < 0 }

  /// The edges from the root to the deepest leaf.
  package var depth: Int {
    var depths = [Int](repeating: 0, count: nodeCount)
    var deepest = 0
    // A parent may stand behind its children in a file, so walk down rather than along.
    var open = [0]
    while let node = open.popLast() {
      deepest = max(deepest, depths[node])
      guard !isLeaf(node) else { continue }
      for child in [Int(left[node]), Int(right[node])] {
        depths[child] = depths[node] + 1
        open.append(child)
      }
    }
    return deepest
  }

  /// Adds a leaf and returns its number.
  package mutating func appendLeaf(parent node: Int) -> Int {
    left.append(-1)
    right.append(-1)
    parent.append(Int32(node))
    feature.append(-1)
    threshold.append(0)
    defaultLeft.append(false)
    missing.append(.nan)
    categorySet.append(-1)
    value.append(0)
    weight.append(0)
    gain.append(0)
    cover.append(0)
    count.append(0)
    return left.count - 1
  }
}
