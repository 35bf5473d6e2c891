extension ForestTree {
  /// Whether a cell goes to the left child of an inner node; a code that is no category goes where
  /// missing values go.
  func goesLeft(_ node: Node, _ x: Double) -> Bool {
    guard node.isCategorical else { return x.isNaN ? node.missingLeft : x <= node.threshold }
    return x >= 0 && x < 0x1p31
      ? contains(categories(ofSet: node.set), Int32(x)) : node.missingLeft
  }

  private func contains(_ listed: ArraySlice<Int32>, _ category: Int32) -> Bool {
    var (low, high) = (listed.startIndex, listed.endIndex)
    while low < high {
      let middle = (low + high) / 2
      if listed[middle] < category { low = middle + 1 } else { high = middle }
    }
    return low < listed.endIndex && listed[low] == category
  }

  /// What the training rows that came to each node weigh.
  var covers: [Double] {
    var covers = [Double](repeating: 0, count: nodes.count)
    // Children stand behind their parent.
    for index in nodes.indices.reversed() {
      let node = nodes[index]
      covers[index] =
        node.isLeaf ? leafWeights[Int(node.right)] : covers[index + 1] + covers[Int(node.right)]
    }
    return covers
  }
}
