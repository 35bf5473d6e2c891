extension BoostedModel {
  /// Multiplies the trees' weights into their leaves: files of LightGBM have no other place.
  package mutating func foldTreeWeights() {
    guard !treeWeights.isEmpty else { return }
    for (index, weight) in treeWeights.enumerated() where index < trees.count {
      trees[index].shrinkage *= weight
      for node in 0..<trees[index].nodeCount {
        trees[index].value[node] *= weight
        trees[index].weight[node] *= weight
      }
    }
    treeWeights = []
  }
}
