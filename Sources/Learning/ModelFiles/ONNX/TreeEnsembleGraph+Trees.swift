import Platform

extension TreeEnsembleGraph {
  /// Adds a tree of a boosted model, with the same answer for every row of floats.
  ///
  /// XGBoost's comparisons are ONNX's; LightGBM's thresholds are rounded down, so that only a cell
  /// that is not a float can fall on the other side. A node with categories becomes a row of
  /// comparisons with each listed one, which share their child, as ONNX's runtimes expect it.
  ///
  /// - Parameter output: what its leaves add to.
  /// - Throws: ``Failure`` for what no float can hold, and for zeros that count as missing.
  mutating func add(_ tree: DecisionTree, number: Int, output: Int, flavour: TreeFlavour) throws {
    var next = tree.nodeCount
    for node in 0..<tree.nodeCount {
      let rate = Float(TreeExplanation.cover(tree, node, flavour))
      guard !tree.isLeaf(node) else {
        let weight = Float(tree.value[node])
        guard weight.isFinite else {
          throw Failure(
            .unsupported, "a leaf of \(tree.value[node]) is too large for ONNX's floats")
        }
        addLeaf(tree: number, node: node, [(output, weight)], rate: rate)
        continue
      }
      if tree.categorySet[node] >= 0 {
        try addCategories(tree, node, number: number, flavour, rate, next: &next)
      } else {
        add(tree: number, node: node, Self.comparison(tree, node, flavour), rate: rate)
      }
    }
  }

  private static func comparison(
    _ tree: DecisionTree, _ node: Int, _ flavour: TreeFlavour
  ) -> Branch {
    let (left, right) = (Int(tree.left[node]), Int(tree.right[node]))
    let threshold = tree.threshold[node]
    switch flavour {
    case .xgboost:
      return Branch(
        feature: tree.feature[node], mode: .less, value: Float(threshold), isTrue: left,
        isFalse: right, missingIsTrue: tree.defaultLeft[node])
    case .lightgbm:
      precondition(tree.missing[node] != .zero, "such models are converted before")
      return Branch(
        feature: tree.feature[node], mode: .atMost, value: floor(threshold), isTrue: left,
        isFalse: right,
        missingIsTrue: tree.missing[node] == .none ? 0 <= threshold : tree.defaultLeft[node])
    }
  }

  /// The largest float that is not above a number.
  static func floor(_ number: Double) -> Float {
    let near = Float(number)
    return Double(near) <= number ? near : near.nextDown
  }

  private mutating func addCategories(
    _ tree: DecisionTree, _ node: Int, number: Int, _ flavour: TreeFlavour, _ rate: Float,
    next: inout Int
  ) throws {
    let (left, right) = (Int(tree.left[node]), Int(tree.right[node]))
    // Listed categories go left in LightGBM's trees, right in XGBoost's.
    let (listed, others) = flavour == .lightgbm ? (left, right) : (right, left)
    let choice = Choice(
      feature: tree.feature[node],
      categories: tree.categorySets[Int(tree.categorySet[node])],
      listed: listed, others: others,
      missingIsListed: flavour == .lightgbm ? false : !tree.defaultLeft[node])
    try add(tree: number, node: node, choice, rate: rate, next: &next)
  }

  /// A node that asks for one of several categories.
  struct Choice {
    var feature: Int32
    var categories: [Int32]
    /// The children, of the categories and of all others.
    var listed: Int
    var others: Int
    var missingIsListed: Bool
  }

  /// Adds a row of comparisons with each category.
  ///
  /// - Parameter next: the number of the next node that the tree does not have yet.
  /// - Throws: ``Failure`` for categories that no float can hold.
  mutating func add(
    tree: Int, node: Int, _ choice: Choice, rate: Float, next: inout Int
  ) throws {
    guard choice.categories.allSatisfy({ (0..<1 << 24).contains($0) }) else {
      throw Failure(.unsupported, "a category's number is too large for ONNX's floats")
    }
    var values = choice.categories.map(ONNXCategory.number)
    // A comparison that no code passes, where only missing values go another way.
    if values.isEmpty { values = [-0x1p100] }
    var place = node
    for (index, value) in values.enumerated() {
      let isLast = index == values.count - 1
      add(
        tree: tree, node: place,
        Branch(
          feature: choice.feature, mode: .equal, value: value, isTrue: choice.listed,
          isFalse: isLast ? choice.others : next, missingIsTrue: choice.missingIsListed),
        rate: rate)
      place = next
      if !isLast { next += 1 }
    }
  }
}
