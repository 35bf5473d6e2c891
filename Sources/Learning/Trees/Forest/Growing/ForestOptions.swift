/// How a random forest is grown; names and defaults are those of scikit-learn 1.9.
package struct ForestOptions: Sendable, Hashable {
  /// `n_estimators`.
  package var trees = 100
  package var criterion: Criterion
  /// `max_depth`; nil is no limit.
  package var maximumDepth: Int?
  /// `min_samples_split`: rows that a node needs to be split.
  package var minimumSplit = Amount.count(2)
  /// `min_samples_leaf`: rows that each side of a split needs.
  package var minimumLeaf = Amount.count(1)
  /// `min_weight_fraction_leaf`: the share of all weight that each side of a split needs.
  package var minimumLeafWeight = 0.0
  /// `max_features`: how many features a node looks at.
  package var features: Features
  /// `max_leaf_nodes`; nil is no limit. With one, the node that gains most is split first.
  package var maximumLeaves: Int?
  /// `min_impurity_decrease`.
  package var minimumDecrease = 0.0
  /// Whether each tree learns from rows drawn with replacement, or all from all rows.
  package var bootstrap = true
  /// `max_samples`: rows that are drawn for a tree; nil for as many as there are.
  package var samples: Amount?
  package var classWeight = ClassWeight.none
  /// `oob_score`: whether rows score the trees that did not draw them.
  package var scoresOutOfBag = true
  package var seed: UInt64 = 0

  /// What a split is to lessen. The raw values are scikit-learn's words.
  package enum Criterion: String, Sendable, Hashable, CaseIterable {
    case gini, entropy
    case logLoss = "log_loss"
    case squaredError = "squared_error"
    case poisson

    /// Whether it is one of classes.
    package var isOfClasses: Bool {
      switch self {
      case .gini, .entropy, .logLoss: true
      case .squaredError, .poisson: false
      }
    }
  }

  /// A number of rows, or a share of them.
  package enum Amount: Sendable, Hashable {
    case count(Int)
    case share(Double)

    /// Rounded up, as scikit-learn does for the limits of nodes.
    func rows(of total: Int) -> Int {
      switch self {
      case .count(let count): count
      case .share(let share): Int((share * Double(total)).rounded(.up))
      }
    }
  }

  /// How many features of all.
  package enum Features: Sendable, Hashable {
    case squareRoot, logarithm, all
    case count(Int)
    case share(Double)

    /// At least 1, at most all.
    func count(of total: Int) -> Int {
      let wanted =
        switch self {
        case .squareRoot: Int(Double(total).squareRoot())
        // The whole part of the binary logarithm.
        case .logarithm: total > 0 ? Int.bitWidth - 1 - total.leadingZeroBitCount : 0
        case .all: total
        case .count(let count): count
        case .share(let share): Int(share * Double(total))
        }
      return min(total, max(1, wanted))
    }
  }

  /// `class_weight`: whether classes with few rows count as much as the others, in all rows or in
  /// those that a tree drew.
  package enum ClassWeight: String, Sendable, Hashable, CaseIterable {
    case none, balanced
    case balancedSubsample = "balanced_subsample"
  }

  package init(classes: Bool) {
    criterion = classes ? .gini : .squaredError
    features = classes ? .squareRoot : .all
  }
}
