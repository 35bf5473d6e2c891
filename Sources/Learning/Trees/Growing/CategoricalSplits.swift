/// Scans the histogram of a categorical feature for the best split.
///
/// XGBoost (`EnumerateOneHot`, `EnumeratePart` of src/tree/hist/evaluate_splits.h): the listed
/// categories go right. LightGBM (`FindBestThresholdCategoricalInner` of
/// src/treelearner/feature_histogram.hpp): they go left.
struct CategoricalSplits {
  let rules: SplitRules

  func best(
    of sums: UnsafePointer<Int64>, bins: FeatureBins, feature: Int, in node: NodeSums
  ) -> SplitCandidate {
    var found = Found()
    let own = rules.score(node.gradient(node.total), node.hessian(node.total), node.bounds)
    found.score = own + node.leastGain(rules)
    switch rules.flavour {
    case .xgboost: scanXGBoost(sums, bins, node, &found)
    case .lightgbm: scanLightGBM(sums, bins, node, &found)
    }
    guard found.isFound, found.score - own >= rules.minimumGain else { return SplitCandidate() }
    var candidate = SplitCandidate()
    candidate.gain = found.score - own
    candidate.feature = Int32(feature)
    candidate.missingLeft = found.missingLeft
    candidate.isSortedSet = found.isSortedSet
    candidate.left = found.left
    candidate.leftBins = found.leftBins
    return candidate
  }

  private struct Found {
    var score = 0.0
    var isFound = false
    var missingLeft = false
    var isSortedSet = false
    var left: Int64 = 0
    var leftBins = SIMD4<UInt64>.zero
  }

  /// The bins that may be listed: those of one category.
  private func listable(_ bins: FeatureBins) -> [Int] {
    (0..<bins.valueBins).filter { bins.categories[$0] >= 0 }
  }

  private func score(_ left: Int64, _ node: NodeSums, extraLambda: Double = 0) -> Double? {
    let right = node.total &- left
    let least = node.minimumHessian
    guard PackedSum.hessian(left) >= least, PackedSum.hessian(right) >= least else { return nil }
    return rules.score(
      node.gradient(left), node.hessian(left), extraLambda: extraLambda, node.bounds)
      + rules.score(
        node.gradient(right), node.hessian(right), extraLambda: extraLambda, node.bounds)
  }

  private func scanXGBoost(
    _ sums: UnsafePointer<Int64>, _ bins: FeatureBins, _ node: NodeSums, _ found: inout Found
  ) {
    let missing = bins.missingBin.map { sums[$0] } ?? 0
    let all = SplitCandidate.bins(through: bins.valueBins - 1)

    func consider(right: Int64, rightBins: SIMD4<UInt64>) {
      for missingLeft in missing == 0 ? [false] : [false, true] {
        let left = node.total &- right &- (missingLeft ? 0 : missing)
        guard let score = score(left, node), score > found.score else { continue }
        found.score = score
        found.isFound = true
        found.missingLeft = missingLeft
        found.left = left
        found.leftBins = all & ~rightBins
        if missingLeft, let bin = bins.missingBin {
          SplitCandidate.insert(bin, into: &found.leftBins)
        }
      }
    }

    let listable = listable(bins)
    if bins.valueBins < rules.oneHotCategories {
      for bin in listable {
        var rightBins = SIMD4<UInt64>.zero
        SplitCandidate.insert(bin, into: &rightBins)
        consider(right: sums[bin], rightBins: rightBins)
      }
      return
    }
    let order = sorted(
      listable.filter { PackedSum.hessian(sums[$0]) > 0 }, sums, rules.lambda, node)
    for direction in [order, order.reversed()] {
      var right: Int64 = 0
      var rightBins = SIMD4<UInt64>.zero
      for bin in direction.prefix(rules.maximumCategories) {
        right &+= sums[bin]
        SplitCandidate.insert(bin, into: &rightBins)
        consider(right: right, rightBins: rightBins)
      }
    }
  }

  private func scanLightGBM(
    _ sums: UnsafePointer<Int64>, _ bins: FeatureBins, _ node: NodeSums, _ found: inout Found
  ) {
    let listable = listable(bins)
    let leastRows = max(rules.minimumRows, 1)
    // LightGBM always has a bin for all other categories, and counts it.
    if listable.count + 1 <= rules.oneHotCategories {
      for bin in listable {
        let rows = node.estimatedRows(sums[bin])
        guard rows >= leastRows, node.rows - rows >= leastRows,
          let score = score(sums[bin], node), score > found.score
        else { continue }
        found.score = score
        found.isFound = true
        found.left = sums[bin]
        found.leftBins = .zero
        SplitCandidate.insert(bin, into: &found.leftBins)
      }
      return
    }
    let frequent = listable.filter {
      Double(node.estimatedRows(sums[$0])) >= rules.categorySmoothing
    }
    let order = sorted(frequent, sums, rules.categorySmoothing, node)
    let most = min(rules.maximumCategories, (order.count + 1) / 2)
    for direction in [order, order.reversed()] {
      var left: Int64 = 0
      var leftBins = SIMD4<UInt64>.zero
      var (leftRows, groupRows) = (0, 0)
      for bin in direction.prefix(most) {
        left &+= sums[bin]
        SplitCandidate.insert(bin, into: &leftBins)
        let rows = node.estimatedRows(sums[bin])
        leftRows += rows
        groupRows += rows
        if leftRows < leastRows || node.hessian(left) < rules.minimumHessian { continue }
        let right = node.total &- left
        if node.rows - leftRows < max(leastRows, rules.minimumGroupRows)
          || node.hessian(right) < rules.minimumHessian
        {
          break
        }
        if groupRows < rules.minimumGroupRows { continue }
        groupRows = 0
        guard let score = score(left, node, extraLambda: rules.categoryLambda),
          score > found.score
        else { continue }
        found.score = score
        found.isFound = true
        found.isSortedSet = true
        found.left = left
        found.leftBins = leftBins
      }
    }
  }

  /// By the leaf value that each category would have; equal ones by bin.
  private func sorted(
    _ bins: [Int], _ sums: UnsafePointer<Int64>, _ smoothing: Double, _ node: NodeSums
  ) -> [Int] {
    let keys = bins.map { bin in
      let below = node.hessian(sums[bin]) + smoothing
      return (key: below > 0 ? node.gradient(sums[bin]) / below : 0, bin: bin)
    }
    return keys.sorted { $0.key != $1.key ? $0.key < $1.key : $0.bin < $1.bin }.map(\.bin)
  }
}
