import Platform

/// Makes trees of ours of one of ONNX's.
///
/// Rows of comparisons with one value each, which share the child they lead to, become one node with
/// categories again. Other children that are shared are repeated.
struct ONNXTreeConverter {
  private let source: ONNXTree
  private let flavour: TreeFlavour
  /// Features whose categories are numbered as ``ONNXCategory`` says.
  private let recoded: Set<Int32>
  private var result = DecisionTree(leaf: 0)
  /// The node of the source that each node was made of; nil for nodes that have been added.
  private var origins: [Int] = [0]

  /// - Throws: ``Failure`` with code `.corrupt` for branches that lead back, `.unsupported` for
  ///   comparisons that trees of this flavour do not have.
  init(_ source: ONNXTree, flavour: TreeFlavour, recoded: Set<Int32>) throws {
    self.source = source
    self.flavour = flavour
    self.recoded = recoded
    var open = [(place: 0, node: try source.root(), depth: 0)]
    let most = source.nodes.count * 32 + 1024
    while let (place, node, depth) = open.popLast() {
      guard depth <= source.nodes.count, result.nodeCount <= most else {
        throw Failure(.corrupt, "tree \(source.number) has branches that lead in a circle")
      }
      origins[place] = node
      describe(place, source.nodes[node])
      guard source.nodes[node].mode != .leaf else { continue }
      let (left, right) = try divide(place, node)
      let next = (result.appendLeaf(parent: place), result.appendLeaf(parent: place))
      origins += [left, right]
      (result.left[place], result.right[place]) = (Int32(next.0), Int32(next.1))
      open.append((next.1, right, depth + 1))
      open.append((next.0, left, depth + 1))
    }
  }

  /// The tree with what its leaves add to an output.
  func tree(output: Int) -> DecisionTree {
    var tree = result
    for place in 0..<tree.nodeCount where tree.isLeaf(place) {
      let weight = source.nodes[origins[place]].weights.lazy.filter { $0.output == output }
        .reduce(0) { $0 + $1.weight }
      tree.value[place] = weight
      tree.weight[place] = weight
    }
    return tree
  }

  private mutating func describe(_ place: Int, _ node: ONNXTree.Node) {
    let rate = node.rate.isFinite && node.rate > 0 ? Double(node.rate) : 0
    result.cover[place] = rate
    if flavour == .lightgbm { result.count[place] = Int(min(rate, 1e15)) }
  }

  /// Writes a node's question into a place.
  ///
  /// - Returns: the nodes for its left and its right child.
  private mutating func divide(_ place: Int, _ index: Int) throws -> (left: Int, right: Int) {
    let node = source.nodes[index]
    let isTrue = try source.place(of: node.isTrue)
    let isFalse = try source.place(of: node.isFalse)
    result.feature[place] = node.feature
    guard [.equal, .unequal].contains(node.mode) || !recoded.contains(node.feature) else {
      throw Failure(
        .unsupported, "a node compares the categories of feature \(node.feature) by size")
    }
    switch node.mode {
    case .less, .atMost:
      compare(place, node.mode == .less ? node.value : node.value.nextUp)
      result.defaultLeft[place] = node.missingIsTrue
      return (isTrue, isFalse)
    case .greater, .atLeast:
      compare(place, node.mode == .atLeast ? node.value : node.value.nextUp)
      result.defaultLeft[place] = !node.missingIsTrue
      return (isFalse, isTrue)
    case .equal: return try divideByCategories(place, index)
    case .unequal:
      try list([node.value], place)
      return flavour == .xgboost
        ? missing(place, listed: isFalse, isTrue, !node.missingIsTrue)
        : (isFalse, isTrue)
    case .leaf: preconditionFailure("a leaf divides nothing")
    }
  }

  /// - Parameter condition: the `c` of `x < c`.
  private mutating func compare(_ place: Int, _ condition: Float) {
    result.threshold[place] =
      flavour == .xgboost ? Double(condition) : TreeConverter.threshold(condition)
  }

  private mutating func divideByCategories(
    _ place: Int, _ index: Int
  ) throws -> (left: Int, right: Int) {
    var node = source.nodes[index]
    let listed = try source.place(of: node.isTrue)
    var values = [node.value]
    var others = try source.place(of: node.isFalse)
    while values.count <= source.nodes.count {
      let next = source.nodes[others]
      guard next.mode == .equal, next.feature == node.feature,
        try source.place(of: next.isTrue) == listed, next.missingIsTrue == node.missingIsTrue
      else { break }
      values.append(next.value)
      others = try source.place(of: next.isFalse)
      node = next
    }
    try list(values, place)
    guard flavour == .xgboost else { return (listed, others) }
    return missing(place, listed: listed, others, node.missingIsTrue)
  }

  private mutating func missing(
    _ place: Int, listed: Int, _ others: Int, _ missingIsListed: Bool
  ) -> (left: Int, right: Int) {
    result.defaultLeft[place] = !missingIsListed
    return (others, listed)
  }

  private mutating func list(_ values: [Float], _ place: Int) throws {
    // What a list without categories is written as.
    let codes = try values.filter { $0 != -0x1p100 }.map { value -> Int32 in
      let isRecoded = recoded.contains(result.feature[place])
      let number = isRecoded ? ONNXCategory.code(of: value) : value
      guard let code = Int32(exactly: number), code >= 0 else {
        throw Failure(
          .unsupported, "a node compares for being \(value), which is no category's number",
          hint: "categories are whole numbers from 0")
      }
      return code
    }
    result.categorySet[place] = Int32(result.categorySets.count)
    result.categorySets.append(Set(codes).sorted())
  }
}
