import Platform

/// Reads one tree of a LightGBM file: inner nodes come first in our numbering, then the leaves.
struct LightGBMTreeReader {
  private let lines: LightGBMLines
  private let featureCount: Int
  private let leaves: Int
  private var splits: Int { leaves - 1 }

  init(_ lines: LightGBMLines, featureCount: Int) throws(ParseFailure) {
    self.lines = lines
    self.featureCount = featureCount
    // A million leaves and more are no gradient boosting; the numbers must all be there anyway.
    leaves = try lines.integer("num_leaves", in: 1...(1 << 28))
  }

  func tree() throws -> DecisionTree {
    if lines.has("is_linear"), try lines.integer("is_linear", in: 0...1) == 1 {
      throw Failure(
        .unsupported, "\(lines.part) has linear models in its leaves",
        hint: "train with linear_tree=false")
    }
    guard let values = try lines.numbers("leaf_value", count: leaves) else {
      throw ParseFailure("\(lines.part) has no `leaf_value`")
    }
    guard values.allSatisfy(\.isFinite) else {
      throw lines.failure("holds a number that is not finite", "leaf_value")
    }
    let shrinkage = try lines.numbers("shrinkage", count: 1)?[0] ?? 1
    var tree = DecisionTree(leaf: values[0], shrinkage: shrinkage)
    for _ in 1..<(splits + leaves) { _ = tree.appendLeaf(parent: -1) }
    let cover = try lines.numbers("leaf_weight", count: leaves)
    let counts = try lines.integers("leaf_count", count: leaves)
    for leaf in 0..<leaves {
      tree.value[splits + leaf] = values[leaf]
      tree.weight[splits + leaf] = values[leaf]
      tree.cover[splits + leaf] = cover?[leaf] ?? 0
      tree.count[splits + leaf] = try count(counts?[leaf], "leaf_count")
    }
    if splits > 0 { try readSplits(&tree) }
    do {
      try tree.check(featureCount: featureCount)
    } catch let failure as Failure {
      throw Failure(failure.code, "\(lines.part): \(failure.message)")
    }
    return tree
  }

  private func count(_ number: Int64?, _ key: Substring) throws(ParseFailure) -> Int {
    guard let number else { return 0 }
    guard number >= 0, let count = Int(exactly: number) else {
      throw lines.failure("holds \(number)", key)
    }
    return count
  }

  private func readSplits(_ tree: inout DecisionTree) throws {
    let features = try required("split_feature")
    let types = try required("decision_type")
    guard let thresholds = try lines.numbers("threshold", count: splits) else {
      throw ParseFailure("\(lines.part) has no `threshold`")
    }
    let (left, right) = (try required("left_child"), try required("right_child"))
    let gains = try lines.numbers("split_gain", count: splits)
    let weights = try lines.numbers("internal_value", count: splits)
    let covers = try lines.numbers("internal_weight", count: splits)
    let counts = try lines.integers("internal_count", count: splits)
    let sets = try categorySets()
    for node in 0..<splits {
      tree.left[node] = try place(left[node], "left_child")
      tree.right[node] = try place(right[node], "right_child")
      for child in [tree.left[node], tree.right[node]] { tree.parent[Int(child)] = Int32(node) }
      guard let feature = Int32(exactly: features[node]), let type = UInt8(exactly: types[node]),
        let missing = MissingRule(rawValue: type >> 2 & 3)
      else { throw lines.failure("is out of range at split \(node)", "decision_type") }
      tree.feature[node] = feature
      tree.defaultLeft[node] = type & 2 != 0
      tree.missing[node] = missing
      if type & 1 != 0 {
        guard let set = Int32(exactly: thresholds[node]), sets.indices.contains(Int(set)) else {
          throw lines.failure("names categories that are not there", "threshold")
        }
        tree.categorySet[node] = Int32(tree.categorySets.count)
        tree.categorySets.append(sets[Int(set)])
      } else {
        tree.threshold[node] = thresholds[node]
      }
      tree.gain[node] = gains?[node] ?? 0
      tree.weight[node] = weights?[node] ?? 0
      tree.cover[node] = covers?[node] ?? 0
      tree.count[node] = try count(counts?[node], "internal_count")
    }
    tree.parent[0] = -1
  }

  private func required(_ key: Substring) throws(ParseFailure) -> [Int64] {
    guard let numbers = try lines.integers(key, count: splits) else {
      throw ParseFailure("\(lines.part) has no `\(key)`")
    }
    return numbers
  }

  /// The node of a child: splits count from 0 up, leaves from -1 down.
  private func place(_ child: Int64, _ key: Substring) throws(ParseFailure) -> Int32 {
    let isSplit = child >= 0
    let number = isSplit ? child : ~child
    guard number < (isSplit ? splits : leaves),
      let place = Int32(exactly: isSplit ? number : number + Int64(splits))
    else { throw lines.failure("names the child \(child)", key) }
    return place
  }

  private func categorySets() throws(ParseFailure) -> [[Int32]] {
    guard lines.has("num_cat"), try lines.integer("num_cat", in: 0...(1 << 28)) > 0 else {
      return []
    }
    let count = try lines.integer("num_cat", in: 0...(1 << 28))
    guard let starts = try lines.integers("cat_boundaries", count: count + 1),
      let words = try lines.integers("cat_threshold", count: nil)
    else { throw ParseFailure("\(lines.part) has no lists of categories") }
    var sets: [[Int32]] = []
    for (start, end) in zip(starts, starts.dropFirst()) {
      guard start >= 0, start <= end, end <= words.count else {
        throw lines.failure("is out of range", "cat_boundaries")
      }
      var set: [Int32] = []
      for (index, word) in words[Int(start)..<Int(end)].enumerated() {
        guard let bits = UInt32(exactly: word), let first = Int32(exactly: index * 32),
          first <= Int32.max - 32
        else { throw lines.failure("holds \(word)", "cat_threshold") }
        for bit in 0..<32 where bits >> UInt32(bit) & 1 != 0 { set.append(first + Int32(bit)) }
      }
      sets.append(set)
    }
    return sets
  }
}
