extension BoostedModel {
  /// Divides the leaves by the number of rounds, so that they only have to be added up.
  mutating func foldAveraging() {
    guard averagesRounds else { return }
    averagesRounds = false
    scaleLeaves(by: 1 / Double(max(1, roundCount)))
  }

  /// Multiplies every leaf, and what inner nodes would answer.
  mutating func scaleLeaves(by factor: Double) {
    for index in trees.indices {
      for node in 0..<trees[index].nodeCount {
        trees[index].value[node] *= factor
        trees[index].weight[node] *= factor
      }
    }
  }

  /// Adds the base margins to the leaves of each output's first tree, or, where rounds are
  /// averaged, to its first tree of each round: files of LightGBM have no other place.
  mutating func foldBaseMargins() {
    guard baseMargins.contains(where: { $0 != 0 }) else { return }
    if trees.isEmpty {
      appendRound((0..<outputs).map { (DecisionTree(leaf: 0), $0) })
      if !treeWeights.isEmpty { treeWeights = [Double](repeating: 1, count: trees.count) }
    }
    for round in 0..<roundCount {
      var isDone = [Bool](repeating: false, count: outputs)
      for index in roundStarts[round]..<roundStarts[round + 1] where !isDone[treeOutput[index]] {
        isDone[treeOutput[index]] = true
        let margin = baseMargins[treeOutput[index]]
        for node in 0..<trees[index].nodeCount {
          if trees[index].isLeaf(node) { trees[index].value[node] += margin }
          trees[index].weight[node] += margin
        }
      }
      if !averagesRounds { break }
    }
    baseMargins = [Double](repeating: 0, count: outputs)
  }

  /// Makes rounds of exactly one tree for each output, in the outputs' order: LightGBM has no
  /// others. Parallel trees become rounds of their own.
  mutating func squareRounds() {
    let isSquare =
      roundCount * outputs == trees.count
      && treeOutput.enumerated().allSatisfy { $1 == $0 % outputs }
      && roundStarts.enumerated().allSatisfy { $1 == $0 * outputs }
    guard !isSquare else { return }
    foldAveraging()
    foldTreeWeights()
    let old = self
    (trees, treeOutput, roundStarts) = ([], [], [0])
    for round in 0..<old.roundCount {
      var lists = [[DecisionTree]](repeating: [], count: outputs)
      for index in old.roundStarts[round]..<old.roundStarts[round + 1] {
        lists[old.treeOutput[index]].append(old.trees[index])
      }
      for place in 0..<(lists.map(\.count).max() ?? 0) {
        appendRound(
          lists.enumerated().map { output, list in
            (place < list.count ? list[place] : DecisionTree(leaf: 0), output)
          })
      }
    }
  }
}
