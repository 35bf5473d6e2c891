/// Intervals that numbers are counted in.
package struct Bins: Sendable, Hashable {
  /// Where one interval ends and the next one begins: ascending, without the outer ends, which are
  /// open to both sides. n edges part n + 1 bins.
  package let edges: [Double]
  /// Whether an edge belongs to the interval below it, (low, high], and not to that above, [low,
  /// high).
  package let closedAbove: Bool

  /// - Parameter edges: ascending; equal ones are kept once.
  package init(edges: [Double], closedAbove: Bool) {
    var kept: [Double] = []
    for edge in edges where kept.last != edge { kept.append(edge) }
    self.edges = kept
    self.closedAbove = closedAbove
  }

  package var count: Int { edges.count + 1 }

  /// Bins (low, high] between the quantiles 1/n, 2/n, … of a sample (type 7), fewer where they are
  /// equal. One bin for no numbers.
  package static func quantiles(of sample: OrderedSample, count: Int) -> Bins {
    precondition(count > 0, "there is a bin")
    guard sample.count > 0 else { return Bins(edges: [], closedAbove: true) }
    return Bins(
      edges: (1..<count).map { sample.quantile($0, of: count) }, closedAbove: true)
  }

  /// Bins [low, high) of one width from the smallest to the largest number of both samples, the last
  /// one with its upper end: numpy's `histogram`. Equal numbers stand in the middle of a range of 1.
  /// One bin for no numbers or an infinite one.
  package static func equalWidth(over pair: SamplePair, count: Int) -> Bins {
    precondition(count > 0, "there is a bin")
    guard let range = range(of: pair) else { return Bins(edges: [], closedAbove: false) }
    var (low, high) = range
    if low == high { (low, high) = (low - 0.5, high + 0.5) }
    let width = (high - low) / Double(count)
    // A width beyond all doubles.
    guard width.isFinite else {
      let half = (high / 2 - low / 2) / Double(count)
      return Bins(
        edges: (1..<count).map { (low / 2 + Double($0) * half) * 2 }, closedAbove: false)
    }
    return Bins(edges: (1..<count).map { low + Double($0) * width }, closedAbove: false)
  }

  /// Equal widths, as many as H. A. Sturges (1926) wants: log2 n + 1 of the rows of both samples, as
  /// numpy rounds it and Evidently bins columns of more than 20 values.
  package static func sturges(over pair: SamplePair) -> Bins {
    let rows = Double(pair.reference.count + pair.current.count)
    guard let (low, high) = range(of: pair), low < high, (high - low).isFinite else {
      return equalWidth(over: pair, count: 1)
    }
    // Exact for powers of two, where the number of bins changes.
    let rest = Elementary.logarithm(rows.significand) / DoubleDouble.ln2.high
    let wanted = Double(rows.exponent) + rest + 1
    let width = (high - low) / wanted
    // A width that is too small for a double.
    let bins = width > 0 ? (high - low) / width : wanted
    return equalWidth(over: pair, count: Int(bins.rounded(.up)))
  }

  /// How many numbers of a sample fall into each bin.
  package func counts(of sample: OrderedSample) -> [Int] {
    var counts: [Int] = []
    var before = 0
    for edge in edges {
      let end = closedAbove ? sample.count(upTo: edge) : sample.count(below: edge)
      counts.append(end - before)
      before = end
    }
    return counts + [sample.count - before]
  }

  /// The bin that a number falls into; NaN falls into the last.
  package func index(of x: Double) -> Int {
    var (low, high) = (0, edges.count)
    while low < high {
      let middle = (low + high) / 2
      let isBelow = closedAbove ? x <= edges[middle] : x < edges[middle]
      if isBelow { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// Counts numbers, none of them NaN, in any order.
  ///
  /// - Parameter counts: one for each bin; added to.
  package func count(
    _ numbers: UnsafeBufferPointer<Double>, into counts: UnsafeMutableBufferPointer<Int>
  ) {
    precondition(counts.count == count, "a count for each bin")
    edges.withUnsafeBufferPointer { edges in
      guard edges.count <= 16 else {
        for x in numbers { counts[index(of: x)] &+= 1 }
        return
      }
      // Few edges are compared with all at once.
      for x in numbers {
        var index = 0
        for edge in edges { index &+= (closedAbove ? x > edge : x >= edge) ? 1 : 0 }
        counts[index] &+= 1
      }
    }
  }

  private static func range(of pair: SamplePair) -> (Double, Double)? {
    let ends = [pair.reference.values, pair.current.values].flatMap { values in
      [values.first, values.last].compactMap(\.self)
    }
    guard let low = ends.min(), let high = ends.max(), low.isFinite, high.isFinite else {
      return nil
    }
    return (low, high)
  }
}
