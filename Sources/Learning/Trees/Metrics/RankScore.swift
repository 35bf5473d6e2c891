/// Scores the order that margins give to the rows of queries.
struct RankScore {
  let labels: [Float]
  /// The first row of each query, and at the end the number of rows.
  let queries: [Int]

  /// The mean over the queries of DCG / ideal DCG, with gains 2^label - 1 and discounts
  /// 1 / log2(rank + 1); a query without a relevant row counts 1.
  ///
  /// - Parameter count: ranks that are looked at; 0 for all.
  func ndcg(_ margins: UnsafePointer<Double>, at count: Int) -> Double {
    guard queries.count > 1 else { return .nan }
    var sum = 0.0
    for query in 0..<(queries.count - 1) {
      let rows = Array(queries[query]..<queries[query + 1])
      let most = count == 0 ? rows.count : min(count, rows.count)
      // Of equal margins the first row comes first.
      let ranked = rows.sorted { margins[$0] != margins[$1] ? margins[$0] > margins[$1] : $0 < $1 }
      let ideal = rows.sorted { labels[$0] > labels[$1] }
      let best = Self.gain(ideal.prefix(most).map { labels[$0] })
      sum += best > 0 ? Self.gain(ranked.prefix(most).map { labels[$0] }) / best : 1
    }
    return sum / Double(queries.count - 1)
  }

  static func gain(_ labels: [Float]) -> Double {
    var sum = 0.0
    for (rank, label) in labels.enumerated() { sum += gain(label) * discount(rank) }
    return sum
  }

  static func gain(_ label: Float) -> Double {
    Elementary8.exponential(Double(label) * 0.693_147_180_559_945_3) - 1
  }

  /// 1 / log2(rank + 2), ranks counted from 0.
  static func discount(_ rank: Int) -> Double {
    0.693_147_180_559_945_3 / Elementary8.logarithm(Double(rank + 2))
  }
}
