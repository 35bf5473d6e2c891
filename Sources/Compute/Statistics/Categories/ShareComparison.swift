/// Counts of the same categories, or bins, in a reference and a current sample, and how far their
/// shares are from each other.
///
/// Sums are exact, so that the order of the categories does not matter. Every distance is NaN when
/// a side has no row at all.
package struct ShareComparison: Sendable, Hashable {
  package let reference: [Int]
  package let current: [Int]

  /// - Parameters:
  ///   - reference: a count for each category, at least 0.
  ///   - current: the same of the other sample; categories that only one has count 0 in the other.
  package init(reference: [Int], current: [Int]) {
    precondition(reference.count == current.count, "counts of the same categories")
    self.reference = reference
    self.current = current
  }

  /// The counts of two samples in bins.
  package init(_ pair: SamplePair, in bins: Bins) {
    self.init(reference: bins.counts(of: pair.reference), current: bins.counts(of: pair.current))
  }

  /// The population stability index Σ (c - r)·ln(c / r) of current and reference shares.
  ///
  /// - Parameter zero: what replaces a share of 0; the others stay as they are.
  package func stabilityIndex(zero: ZeroShare = .fixed(1e-4)) -> Double {
    let shares = shares
    let r = zero.share(beside: shares.map(\.reference))
    let c = zero.share(beside: shares.map(\.current))
    return sum { share in
      if share.reference > 0 && share.current > 0 { return share.difference * share.logRatio }
      let filled = Share(
        reference: share.reference == 0 ? r : share.reference,
        current: share.current == 0 ? c : share.current)
      return filled.difference * filled.logRatio
    }
  }

  /// The Jensen-Shannon distance: √(½·Σ r·log(r/m) + ½·Σ c·log(c/m)) with m = (r + c)/2, in 0...1
  /// for base 2.
  ///
  /// - Parameter base: of the logarithm, more than 1; scipy and Evidently take e unless told.
  package func jensenShannon(base: Double = 2) -> Double {
    let divergence = sum(\.divergence) / 2
    return (divergence / Elementary.logarithm(base)).squareRoot()
  }

  /// Half the sum of the absolute differences: the total variation distance, in 0...1.
  package var totalVariation: Double { sum { abs($0.difference) } / 2 }

  /// The largest absolute difference: the L∞ distance, in 0...1.
  package var largestDifference: Double { shares.map { abs($0.difference) }.max() ?? .nan }

  /// Hellinger's distance √(½·Σ (√r - √c)²), in 0...1.
  package var hellinger: Double {
    let squares = sum { share in
      let roots = share.reference.squareRoot() + share.current.squareRoot()
      // √c - √r without cancellation.
      return roots == 0 ? 0 : (share.difference / roots) * (share.difference / roots)
    }
    let distance = (squares / 2).squareRoot()
    return distance > 1 ? 1 : distance
  }

  /// The chi squared test that both samples have the same shares, without Yates' correction, over
  /// the categories of either.
  package var chiSquared: HypothesisTest { table.independence }

  /// The table of both samples: a row each.
  package var table: ContingencyTable { ContingencyTable(rows: [reference, current]) }

  /// One for each category; none when a side has no row.
  private var shares: [Share] {
    let (n, m) = (reference.reduce(0, +), current.reduce(0, +))
    guard n > 0, m > 0 else { return [] }
    return zip(reference, current).map { r, c in
      let gap = Int128(c) * Int128(n) - Int128(r) * Int128(m)
      return Share(
        reference: Double(r) / Double(n), current: Double(c) / Double(m),
        difference: gap.nearest / (Double(n) * Double(m)))
    }
  }

  private func sum(_ term: (Share) -> Double) -> Double {
    let shares = shares
    return shares.isEmpty ? .nan : ExactSum(shares.map(term)).value
  }
}
