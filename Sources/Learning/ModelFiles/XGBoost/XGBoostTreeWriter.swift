import Formats
import Platform

/// Writes one tree as XGBoost does.
struct XGBoostTreeWriter {
  private let tree: DecisionTree

  init(_ tree: DecisionTree) { self.tree = tree }

  /// The parent of a root.
  static let noParent = Int32.max

  /// - Throws: ``Failure`` for a leaf that no float can hold.
  func value(id: Int, features: Int) throws -> UBJSONValue {
    let nodes = 0..<tree.nodeCount
    let listed = nodes.filter { hasCategories($0) }
    let sets = listed.map { tree.categorySets[Int(tree.categorySet[$0])] }
    var segments: [Int64] = []
    var start: Int64 = 0
    for set in sets {
      segments.append(start)
      start += Int64(set.count)
    }
    let conditions = try nodes.map { try condition($0) }
    return .object([
      .init("base_weights", .floats(tree.weight.map(Self.float))),
      .init("categories", .int32s(sets.flatMap { $0 })),
      .init("categories_nodes", .int32s(listed.map { Int32($0) })),
      .init("categories_segments", .int64s(segments)),
      .init("categories_sizes", .int64s(sets.map { Int64($0.count) })),
      .init("default_left", .bytes(nodes.map { tree.defaultLeft[$0] ? 1 : 0 })),
      .init("id", .int(Int64(id))),
      .init("left_children", .int32s(tree.left)),
      .init("loss_changes", .floats(tree.gain.map(Self.float))),
      .init("parents", .int32s(tree.parent.map { $0 < 0 ? Self.noParent : $0 })),
      .init("right_children", .int32s(tree.right)),
      .init("split_conditions", .floats(conditions)),
      .init("split_indices", .int32s(tree.feature.map { max(0, $0) })),
      .init("split_type", .bytes(nodes.map { hasCategories($0) ? 1 : 0 })),
      .init("sum_hessian", .floats(tree.cover.map(Self.float))),
      .init(
        "tree_param",
        XGBoostWriter.parameters([
          ("num_deleted", "0"), ("num_feature", "\(features)"),
          ("num_nodes", "\(tree.nodeCount)"), ("size_leaf_vector", "1"),
        ])),
    ])
  }

  private func hasCategories(_ node: Int) -> Bool {
    let set = Int(tree.categorySet[node])
    return !tree.isLeaf(node) && set >= 0 && !tree.categorySets[set].isEmpty
  }

  private func condition(_ node: Int) throws -> Float {
    guard tree.isLeaf(node) else {
      guard tree.categorySet[node] >= 0 else { return Self.float(tree.threshold[node]) }
      // Without categories all go left; with some the number means nothing.
      return hasCategories(node) ? 0 : .greatestFiniteMagnitude
    }
    let leaf = Float(tree.value[node])
    guard leaf.isFinite else {
      throw Failure(
        .unsupported, "a leaf of \(tree.value[node]) is too large for XGBoost's files")
    }
    return leaf
  }

  /// The nearest float that a file can hold.
  private static func float(_ value: Double) -> Float {
    let largest = Float.greatestFiniteMagnitude
    return value.isNaN ? 0 : max(-largest, min(largest, Float(value)))
  }
}
