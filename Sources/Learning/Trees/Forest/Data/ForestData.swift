import Compute

/// What every tree of a forest is grown from.
final class ForestData {
  let ranks: RankedMatrix
  let labels: [Double]
  let classCount: Int
  /// Of the rows; nil when all weigh 1. Balanced classes are in it.
  let weights: [Double]?
  /// Sums of the weights up to each row, when rows are drawn by weight.
  let drawing: [Double]?
  let options: ForestOptions
  let limits: ForestLimits

  /// Whether nodes are described by a weight and a weighted sum: numbers, and two classes under
  /// Gini's criterion, whose impurity is twice the variance of 0 and 1.
  var usesMoments: Bool { classCount == 0 || (classCount == 2 && options.criterion == .gini) }

  /// Rows that are drawn for a tree.
  var sampleCount: Int {
    switch options.samples {
    case nil: labels.count
    case .count(let count): count
    case .share(let share):
      max(1, Int(min(share * (drawing?.last ?? Double(labels.count)), 0x1p31)))
    }
  }

  init(_ set: ForestSet, _ options: ForestOptions, on pool: WorkerPool) throws {
    try set.check()
    ranks = try RankedMatrix(set.matrix, on: pool)
    labels = set.labels
    classCount = set.classCount
    self.options = options
    limits = ForestLimits(options, rows: set.labels.count, features: set.matrix.featureCount)
    var weights = set.weights
    let isBalanced =
      options.classWeight == .balanced
      || (options.classWeight == .balancedSubsample && !options.bootstrap)
    if isBalanced, set.classCount > 0 {
      let rowWeights = set.weights ?? [Double](repeating: 1, count: set.labels.count)
      let factors = Self.balance(set.labels, rowWeights, classCount: set.classCount)
      weights = zip(set.labels, rowWeights).map { factors[Int($0)] * $1 }
    }
    self.weights = weights
    guard options.bootstrap, let weights else {
      drawing = nil
      return
    }
    var sum = 0.0
    drawing = weights.map { weight in
      sum += weight
      return sum
    }
  }

  /// A factor for each class that gives all the same weight: all weight / (classes · own weight);
  /// 0 for classes without any (scikit-learn's `compute_class_weight`).
  static func balance(_ labels: [Double], _ weights: [Double], classCount: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: classCount)
    for (label, weight) in zip(labels, weights) { sums[Int(label)] += weight }
    let present = sums.count { $0 > 0 }
    let total = sums.reduce(0, +)
    return sums.map { $0 > 0 ? total / (Double(present) * $0) : 0 }
  }
}
