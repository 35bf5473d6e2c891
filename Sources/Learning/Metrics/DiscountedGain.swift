/// Normalised discounted cumulative gain of one query, as `sklearn.metrics.ndcg_score` defines it:
/// the gain of a row is its relevance, and rows of equal scores share their places.
///
/// Boosting's own metric `ndcg` has the gains 2^relevance - 1 instead, as its libraries do.
package struct DiscountedGain: Sendable {
  /// At least 0.
  let relevance: [Double]
  let scores: [Double]

  package init(relevance: [Double], scores: [Double]) {
    precondition(relevance.count == scores.count, "a score for each row")
    self.relevance = relevance
    self.scores = scores
  }

  /// - Parameter count: ranks that are looked at; nil for all.
  /// - Returns: 0 when no row is relevant.
  package func normalised(at count: Int? = nil) -> Double {
    let most = min(count ?? relevance.count, relevance.count)
    var best = 0.0
    for (rank, gain) in relevance.sorted(by: >).prefix(most).enumerated() {
      best += gain * discount(rank)
    }
    return best > 0 ? discounted(most) / best : 0
  }

  private func discounted(_ most: Int) -> Double {
    let order = scores.indices.sorted {
      scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1
    }
    var sum = 0.0
    var start = 0
    while start < order.count {
      var end = start
      var (gains, discounts) = (0.0, 0.0)
      while end < order.count, scores[order[end]] == scores[order[start]] {
        gains += relevance[order[end]]
        if end < most { discounts += discount(end) }
        end += 1
      }
      sum += gains / Double(end - start) * discounts
      start = end
    }
    return sum
  }

  /// 1 / log2(rank + 2), ranks counted from 0.
  private func discount(_ rank: Int) -> Double {
    0.693_147_180_559_945_3 / naturalLogarithm(Double(rank + 2))
  }
}
