import Compute

/// Grows trees over the rows of a binned matrix, one after the other, with the same buffers.
///
/// Nodes are divided in batches: a whole level, or, leaf by leaf, as many of the leaves with the
/// largest gains as will almost surely be divided anyway. What is decided about a node depends on
/// its rows only, so that a batch finds the same splits as one node at a time would; leaves that
/// were divided too early are joined again. Which nodes make a batch depends on the data alone.
final class TreeGrower {
  let matrix: BinnedMatrix
  let rules: SplitRules
  let shape: TreeShape
  let columns: ColumnSample
  let pool: WorkerPool
  let gradients: QuantisedGradients
  /// The rows in the order of the nodes.
  let order: Memory<UInt32>
  let spare: Memory<UInt32>
  let histograms: HistogramPool
  var nodes: [GrowingNode] = []
  /// Histograms of parts of a node's rows, until they are put together.
  var partSums: [Int: [Int]] = [:]
  /// The features that the tree may look at, as places among the used ones.
  var treeFeatures: [Int] = []
  var treeIndex: UInt64 = 0

  init(
    _ matrix: BinnedMatrix, rules: SplitRules, shape: TreeShape, columns: ColumnSample,
    on pool: WorkerPool
  ) {
    self.matrix = matrix
    self.rules = rules
    self.shape = shape
    self.columns = columns
    self.pool = pool
    gradients = QuantisedGradients(rowCount: matrix.rowCount)
    order = Memory(uninitialized: matrix.rowCount)
    spare = Memory(uninitialized: matrix.rowCount)
    histograms = HistogramPool(features: matrix.used.count)
  }

  /// Grows a tree from ``gradients``.
  ///
  /// - Parameters:
  ///   - pairs: the derivatives as they are, for leaf values.
  ///   - rows: the rows to learn from, in ascending order; nil for all.
  ///   - index: the number of the tree, for draws of features.
  func grow(
    pairs: UnsafePointer<SIMD2<Float>>, rows: [UInt32]?, index: Int
  ) -> GrownTree {
    start(rows: rows, index: index)
    switch shape.policy {
    case .depthWise: growByLevel()
    case .leafWise: growByGain()
    }
    return finish(pairs: pairs)
  }

  private func start(rows: [UInt32]?, index: Int) {
    treeIndex = UInt64(index)
    treeFeatures = columns.features(of: matrix.used.count, tree: treeIndex)
    let count = rows?.count ?? matrix.rowCount
    let order = order.base
    if let rows {
      for (place, row) in rows.enumerated() { order[place] = row }
    } else {
      let block = 65_536
      pool.parallelFor(blocks: (count + block - 1) / block) { index in
        for row in (index * block)..<min(count, (index + 1) * block) {
          order[row] = UInt32(truncatingIfNeeded: row)
        }
      }
    }
    nodes.removeAll(keepingCapacity: true)
    nodes.append(
      GrowingNode(start: 0, count: count, depth: 0, parent: -1, path: 1, total: 0))
    nodes[0].histogram = histograms.borrow()
    build([0], contiguous: rows == nil)
    if let first = matrix.used.indices.first {
      let sums = histograms[nodes[0].histogram] + first * HistogramKernel.binsPerFeature
      for bin in 0..<matrix.bins[matrix.used[first]].binCount { nodes[0].total &+= sums[bin] }
    }
    scan([ScanJob(first: 0, second: -1, parentHistogram: -1)])
  }

  private func growByLevel() {
    var level = [0]
    var leaves = 1
    while !level.isEmpty {
      var chosen = level.filter { nodes[$0].split.isValid }
      if shape.maximumLeaves > 0 { chosen = Array(chosen.prefix(shape.maximumLeaves - leaves)) }
      let expanded = expand(chosen)
      leaves += expanded.count
      level = expanded.flatMap { [nodes[$0].left, nodes[$0].right] }
      // Nodes that were refused come again with their next best split.
      let again = chosen.filter { !nodes[$0].isExpanded && nodes[$0].split.isValid }
      if !again.isEmpty { level = (again + level).sorted() }
    }
    committed = nodes.indices.filter { nodes[$0].isExpanded }
  }

  /// The nodes that are divided in the end, in the order of their splits.
  var committed: [Int] = []

  private func growByGain() {
    committed = []
    let most = shape.maximumLeaves > 0 ? shape.maximumLeaves - 1 : Int.max
    var queue = LeafQueue()
    if nodes[0].split.isValid { queue.push(0, gain: nodes[0].split.gain) }
    while committed.count < most, let top = queue.top {
      if nodes[top].isExpanded {
        queue.pop()
        committed.append(top)
        for child in [nodes[top].left, nodes[top].right] where nodes[child].split.isValid {
          queue.push(child, gain: nodes[child].split.gain)
        }
        continue
      }
      // Of the leaves that are to be divided yet, most of the best ones in the queue will be.
      let room = most == Int.max ? Int.max : max(1, (most - committed.count) * 2 / 3)
      let batch = queue.first(room).filter { !nodes[$0].isExpanded }
      let expanded = expand(batch)
      if expanded.count < batch.count {
        let refused = Set(batch.filter { !nodes[$0].isExpanded })
        queue.rebuild { leaf in
          guard refused.contains(leaf) else { return nodes[leaf].split.gain }
          return nodes[leaf].split.isValid ? nodes[leaf].split.gain : nil
        }
      }
    }
  }
}
