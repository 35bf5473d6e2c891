/// How well scores order rows of two classes: the areas under the two curves that people draw.
package struct RankingCurve: Sendable {
  /// Sums of weights with at least a certain score, from the highest score down; one for each
  /// distinct score.
  private var steps: [(positives: Double, negatives: Double)] = []

  /// - Parameters:
  ///   - scores: more is more likely positive; not NaN.
  ///   - isPositive: which rows are.
  ///   - weights: at least 0, one for each row; nil counts each row once.
  package init(scores: [Double], isPositive: [Bool], weights: [Double]? = nil) {
    precondition(scores.count == isPositive.count, "a score for each row")
    // Equal scores keep the rows' order, so that sums are the same bits every time.
    let order = scores.indices.sorted {
      scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1
    }
    var sums = (positives: 0.0, negatives: 0.0)
    for (place, row) in order.enumerated() {
      let weight = weights?[row] ?? 1
      if isPositive[row] { sums.positives += weight } else { sums.negatives += weight }
      let isLastOfTie = place + 1 == order.count || scores[order[place + 1]] != scores[row]
      if isLastOfTie { steps.append(sums) }
    }
  }

  /// The share of pairs of a positive and a negative row that are in the right order, ties counting
  /// half: the area under the receiver operating characteristic. NaN when there is no pair.
  package var area: Double {
    guard let all = steps.last, all.positives > 0, all.negatives > 0 else { return .nan }
    var area = 0.0
    var before = (positives: 0.0, negatives: 0.0)
    for step in steps {
      area += (step.negatives - before.negatives) * (step.positives + before.positives) / 2
      before = step
    }
    return area / (all.positives * all.negatives)
  }

  /// Average precision: the precisions at each score, weighted by how much recall grows there. 0
  /// without positive rows.
  package var averagePrecision: Double {
    guard let all = steps.last, all.positives > 0 else { return 0 }
    var sum = 0.0
    var before = 0.0
    for step in steps where step.positives > before {
      sum +=
        (step.positives - before) / all.positives * step.positives
        / (step.positives + step.negatives)
      before = step.positives
    }
    return sum
  }
}
