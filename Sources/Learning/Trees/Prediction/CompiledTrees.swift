/// All trees of a model in one array of nodes, made for walking down quickly.
///
/// Both libraries' comparisons become "go right when x > threshold": XGBoost's x < c is x <= the
/// float before c. Siblings stand side by side; a leaf is its own left child and sends everything
/// there, so that eight rows can walk down together and stop when none of them moves.
final class CompiledTrees {
  /// 16 bytes: four nodes to a cache line.
  struct Node: BitwiseCopyable {
    var threshold: Double
    var feature: Int32
    /// The left child's place, times two, plus one where missing values go right.
    var link: Int32
  }

  /// What nodes with categories, and those that take 0 for missing, need beside.
  struct Special: BitwiseCopyable {
    var isCategorical = false
    /// Whether listed categories go left.
    var listedLeft = false
    var zeroIsMissing = false
    /// Where the bits of the listed categories start, and how many words there are.
    var start: Int32 = 0
    var words: Int32 = 0
  }

  let nodes: Memory<Node>
  /// For each node what a leaf adds, the tree's weight included.
  let values: Memory<Double>
  let specials: Memory<Special>
  let bits: Memory<UInt64>
  /// The root of each tree.
  let roots: [Int]
  /// Whether each tree needs the general walk.
  let isSpecial: [Bool]
  let roundsToFloat: Bool

  init(_ model: BoostedModel) {
    let count = model.trees.reduce(0) { $0 + $1.nodeCount }
    nodes = Memory(count: count, filledWith: Node(threshold: .infinity, feature: 0, link: 0))
    values = Memory(count: count, filledWith: 0)
    specials = Memory(count: count, filledWith: Special())
    roundsToFloat = model.flavour == .xgboost
    var roots: [Int] = []
    var isSpecial: [Bool] = []
    var words: [UInt64] = []
    var start = 0
    for (index, tree) in model.trees.enumerated() {
      roots.append(start)
      let weight = model.treeWeights.indices.contains(index) ? model.treeWeights[index] : 1
      let places = Self.places(tree)
      var special = false
      for node in 0..<tree.nodeCount where places[node] >= 0 {
        let place = start + places[node]
        guard !tree.isLeaf(node) else {
          nodes.base[place].link = Int32(place) * 2
          values.base[place] = tree.value[node] * weight
          continue
        }
        let compiled = Self.compile(
          tree, node, flavour: model.flavour, left: start + places[Int(tree.left[node])],
          words: &words)
        nodes.base[place] = compiled.node
        specials.base[place] = compiled.special
        special = special || compiled.special.isCategorical || compiled.special.zeroIsMissing
      }
      isSpecial.append(special)
      start += tree.nodeCount
    }
    self.roots = roots
    self.isSpecial = isSpecial
    bits = Memory(count: words.count, filledWith: 0)
    for (index, word) in words.enumerated() { bits.base[index] = word }
  }

  /// Numbers the nodes so that siblings are neighbours, level by level.
  private static func places(_ tree: DecisionTree) -> [Int] {
    var places = [Int](repeating: -1, count: tree.nodeCount)
    places[0] = 0
    var open = [0]
    var next = 1
    var read = 0
    while read < open.count {
      let node = open[read]
      read += 1
      guard !tree.isLeaf(node) else { continue }
      for child in [Int(tree.left[node]), Int(tree.right[node])] {
        places[child] = next
        next += 1
        open.append(child)
      }
    }
    return places
  }

  private static func compile(
    _ tree: DecisionTree, _ node: Int, flavour: TreeFlavour, left: Int, words: inout [UInt64]
  ) -> (node: Node, special: Special) {
    var special = Special()
    var missingLeft = tree.defaultLeft[node]
    var threshold = tree.threshold[node]
    let set = Int(tree.categorySet[node])
    if set >= 0 {
      special.isCategorical = true
      special.listedLeft = flavour == .lightgbm
      special.start = Int32(words.count)
      let listed = tree.categorySets[set].filter { $0 >= 0 }
      let count = (Int(listed.max() ?? -1) + 64) / 64
      special.words = Int32(count)
      words += [UInt64](repeating: 0, count: count)
      for category in listed {
        words[Int(special.start) + Int(category) / 64] |= 1 << UInt64(category % 64)
      }
      if flavour == .lightgbm { missingLeft = false }
    } else if flavour == .xgboost {
      // No float is less than -infinity: NaN never compares, so nothing goes left.
      threshold = Double(Float(threshold).nextDown)
    } else {
      switch tree.missing[node] {
      case .none: missingLeft = 0 <= threshold
      case .zero: special.zeroIsMissing = true
      case .nan: break
      }
    }
    let link = Int32(left) * 2 + (missingLeft ? 0 : 1)
    return (Node(threshold: threshold, feature: tree.feature[node], link: link), special)
  }
}
