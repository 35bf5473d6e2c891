/// How sure a difference between two predictors on the same rows is: the mean difference of rows
/// drawn again and again with replacement (B. Efron, 1979).
///
/// Every replicate has a random stream of its own, so that results depend on the seed and the order
/// of the rows, not on the number of threads.
package struct PairedBootstrap: Sendable, Hashable {
  /// The mean difference of all rows; NaN for no rows.
  package let difference: Double
  /// The mean differences of the replicates, ascending; none for no rows or a difference that is not
  /// finite.
  package let replicates: [Double]

  /// - Parameters:
  ///   - differences: for each row, how much better the first predictor is than the second.
  ///   - replicates: how often rows are drawn; one takes 9 ns a row.
  ///   - pool: threads to share the replicates.
  package init(
    differences: [Double], replicates: Int = 1000, seed: UInt64, pool: WorkerPool? = nil
  ) {
    difference = Moments(differences).mean
    guard difference.isFinite else {
      self.replicates = []
      return
    }
    self.replicates = Self.statistics(
      rows: differences.count, replicates: replicates, seed: seed, pool: pool
    ) { rows in
      var sum = 0.0
      for row in rows { sum += differences[row] }
      return sum / Double(rows.count)
    }.sorted()
  }

  /// The interval that the middle share of the replicates lies in, by their quantiles; NaN without
  /// replicates.
  package func interval(confidence: Double = 0.95) -> (lower: Double, upper: Double) {
    let sample = OrderedSample(ascending: replicates)
    return (sample.quantile((1 - confidence) / 2), sample.quantile((1 + confidence) / 2))
  }

  /// The chance that the first predictor is not better than the second by more than `margin`: the
  /// share of replicates at or below the margin, one added on both sides of the ratio (A. C. Davison
  /// and D. V. Hinkley, 1997). 1 without replicates.
  package func p(notAbove margin: Double = 0) -> Double {
    let low = replicates.count { $0 <= margin }
    return Double(low + 1) / Double(replicates.count + 1)
  }

  /// A statistic of rows drawn with replacement, for each replicate in turn.
  ///
  /// - Parameters:
  ///   - rows: how many there are, and how many are drawn; at least 1.
  ///   - statistic: of the numbers of drawn rows; called from several threads at once.
  package static func statistics(
    rows: Int, replicates: Int, seed: UInt64, pool: WorkerPool? = nil,
    _ statistic: @Sendable (UnsafeBufferPointer<Int>) -> Double
  ) -> [Double] {
    precondition(rows > 0, "there is a row to draw")
    let pool = pool ?? WorkerPool(threads: 1)
    return pool.map(max(0, replicates)) { replicate in
      var stream = RandomStream(seed: seed, purpose: "bootstrap", index: UInt64(replicate))
      return withUnsafeTemporaryAllocation(of: Int.self, capacity: rows) { drawn in
        for place in 0..<rows {
          drawn.initializeElement(at: place, to: stream.integer(below: rows))
        }
        return statistic(UnsafeBufferPointer(drawn))
      }
    }
  }
}
