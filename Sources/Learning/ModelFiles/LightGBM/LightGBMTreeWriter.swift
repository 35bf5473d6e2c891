/// Writes one tree as LightGBM does: inner nodes and leaves are counted apart.
struct LightGBMTreeWriter {
  private let tree: DecisionTree
  private let splits: [Int]
  private let leaves: [Int]

  init(_ tree: DecisionTree) {
    self.tree = tree
    splits = tree.left.indices.filter { !tree.isLeaf($0) }
    leaves = tree.left.indices.filter { tree.isLeaf($0) }
  }

  /// The lines of the tree, with the two empty ones that end it.
  func text(index: Int) -> String {
    let (left, right) = children()
    let (boundaries, words, sets) = categories()
    var lines = ["Tree=\(index)", "num_leaves=\(leaves.count)", "num_cat=\(sets.count)"]
    func add(_ key: String, _ values: [some CustomStringConvertible]) {
      lines.append("\(key)=" + values.map(\.description).joined(separator: " "))
    }
    add("split_feature", splits.map { tree.feature[$0] })
    add("split_gain", splits.map { number(tree.gain[$0]) })
    add("threshold", splits.map { sets[$0].map { "\($0)" } ?? number(tree.threshold[$0]) })
    add("decision_type", splits.map(decision))
    add("left_child", left)
    add("right_child", right)
    add("leaf_value", leaves.map { number(tree.value[$0]) })
    add("leaf_weight", leaves.map { number(tree.cover[$0]) })
    add("leaf_count", leaves.map { tree.count[$0] })
    add("internal_value", splits.map { number(tree.weight[$0]) })
    add("internal_weight", splits.map { number(tree.cover[$0]) })
    add("internal_count", splits.map { tree.count[$0] })
    if !sets.isEmpty {
      add("cat_boundaries", boundaries)
      add("cat_threshold", words)
    }
    lines.append("is_linear=0")
    lines.append("shrinkage=\(number(tree.shrinkage))")
    return lines.joined(separator: "\n") + "\n\n\n"
  }

  /// The fewest digits that read back the same; what is not finite is as LightGBM replaces it.
  private func number(_ value: Double) -> String {
    if value.isNaN { return "0" }
    if value.isInfinite { return value > 0 ? "1e+300" : "-1e+300" }
    return "\(value)"
  }

  private func children() -> (left: [Int], right: [Int]) {
    var numbers = [Int](repeating: 0, count: tree.nodeCount)
    for (number, node) in splits.enumerated() { numbers[node] = number }
    for (number, node) in leaves.enumerated() { numbers[node] = ~number }
    return (
      splits.map { numbers[Int(tree.left[$0])] }, splits.map { numbers[Int(tree.right[$0])] }
    )
  }

  private func decision(_ node: Int) -> Int {
    (tree.categorySet[node] >= 0 ? 1 : 0) | (tree.defaultLeft[node] ? 2 : 0)
      | Int(tree.missing[node].rawValue) << 2
  }

  /// Each set as bits, 32 to a word; a set's number by its node.
  private func categories() -> (boundaries: [Int], words: [UInt32], sets: [Int: Int]) {
    var boundaries = [0]
    var words: [UInt32] = []
    var sets: [Int: Int] = [:]
    for node in splits where tree.categorySet[node] >= 0 {
      let listed = tree.categorySets[Int(tree.categorySet[node])].filter { $0 >= 0 }
      var bits = [UInt32](repeating: 0, count: Int(listed.max() ?? 0) / 32 + 1)
      for category in listed { bits[Int(category) / 32] |= 1 << UInt32(category % 32) }
      words += bits
      boundaries.append(words.count)
      sets[node] = boundaries.count - 2
    }
    return (boundaries, words, sets)
  }
}
