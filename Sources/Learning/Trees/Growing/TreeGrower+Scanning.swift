import Compute

extension TreeGrower {
  /// Finds the best split of each job's nodes.
  ///
  /// Work is shared out by job and stretch of features; the stretches' candidates are then compared
  /// in the order of the features.
  func scan(_ jobs: [ScanJob]) {
    guard !jobs.isEmpty else { return }
    let features = matrix.used.count
    let stretches =
      pool.threads == 1
      ? 1 : max(1, min((features + 3) / 4, (4 * pool.threads + jobs.count - 1) / jobs.count))
    let count = jobs.count * stretches
    let found = Memory<SplitCandidate>(count: count * 2, filledWith: SplitCandidate())
    let promising = Memory<Bool>(count: jobs.count * 2 * features, filledWith: true)
    let prepared = jobs.map { prepare($0) }
    let blocks = WorkBlocks(
      sizes: (0..<count).map { _ in features * 256 / stretches }, least: 2048)
    pool.parallelFor(blocks: blocks.count) { block in
      for index in blocks[block] {
        let stretch = index % stretches
        let range = (features * stretch / stretches)..<(features * (stretch + 1) / stretches)
        let work = prepared[index / stretches]
        combine(work, range)
        if let first = work.first {
          found.base[index * 2] = best(
            first, range, promising.base + index / stretches * 2 * features)
        }
        if let second = work.second {
          found.base[index * 2 + 1] = best(
            second, range, promising.base + (index / stretches * 2 + 1) * features)
        }
      }
    }
    for (number, job) in jobs.enumerated() {
      var best = (SplitCandidate(), SplitCandidate())
      for stretch in 0..<stretches {
        let place = (number * stretches + stretch) * 2
        if found.base[place].isBetter(than: best.0) { best.0 = found.base[place] }
        if found.base[place + 1].isBetter(than: best.1) { best.1 = found.base[place + 1] }
      }
      let flags = UnsafeBufferPointer(
        start: promising.base + number * 2 * features, count: 2 * features)
      settle(job.first, best.0, flags.prefix(features))
      if job.second >= 0 { settle(job.second, best.1, flags.suffix(features)) }
      for part in partSums.removeValue(forKey: job.first) ?? [] { histograms.giveBack(part) }
    }
  }

  private func settle(
    _ id: Int, _ split: SplitCandidate, _ promising: Slice<UnsafeBufferPointer<Bool>>
  ) {
    nodes[id].split = split
    if rules.flavour == .lightgbm {
      let inherited = nodes[id].promising
      nodes[id].promising =
        inherited.isEmpty ? Array(promising) : zip(inherited, promising).map { $0 && $1 }
    }
    if !split.isValid, nodes[id].histogram >= 0 {
      histograms.giveBack(nodes[id].histogram)
      nodes[id].histogram = -1
    }
  }

  /// What the threads need of a node.
  private struct ScanNode {
    var sums: NodeSums
    var histogram: UnsafeMutablePointer<Int64>
    /// Whether each feature may be looked at; empty for all.
    var mask: [Bool]
  }

  private struct ScanWork {
    var built: UnsafeMutablePointer<Int64>
    var parts: [UnsafeMutablePointer<Int64>]
    var parent: UnsafeMutablePointer<Int64>?
    var first: ScanNode?
    var second: ScanNode?
  }

  private func prepare(_ job: ScanJob) -> ScanWork {
    ScanWork(
      built: histograms[nodes[job.first].histogram],
      parts: (partSums[job.first] ?? []).map { histograms[$0] },
      parent: job.parentHistogram >= 0 ? histograms[job.parentHistogram] : nil,
      first: job.scansFirst ? prepare(job.first) : nil,
      second: job.second >= 0 ? prepare(job.second) : nil)
  }

  private func prepare(_ id: Int) -> ScanNode {
    let node = nodes[id]
    var mask: [Bool] = []
    if !columns.isEverything || !node.banned.isEmpty {
      mask = [Bool](repeating: false, count: matrix.used.count)
      let allowed = columns.features(
        of: treeFeatures, tree: treeIndex, depth: node.depth, path: node.path)
      for feature in allowed where !node.banned.contains(Int32(feature)) {
        mask[feature] = node.promising.isEmpty || node.promising[feature]
      }
    } else {
      mask = node.promising
    }
    return ScanNode(sums: sums(of: node), histogram: histograms[node.histogram], mask: mask)
  }

  /// Puts the parts together and subtracts them from the parent's sums.
  private func combine(_ work: ScanWork, _ features: Range<Int>) {
    let width = HistogramKernel.binsPerFeature
    for feature in features {
      let bins = matrix.bins[matrix.used[feature]].binCount
      let sums = work.built + feature * width
      for part in work.parts {
        let other = part + feature * width
        for bin in 0..<bins { sums[bin] &+= other[bin] }
      }
      guard let parent = work.parent else { continue }
      let rest = parent + feature * width
      for bin in 0..<bins { rest[bin] &-= sums[bin] }
    }
  }

  /// - Parameter promising: is told of each feature that was looked at whether it can divide the node.
  private func best(
    _ node: ScanNode, _ features: Range<Int>, _ promising: UnsafeMutablePointer<Bool>
  ) -> SplitCandidate {
    let numeric = NumericSplits(rules: rules)
    let categorical = CategoricalSplits(rules: rules)
    var best = SplitCandidate()
    for feature in features where node.mask.isEmpty || node.mask[feature] {
      let bins = matrix.bins[matrix.used[feature]]
      let sums = UnsafePointer(node.histogram + feature * HistogramKernel.binsPerFeature)
      let candidate =
        bins.isCategorical
        ? categorical.best(of: sums, bins: bins, feature: feature, in: node.sums)
        : numeric.best(
          of: sums, valueBins: bins.valueBins, missingBin: bins.missingBin, feature: feature,
          monotone: monotone(feature), in: node.sums)
      promising[feature] = candidate.isValid
      if candidate.isBetter(than: best) { best = candidate }
    }
    return best
  }
}
