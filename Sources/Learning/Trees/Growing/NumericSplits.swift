/// Scans the histogram of a numeric feature for the best split.
struct NumericSplits {
  let rules: SplitRules

  /// - Parameters:
  ///   - sums: the feature's bins, the missing values' one last.
  ///   - monotone: the feature's constraint.
  /// - Returns: the best split of the feature, or one that is not valid.
  @inline(__always)
  func best(
    of sums: UnsafePointer<Int64>, valueBins: Int, missingBin: Int?, feature: Int, monotone: Int8,
    in node: NodeSums
  ) -> SplitCandidate {
    let missing = missingBin.map { sums[$0] } ?? 0
    var found = Found()
    // Where nothing is missing both ways are alike, and the library's own is written.
    let usualLeft = rules.flavour == .lightgbm
    if rules.isPlain {
      found.score = plainThreshold(node)
      // Where nothing is missing, one way is enough.
      for missingLeft in missing == 0 ? [usualLeft] : [usualLeft, !usualLeft] {
        if missingLeft, rules.flavour == .lightgbm {
          scanPlainDown(sums, valueBins, node, &found)
        } else {
          // All values left and the missing ones right is a split, too.
          let count = missing == 0 || missingLeft ? valueBins - 1 : valueBins
          scanPlain(sums, count, missingLeft ? missing : 0, missingLeft, node, &found)
        }
      }
      guard found.bin >= 0 else { return SplitCandidate() }
      let unit = node.gradientUnit * node.gradientUnit / node.hessianUnit
      found.score = (found.score - plainScore(node)) * unit
    } else {
      let own = rules.score(
        node.gradient(node.total), node.hessian(node.total), node.bounds)
      found.score = own + node.leastGain(rules)
      if missing == 0 {
        let limits = limits(sums, valueBins, usualLeft, node)
        scan(sums, valueBins - 1, limits, 0, usualLeft, monotone, node, &found)
      } else {
        for missingLeft in [usualLeft, !usualLeft] {
          scan(
            sums, missingLeft ? valueBins - 1 : valueBins,
            limits(sums, valueBins, missingLeft, node), missingLeft ? missing : 0, missingLeft,
            monotone, node, &found)
        }
      }
      guard found.bin >= 0 else { return SplitCandidate() }
      found.score -= own
    }
    guard found.score >= rules.minimumGain else { return SplitCandidate() }
    var candidate = SplitCandidate()
    candidate.gain = found.score
    candidate.feature = Int32(feature)
    candidate.bin = Int32(found.bin)
    candidate.missingLeft = found.missingLeft
    candidate.left = found.left
    candidate.leftBins = SplitCandidate.bins(through: found.bin)
    if found.missingLeft, let missingBin {
      SplitCandidate.insert(missingBin, into: &candidate.leftBins)
    }
    return candidate
  }

  private struct Found {
    /// The children's scores together; splits must exceed it.
    var score = 0.0
    var bin = -1
    var missingLeft = false
    var left: Int64 = 0
  }

  /// The first and the last bin that the rows may be divided behind.
  private struct Limits {
    var first = 0
    var last = Int.max
  }

  /// What `min_data_in_leaf` leaves of the bins, by LightGBM's estimates of their rows.
  ///
  /// LightGBM rounds each bin's rows, adds those of the child that has no missing values, and takes the rest for the other
  /// child's (`FindBestThresholdSequentially` of src/treelearner/feature_histogram.hpp). To count as it does is to grow its
  /// very trees.
  private func limits(
    _ sums: UnsafePointer<Int64>, _ valueBins: Int, _ missingLeft: Bool, _ node: NodeSums
  ) -> Limits {
    guard rules.flavour == .lightgbm else { return Limits() }
    let least = max(1, rules.minimumRows)
    var limits = Limits(first: valueBins, last: -1)
    var rows = 0
    if missingLeft {
      for bin in (0..<max(0, valueBins - 1)).reversed() {
        rows &+= node.estimatedRows(sums[bin + 1])
        if rows < least { continue }
        if node.rows - rows < least { break }
        limits.last = max(limits.last, bin)
        limits.first = bin
      }
    } else {
      for bin in 0..<valueBins {
        rows &+= node.estimatedRows(sums[bin])
        if rows < least { continue }
        if node.rows - rows < least { break }
        limits.first = min(limits.first, bin)
        limits.last = bin
      }
    }
    return limits
  }

  /// G² / (H + lambda) of the node in units: gradient units² over hessian units.
  private func plainScore(_ node: NodeSums) -> Double {
    let gradient = Double(PackedSum.gradient(node.total))
    let below =
      Double(PackedSum.hessian(node.total)) + rules.lambda / node.hessianUnit
    return below > 0 ? gradient * gradient / below : 0
  }

  private func plainThreshold(_ node: NodeSums) -> Double {
    let unit = node.gradientUnit * node.gradientUnit / node.hessianUnit
    return plainScore(node) + node.leastGain(rules) / unit
  }

  /// Scores are compared as fractions, so that no division stands in the loop.
  @inline(__always)
  private func scanPlain(
    _ sums: UnsafePointer<Int64>, _ count: Int, _ offset: Int64, _ missingLeft: Bool,
    _ node: NodeSums, _ found: inout Found
  ) {
    let lambda = rules.lambda / node.hessianUnit
    let least = node.minimumHessian
    let countsRows = rules.flavour == .lightgbm
    let leastRows = max(1, rules.minimumRows)
    let totalHessian = Int64(PackedSum.hessian(node.total))
    let totalGradient = Double(PackedSum.gradient(node.total))
    let total = Double(totalHessian) + lambda
    var best = found.score
    var left = offset
    var rows = 0
    var bin = -1
    while bin &+ 1 < count {
      bin &+= 1
      let sum = sums[bin]
      if sum == 0 { continue }
      left &+= sum
      if countsRows {
        rows &+= node.estimatedRows(sum)
        if rows < leastRows { continue }
        if node.rows &- rows < leastRows { break }
      }
      let hessian = Int64(PackedSum.hessian(left))
      if hessian >= least {
        if totalHessian &- hessian < least { break }
        let gl = Double(PackedSum.gradient(left))
        let gr = totalGradient - gl
        let hl = Double(hessian)
        let hr = total - hl
        let below = hl + lambda
        let above = gl * gl * hr + gr * gr * below
        let product = below * hr
        if above > best * product {
          best = above / product
          found.score = best
          found.bin = bin
          found.missingLeft = missingLeft
          found.left = left
        }
      }
    }
  }

  /// LightGBM's scan from the right, missing values on the left: among bounds that are equally good, it has the highest.
  @inline(__always)
  private func scanPlainDown(
    _ sums: UnsafePointer<Int64>, _ valueBins: Int, _ node: NodeSums, _ found: inout Found
  ) {
    let lambda = rules.lambda / node.hessianUnit
    let least = node.minimumHessian
    let leastRows = max(1, rules.minimumRows)
    let totalHessian = Int64(PackedSum.hessian(node.total))
    let totalGradient = Double(PackedSum.gradient(node.total))
    let total = Double(totalHessian) + lambda
    var best = found.score
    var right: Int64 = 0
    var rows = 0
    var bin = valueBins &- 1
    while bin > 0 {
      let sum = sums[bin]
      bin &-= 1
      if sum == 0 { continue }
      right &+= sum
      rows &+= node.estimatedRows(sum)
      if rows < leastRows { continue }
      if node.rows &- rows < leastRows { break }
      let hessian = Int64(PackedSum.hessian(right))
      if hessian >= least {
        if totalHessian &- hessian < least { break }
        let gr = Double(PackedSum.gradient(right))
        let gl = totalGradient - gr
        let hr = Double(hessian)
        let hl = total - hr
        let below = hr + lambda
        let above = gr * gr * hl + gl * gl * below
        let product = below * hl
        if above > best * product {
          best = above / product
          found.score = best
          found.bin = bin
          found.missingLeft = true
          found.left = node.total &- right
        }
      }
    }
  }

  /// The same with everything: L1, limits, constraints.
  private func scan(
    _ sums: UnsafePointer<Int64>, _ count: Int, _ limits: Limits, _ offset: Int64,
    _ missingLeft: Bool, _ monotone: Int8, _ node: NodeSums, _ found: inout Found
  ) {
    let least = node.minimumHessian
    let totalHessian = Int64(PackedSum.hessian(node.total))
    var left = offset
    let prefersHigh = missingLeft && rules.flavour == .lightgbm
    for bin in 0..<count {
      if sums[bin] == 0 {
        if prefersHigh, found.bin >= 0, found.bin == bin - 1, found.missingLeft { found.bin = bin }
        continue
      }
      left &+= sums[bin]
      let hessian = Int64(PackedSum.hessian(left))
      if hessian < least || bin < limits.first { continue }
      if totalHessian - hessian < least || bin > limits.last { break }
      let right = node.total &- left
      let (gl, hl) = (node.gradient(left), node.hessian(left))
      let (gr, hr) = (node.gradient(right), node.hessian(right))
      if monotone != 0 {
        let (wl, wr) = (rules.weight(gl, hl, node.bounds), rules.weight(gr, hr, node.bounds))
        if monotone > 0 ? wl > wr : wl < wr { continue }
      }
      let score = rules.score(gl, hl, node.bounds) + rules.score(gr, hr, node.bounds)
      let ties = score == found.score && prefersHigh && found.bin >= 0 && found.missingLeft
      if score > found.score || ties {
        found.score = score
        found.bin = bin
        found.missingLeft = missingLeft
        found.left = left
      }
    }
  }
}
