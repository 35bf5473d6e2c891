/// How often predictions of a confidence are right, bin by bin.
///
/// Sums are exact, so that the order of the rows does not matter. Every measure is NaN for no rows.
package struct ReliabilityTable: Sendable, Hashable {
  /// The bins that rows fell into, from the lowest confidence up.
  package let bins: [Bin]
  /// How many rows there are.
  package let count: Int

  /// The rows of one interval of confidences; there is at least one.
  package struct Bin: Sendable, Hashable {
    /// The interval is (lower, upper], and the first one has its lower end.
    package var lower: Double
    package var upper: Double
    package var count: Int
    /// The mean of the confidences.
    package var confidence: Double
    /// The share of rows that came true.
    package var accuracy: Double

    /// How far the two are from each other.
    package var gap: Double { abs(accuracy - confidence) }
  }

  /// How confidences are parted.
  package enum Binning: Sendable, Hashable {
    /// Intervals of one width over 0...1, as in scikit-learn's `calibration_curve`.
    case equalWidth(Int)
    /// As many rows in each, by quantiles; fewer bins where quantiles are equal.
    case quantiles(Int)
  }

  /// - Parameters:
  ///   - confidences: predicted probabilities in 0...1, not NaN.
  ///   - isTrue: whether what was predicted came true, one for each.
  package init(confidences: [Double], isTrue: [Bool], binning: Binning = .equalWidth(10)) {
    precondition(confidences.count == isTrue.count, "a truth for each confidence")
    count = confidences.count
    let edges = Self.edges(confidences, binning)
    let intervals = Bins(edges: Array(edges.dropFirst().dropLast()), closedAbove: true)
    let lowest = edges.first ?? 0
    let highest = edges.last ?? 1
    var sums = [ExactSum](repeating: ExactSum(), count: intervals.count)
    var counts = [(rows: Int, hits: Int)](repeating: (0, 0), count: intervals.count)
    for (confidence, isTrue) in zip(confidences, isTrue) {
      let place = intervals.index(of: confidence)
      sums[place].add(confidence)
      counts[place].rows += 1
      if isTrue { counts[place].hits += 1 }
    }
    let ends = [lowest] + intervals.edges + [highest]
    bins = counts.indices.filter { counts[$0].rows > 0 }.map { place in
      let (rows, hits) = counts[place]
      return Bin(
        lower: ends[place], upper: ends[place + 1], count: rows,
        confidence: sums[place].value(over: rows), accuracy: Double(hits) / Double(rows))
    }
  }

  /// Of the most likely class of each row, the first of equal ones, and whether it is the true one.
  ///
  /// - Parameters:
  ///   - probabilities: a row for each row, a column for each class.
  ///   - labels: the true class of each row.
  package init(
    topLabelOf probabilities: Matrix, labels: [Int32], binning: Binning = .equalWidth(15)
  ) {
    precondition(probabilities.rows == labels.count, "a label for each row")
    precondition(probabilities.columns > 0, "there is a class")
    var confidences: [Double] = []
    var isTrue: [Bool] = []
    for (row, label) in labels.enumerated() {
      var top = 0
      for column in 1..<max(1, probabilities.columns)
      where probabilities[row, column] > probabilities[row, top] {
        top = column
      }
      confidences.append(probabilities[row, top])
      isTrue.append(top == Int(label))
    }
    self.init(confidences: confidences, isTrue: isTrue, binning: binning)
  }

  /// The expected calibration error: the mean gap, weighted by rows (M. P. Naeini, G. F. Cooper and
  /// M. Hauskrecht, 2015).
  package var expectedError: Double {
    guard count > 0 else { return .nan }
    var sum = ExactSum()
    for bin in bins { sum.add(bin.gap * Double(bin.count)) }
    return sum.value / Double(count)
  }

  /// The maximum calibration error: the largest gap.
  package var maximumError: Double { bins.map(\.gap).max() ?? .nan }

  /// Brier's score of two classes: the mean of (p - y)² with y = 1 for true and 0 for false. NaN for
  /// no rows.
  package static func brier(confidences: [Double], isTrue: [Bool]) -> Double {
    precondition(confidences.count == isTrue.count, "a truth for each confidence")
    guard !confidences.isEmpty else { return .nan }
    var sum = ExactSum()
    for (confidence, isTrue) in zip(confidences, isTrue) {
      // 1 - p is rounded at most once.
      let miss = isTrue ? 1 - confidence : confidence
      sum.add(miss * miss)
    }
    return sum.value(over: confidences.count)
  }

  private static func edges(_ confidences: [Double], _ binning: Binning) -> [Double] {
    switch binning {
    case .equalWidth(let count):
      precondition(count > 0, "there is a bin")
      // numpy's `linspace`: multiples of the rounded width.
      let width = 1 / Double(count)
      return (0..<count).map { Double($0) * width } + [1]
    case .quantiles(let count):
      precondition(count > 0, "there is a bin")
      let sample = OrderedSample(sorting: confidences)
      return (0...count).map { sample.quantile($0, of: count) }
    }
  }
}
