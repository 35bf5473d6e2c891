import Compute

extension TreeGrower {
  /// Makes the tree of the committed splits, with leaf values from the derivatives as they are.
  func finish(pairs: UnsafePointer<SIMD2<Float>>) -> GrownTree {
    for id in nodes.indices where nodes[id].histogram >= 0 {
      histograms.giveBack(nodes[id].histogram)
      nodes[id].histogram = -1
    }
    let ids = numbering()
    var grown = GrownTree(
      tree: DecisionTree(leaf: 0), places: [-1], leftBins: [.zero],
      rows: [nodes[0].start..<(nodes[0].start + nodes[0].count)])
    for id in committed {
      let node = ids[id]
      let (left, right) = (nodes[id].left, nodes[id].right)
      for child in [left, right] {
        _ = grown.tree.appendLeaf(parent: node)
        grown.places.append(-1)
        grown.leftBins.append(.zero)
        grown.rows.append(nodes[child].start..<(nodes[child].start + nodes[child].count))
      }
      grown.tree.left[node] = Int32(ids[left])
      grown.tree.right[node] = Int32(ids[right])
      describe(nodes[id].split, node, &grown)
    }
    fillStatistics(&grown, ids: ids, pairs: pairs)
    return grown
  }

  /// The number of each growing node in the tree: children in the order of their parents' splits;
  /// -1 for those that were joined again.
  private func numbering() -> [Int] {
    var ids = [Int](repeating: -1, count: nodes.count)
    ids[0] = 0
    var next = 1
    for id in committed {
      ids[nodes[id].left] = next
      ids[nodes[id].right] = next + 1
      next += 2
    }
    return ids
  }

  private func describe(_ split: SplitCandidate, _ node: Int, _ grown: inout GrownTree) {
    let feature = matrix.used[Int(split.feature)]
    let bins = matrix.bins[feature]
    grown.places[node] = split.feature
    grown.leftBins[node] = split.leftBins
    grown.tree.feature[node] = Int32(feature)
    grown.tree.gain[node] = split.gain
    grown.tree.defaultLeft[node] = split.missingLeft
    grown.tree.missing[node] = bins.missing
    if bins.isCategorical {
      let listed = rules.flavour == .xgboost ? ~split.leftBins : split.leftBins
      var categories: [Int32] = []
      for bin in 0..<bins.valueBins where (listed[bin >> 6] >> UInt64(bin & 63)) & 1 != 0 {
        if bins.categories[bin] >= 0 { categories.append(bins.categories[bin]) }
      }
      grown.tree.categorySet[node] = Int32(grown.tree.categorySets.count)
      grown.tree.categorySets.append(categories.sorted())
    } else {
      grown.tree.threshold[node] = bins.thresholds[Int(split.bin)]
      // LightGBM writes its usual way where nothing was missing.
      if bins.missing == .none { grown.tree.defaultLeft[node] = true }
    }
  }

  /// Adds up the derivatives of the leaves' rows: block by block, then in the order of the blocks,
  /// and from the leaves to the root.
  private func fillStatistics(
    _ grown: inout GrownTree, ids: [Int], pairs: UnsafePointer<SIMD2<Float>>
  ) {
    let leaves = grown.tree.left.indices.filter { grown.tree.isLeaf($0) }
    var sums = [SIMD2<Double>](repeating: .zero, count: grown.tree.nodeCount)
    let blocks = LeafBlocks(leaves.map { ($0, grown.rows[$0]) })
    let partial = Memory<SIMD2<Double>>(uninitialized: blocks.count)
    let order = order.base
    pool.parallelFor(blocks: blocks.groups.count) { group in
      for index in blocks.groups[group] {
        var sum = SIMD2<Double>.zero
        for place in blocks[index].rows { sum += SIMD2<Double>(pairs[Int(order[place])]) }
        partial.base[index] = sum
      }
    }
    for index in 0..<blocks.count { sums[blocks[index].leaf] += partial.base[index] }
    for node in grown.tree.left.indices.reversed() where !grown.tree.isLeaf(node) {
      // A child's number is always larger than its parent's.
      sums[node] =
        sums[Int(grown.tree.left[node])] + sums[Int(grown.tree.right[node])]
    }
    for id in ids.indices where ids[id] >= 0 {
      let node = ids[id]
      let weight = rules.weight(
        sums[node].x, sums[node].y, extraLambda: nodes[id].extraLambda, nodes[id].bounds)
      grown.tree.weight[node] = weight
      grown.tree.value[node] = grown.tree.isLeaf(node) ? weight : 0
      grown.tree.cover[node] = sums[node].y
      grown.tree.count[node] = nodes[id].count
    }
  }
}
