import Platform

extension DecisionTree {
  /// Finds what would make a walk through the tree fail: arrays of differing lengths, children out
  /// of range, nodes that are reached twice or never, unknown features.
  ///
  /// Every reader of a model file calls it, after which trees can be trusted.
  ///
  /// - Throws: ``Failure`` with code `.corrupt`.
  package func check(featureCount: Int) throws {
    let count = left.count
    let lengths = [
      right.count, parent.count, feature.count, threshold.count, defaultLeft.count, missing.count,
      categorySet.count, value.count, weight.count, gain.count, cover.count, self.count.count,
    ]
    guard count > 0, lengths.allSatisfy({ $0 == count }) else {
      throw Failure(.corrupt, "the arrays of a tree have differing lengths")
    }
    var isSeen = [Bool](repeating: false, count: count)
    isSeen[0] = true
    var open = [0]
    var seen = 1
    while let node = open.popLast() {
      if left[node] < 0 && right[node] < 0 { continue }
      guard feature[node] >= 0, Int(feature[node]) < featureCount else {
        throw Failure(
          .corrupt, "node \(node) of a tree asks for feature \(feature[node]) of \(featureCount)")
      }
      guard categorySet[node] < categorySets.count else {
        throw Failure(.corrupt, "node \(node) of a tree names categories that are not there")
      }
      for child in [left[node], right[node]] {
        guard child > 0, Int(child) < count, !isSeen[Int(child)] else {
          throw Failure(.corrupt, "node \(node) of a tree has the child \(child)")
        }
        isSeen[Int(child)] = true
        seen += 1
        open.append(Int(child))
      }
    }
    guard seen == count else {
      throw Failure(.corrupt, "a tree has \(count - seen) nodes that no branch leads to")
    }
  }
}
