extension TreeGrower {
  /// Divides nodes by their best splits and finds the best splits of their children.
  ///
  /// - Returns: the nodes that were divided. One with a child without rows is not: it gets its best
  ///   split of another feature. Counts are estimates until rows are divided.
  func expand(_ batch: [Int]) -> [Int] {
    guard !batch.isEmpty else { return [] }
    let jobs = batch.map { id in
      RowPartition.Job(
        start: nodes[id].start, count: nodes[id].count, feature: Int(nodes[id].split.feature),
        leftBins: nodes[id].split.leftBins)
    }
    let leftCounts = RowPartition.run(
      jobs, matrix: matrix, rows: order.base, spare: spare.base, on: pool)

    var divided: [Int] = []
    var refused: [Int] = []
    for (id, leftCount) in zip(batch, leftCounts) {
      if leftCount == 0 || leftCount == nodes[id].count {
        nodes[id].banned.append(nodes[id].split.feature)
        refused.append(id)
      } else {
        addChildren(of: id, leftCount: leftCount)
        divided.append(id)
      }
    }
    scan(refused.map { ScanJob(first: $0, second: -1, parentHistogram: -1) })
    prepareChildren(of: divided)
    return divided
  }

  private func addChildren(of id: Int, leftCount: Int) {
    let node = nodes[id]
    let split = node.split
    var left = GrowingNode(
      start: node.start, count: leftCount, depth: node.depth + 1, parent: id,
      path: Self.path(node.path, 0), total: split.left, bounds: node.bounds)
    var right = GrowingNode(
      start: node.start + leftCount, count: node.count - leftCount, depth: node.depth + 1,
      parent: id, path: Self.path(node.path, 1), total: node.total &- split.left,
      bounds: node.bounds)
    if split.isSortedSet {
      left.extraLambda = rules.categoryLambda
      right.extraLambda = rules.categoryLambda
    }
    let constraint = monotone(Int(split.feature))
    if constraint != 0 {
      let middle = (weight(of: left) + weight(of: right)) / 2
      if constraint > 0 {
        left.bounds.high = middle
        right.bounds.low = middle
      } else {
        left.bounds.low = middle
        right.bounds.high = middle
      }
    }
    left.promising = node.promising
    right.promising = node.promising
    nodes[id].left = nodes.count
    nodes[id].right = nodes.count + 1
    nodes.append(left)
    nodes.append(right)
  }

  private static func path(_ parent: UInt64, _ turn: UInt64) -> UInt64 {
    parent >> 62 == 0 ? parent << 1 | turn : RowHash.bits(seed: parent, Int(turn)) | 1 << 63
  }

  /// The constraint of a feature, by its place among the used ones.
  func monotone(_ place: Int) -> Int8 {
    rules.monotone.isEmpty ? 0 : rules.monotone[matrix.used[place]]
  }

  private func weight(of node: GrowingNode) -> Double {
    let sums = sums(of: node)
    return rules.weight(
      sums.gradient(node.total), sums.hessian(node.total), extraLambda: node.extraLambda,
      node.bounds)
  }

  func sums(of node: GrowingNode) -> NodeSums {
    var sums = NodeSums(
      total: node.total, rows: node.count, gradientUnit: gradients.gradientUnit,
      hessianUnit: gradients.hessianUnit, rules: rules)
    sums.bounds = node.bounds
    return sums
  }

  private func canBeDivided(_ id: Int) -> Bool {
    let node = nodes[id]
    guard shape.allowsChildren(atDepth: node.depth), node.count >= 2 * max(1, rules.minimumRows)
    else { return false }
    return Int64(PackedSum.hessian(node.total)) >= 2 * sums(of: node).minimumHessian
  }

  /// Makes histograms of children that may be divided in their turn: of the one with fewer rows by
  /// adding its rows, of the other one by subtracting that from their parent's.
  private func prepareChildren(of parents: [Int]) {
    var jobs: [ScanJob] = []
    var toBuild: [Int] = []
    for id in parents {
      let (left, right) = (nodes[id].left, nodes[id].right)
      let (small, large) = nodes[left].count <= nodes[right].count ? (left, right) : (right, left)
      let parentHistogram = nodes[id].histogram
      nodes[id].histogram = -1
      let (needsSmall, needsLarge) = (canBeDivided(small), canBeDivided(large))
      guard needsSmall || needsLarge else {
        histograms.giveBack(parentHistogram)
        continue
      }
      nodes[small].histogram = histograms.borrow()
      toBuild.append(small)
      if needsLarge {
        nodes[large].histogram = parentHistogram
        jobs.append(ScanJob(first: small, second: large, parentHistogram: parentHistogram))
      } else {
        histograms.giveBack(parentHistogram)
        jobs.append(ScanJob(first: small, second: -1, parentHistogram: -1))
      }
      jobs[jobs.count - 1].scansFirst = needsSmall
    }
    build(toBuild, contiguous: false)
    scan(jobs)
  }
}
