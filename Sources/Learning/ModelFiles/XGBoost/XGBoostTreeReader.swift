import Platform

/// Reads one tree of an XGBoost file.
struct XGBoostTreeReader {
  private let node: XGBoostNode
  private let featureCount: Int
  private let nodeCount: Int

  /// The largest category that the library takes: beyond, floats skip numbers.
  private static let largestCategory = Int32(1 << 24)

  init(_ node: XGBoostNode, featureCount: Int) throws {
    self.node = node
    self.featureCount = featureCount
    nodeCount = try node.member("left_children").int32s().count
    if let size = node.optional("tree_param")?.optional("size_leaf_vector"),
      try size.integer(in: 0...Int(Int32.max)) > 1
    {
      throw Failure(
        .unsupported, "`\(node.path)` has several numbers in each leaf",
        hint: "train with multi_strategy one_output_per_tree")
    }
    guard nodeCount > 0 else { throw Failure(.corrupt, "`\(node.path)` has no nodes") }
  }

  func tree() throws -> DecisionTree {
    var tree = DecisionTree(leaf: 0)
    tree.left = try whole("left_children")
    tree.right = try whole("right_children")
    let conditions = try numbers("split_conditions")
    let features = try whole("split_indices")
    let isLeaf = tree.left.map { $0 < 0 }
    tree.parent = parents(tree)
    tree.feature = zip(features, isLeaf).map { $1 ? -1 : $0 }
    tree.defaultLeft = try zip(whole("default_left"), isLeaf).map { $0 != 0 && !$1 }
    tree.missing = [MissingRule](repeating: .nan, count: nodeCount)
    tree.categorySet = [Int32](repeating: -1, count: nodeCount)
    try readCategories(&tree)
    tree.threshold = tree.left.indices.map {
      isLeaf[$0] || tree.categorySet[$0] >= 0 ? 0 : Double(conditions[$0])
    }
    tree.value = zip(conditions, isLeaf).map { $1 ? Double($0) : 0 }
    if let leaf = tree.value.firstIndex(where: { !$0.isFinite }) {
      throw Failure(.corrupt, "leaf \(leaf) of `\(node.path)` is \(tree.value[leaf])")
    }
    tree.weight = try optionalNumbers("base_weights")
    tree.gain = try optionalNumbers("loss_changes")
    tree.cover = try optionalNumbers("sum_hessian")
    tree.count = [Int](repeating: 0, count: nodeCount)
    do {
      try tree.check(featureCount: featureCount)
    } catch let failure as Failure {
      throw Failure(failure.code, "`\(node.path)`: \(failure.message)")
    }
    return tree
  }

  /// What the children say: some versions leave the list of parents out.
  private func parents(_ tree: DecisionTree) -> [Int32] {
    var parents = [Int32](repeating: -1, count: nodeCount)
    for (index, pair) in zip(tree.left, tree.right).enumerated() {
      for child in [pair.0, pair.1] where parents.indices.contains(Int(child)) {
        parents[Int(child)] = Int32(index)
      }
    }
    return parents
  }

  private func readCategories(_ tree: inout DecisionTree) throws {
    guard let types = try node.optional("split_type")?.int32s(), types.contains(1) else { return }
    let nodes = try node.member("categories_nodes").int32s()
    let starts = try node.member("categories_segments").int32s()
    let sizes = try node.member("categories_sizes").int32s()
    let categories = try node.member("categories").int32s()
    guard nodes.count == starts.count, nodes.count == sizes.count, types.count == nodeCount else {
      throw Failure(.corrupt, "the categories of `\(node.path)` do not fit together")
    }
    for (index, place) in nodes.enumerated() {
      let (start, size) = (Int(starts[index]), Int(sizes[index]))
      guard tree.left.indices.contains(Int(place)), start >= 0, size >= 0,
        start <= categories.count, size <= categories.count - start
      else { throw Failure(.corrupt, "category list \(index) of `\(node.path)` is out of range") }
      guard tree.left[Int(place)] >= 0, types[Int(place)] == 1 else { continue }
      let set = categories[start..<(start + size)]
      if let odd = set.first(where: { $0 < 0 || $0 >= Self.largestCategory }) {
        throw Failure(.corrupt, "`\(node.path)` names the category \(odd)")
      }
      tree.categorySet[Int(place)] = Int32(tree.categorySets.count)
      tree.categorySets.append(set.sorted())
    }
    for place in tree.left.indices where types[place] == 1 && tree.left[place] >= 0 {
      guard tree.categorySet[place] >= 0 else {
        throw Failure(.corrupt, "node \(place) of `\(node.path)` has no list of categories")
      }
    }
  }

  private func whole(_ key: String) throws -> [Int32] {
    try sized(node.member(key).int32s(), key)
  }

  private func numbers(_ key: String) throws -> [Float] {
    try sized(node.member(key).floats(), key)
  }

  private func optionalNumbers(_ key: String) throws -> [Double] {
    guard let member = node.optional(key) else {
      return [Double](repeating: 0, count: nodeCount)
    }
    return try sized(member.floats(), key).map(Double.init)
  }

  private func sized<T>(_ values: [T], _ key: String) throws -> [T] {
    guard values.count == nodeCount else {
      throw Failure(
        .corrupt, "`\(node.path).\(key)` has \(values.count) elements for \(nodeCount) nodes")
    }
    return values
  }
}
