import Platform

/// Watches a metric for ``EarlyStopping``.
struct StoppingWatch {
  let options: EarlyStopping
  private let metric: TreeMetric
  private let set: String
  private(set) var bestRound: Int?
  private(set) var bestScore: Double?

  /// - Throws: ``Failure`` when there is nothing to watch.
  init(_ options: EarlyStopping, metrics: [TreeMetric], sets: [String]) throws {
    guard let set = options.set ?? sets.last, sets.contains(set) else {
      throw Failure(
        .invalid,
        options.set.map { "there is no evaluation set `\($0)` for early stopping" }
          ?? "early stopping needs an evaluation set",
        hint: sets.isEmpty
          ? "hold some rows out, or leave `early_stopping_rounds` out"
          : "there is: \(sets.joined(separator: ", "))")
    }
    guard let metric = options.metric ?? metrics.last, metrics.contains(metric) else {
      throw Failure(.invalid, "the metric that early stopping watches is not computed")
    }
    self.options = options
    self.set = set
    self.metric = metric
  }

  /// Takes note of a round and says whether it was the last one.
  mutating func sees(_ scores: [RoundReport.Score], round: Int) -> Bool {
    guard let score = scores.first(where: { $0.set == set && $0.metric == metric })?.value else {
      return false
    }
    let isBetter =
      bestScore.map { best in
        metric.isAscending ? score > best + options.leastChange : score < best - options.leastChange
      } ?? !score.isNaN
    if isBetter {
      bestScore = score
      bestRound = round
    }
    return round - (bestRound ?? 0) >= options.rounds
  }
}
