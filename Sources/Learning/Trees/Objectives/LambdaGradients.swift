import Compute

/// Gradients of LambdaMART: pairs of rows of a query that differ in relevance, each weighed by what
/// swapping them would do to NDCG (C. Burges, "From RankNet to LambdaRank to LambdaMART", 2010).
struct LambdaGradients {
  let options: RankOptions
  let labels: UnsafePointer<Float>
  let weights: UnsafeBufferPointer<Float>?
  let margins: UnsafePointer<Double>
  let pairs: UnsafeMutablePointer<SIMD2<Float>>

  /// - Parameter queries: the first row of each query, and at the end the number of rows.
  func fill(queries: [Int], on pool: WorkerPool) {
    pool.parallelFor(blocks: max(0, queries.count - 1)) { query in
      fill(queries[query]..<queries[query + 1])
    }
  }

  private func fill(_ rows: Range<Int>) {
    var sums = [SIMD2<Double>](repeating: .zero, count: rows.count)
    let start = rows.lowerBound
    let order = rows.sorted { margins[$0] != margins[$1] ? margins[$0] > margins[$1] : $0 < $1 }
    let ideal = rows.map { labels[$0] }.sorted(by: >)
    let best = RankScore.gain(Array(ideal.prefix(options.truncation)))
    var total = 0.0
    if best > 0 {
      let spread = margins[order[0]] - margins[order[order.count - 1]]
      for high in 0..<min(options.truncation, order.count) {
        for low in (high + 1)..<max(high + 1, order.count) {
          let (first, second) = (order[high], order[low])
          guard labels[first] != labels[second] else { continue }
          let isRight = labels[first] > labels[second]
          let (better, worse) = isRight ? (first, second) : (second, first)
          let gains = RankScore.gain(labels[better]) - RankScore.gain(labels[worse])
          let discounts = RankScore.discount(high) - RankScore.discount(low)
          var change = gains * discounts / best
          let distance = margins[better] - margins[worse]
          // As LightGBM's `lambdarank_norm`: close margins count more.
          if options.isNormalised, spread != 0 { change /= 0.01 + abs(distance) }
          let chance = 1 / (1 + Elementary8.exponential(distance))
          let lambda = chance * change
          let hessian = chance * (1 - chance) * change
          sums[better - start] += SIMD2(-lambda, hessian)
          sums[worse - start] += SIMD2(lambda, hessian)
          total += 2 * lambda
        }
      }
    }
    let factor =
      options.isNormalised && total > 0
      ? Elementary8.logarithm(1 + total) / 0.693_147_180_559_945_3 / total : 1
    for row in rows {
      let weight = Double(weights?[row] ?? 1)
      let sum = sums[row - start] * (factor * weight)
      pairs[row] = SIMD2(Float(sum.x), Float(max(sum.y, 1e-16)))
    }
  }
}
