import Compute

/// Sets leaves to a quantile of their rows' residuals, for losses whose derivatives say too little.
struct LeafRefit {
  let alpha: Double
  let flavour: TreeFlavour
  let labels: [Float]
  let weights: [Float]?

  /// - Parameters:
  ///   - order: the rows in the order of the nodes.
  ///   - margins: before the tree.
  func apply(
    to grown: inout GrownTree, order: UnsafePointer<UInt32>, margins: UnsafePointer<Double>,
    on pool: WorkerPool
  ) {
    let leaves = grown.tree.left.indices.filter { grown.tree.isLeaf($0) }
    let values = Memory<Double>(count: leaves.count, filledWith: 0)
    let rows = grown.rows
    pool.parallelFor(blocks: leaves.count) { index in
      let stretch = rows[leaves[index]]
      let residuals = stretch.map { place in
        Double(labels[Int(order[place])]) - margins[Int(order[place])]
      }
      let own = weights.map { weights in stretch.map { Double(weights[Int(order[$0])]) } }
      values.base[index] = ResidualQuantile.find(
        residuals, weights: own, at: alpha, flavour: flavour)
    }
    for (index, leaf) in leaves.enumerated() {
      grown.tree.value[leaf] = values.base[index]
      grown.tree.weight[leaf] = values.base[index]
    }
  }
}
