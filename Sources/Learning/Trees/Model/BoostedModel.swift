/// Trees whose leaves are added up: what boosting makes, and what the libraries' files hold.
///
/// The margin of a row and a class is the class's base margin plus the leaves that the row falls
/// into, each times its tree's weight. Trees stand in the order in which they were made: round by
/// round, in a round class by class, in a class one parallel tree after the other.
package struct BoostedModel: Sendable, Hashable {
  package var flavour: TreeFlavour
  /// As the library writes it: `binary:logistic`, `multiclass num_class:3`.
  package var objective: String
  /// Parameters that belong to the objective, such as `scale_pos_weight`, as text.
  package var objectiveParameters: [String: String]
  package var transform: OutputTransform
  /// Margins of a row: the number of classes for several classes, otherwise 1.
  package var outputs: Int
  /// In the order of the columns that it was taught with.
  package var features: [ModelFeature]
  /// The class labels that codes 0, 1, … stand for; empty for regressions and where unknown.
  package var classes: [String]
  package var trees: [DecisionTree]
  /// The output that each tree adds to.
  package var treeOutput: [Int]
  /// The first tree of each round, and at the end the number of trees.
  package var roundStarts: [Int]
  /// DART's weight of each tree; empty when all are 1.
  package var treeWeights: [Double]
  /// A margin for each output, before any tree.
  package var baseMargins: [Double]
  /// Whether margins are divided by the number of rounds (LightGBM's `average_output`).
  package var averagesRounds: Bool
  /// The round, counted from 0, with the best score; nil when nobody looked.
  package var bestRound: Int?
  package var bestScore: Double?
  /// Whatever else a file says of it (XGBoost's `attributes`).
  package var attributes: [String: String]

  package init(flavour: TreeFlavour, objective: String, outputs: Int, features: [ModelFeature]) {
    self.flavour = flavour
    self.objective = objective
    self.outputs = max(1, outputs)
    self.features = features
    objectiveParameters = [:]
    transform = .identity
    classes = []
    trees = []
    treeOutput = []
    roundStarts = [0]
    treeWeights = []
    baseMargins = [Double](repeating: 0, count: max(1, outputs))
    averagesRounds = false
    bestRound = nil
    bestScore = nil
    attributes = [:]
  }
}

extension BoostedModel {
  package var roundCount: Int { max(0, roundStarts.count - 1) }

  /// Adds the trees of one round, one after the other for outputs 0, 1, ….
  package mutating func appendRound(_ trees: [(tree: DecisionTree, output: Int)]) {
    for (tree, output) in trees {
      self.trees.append(tree)
      treeOutput.append(output)
    }
    roundStarts.append(self.trees.count)
  }

  /// Forgets the rounds from `count` on.
  package mutating func keepRounds(_ count: Int) {
    guard count >= 0, count < roundCount else { return }
    let kept = roundStarts[count]
    trees.removeSubrange(kept...)
    treeOutput.removeSubrange(kept...)
    if !treeWeights.isEmpty { treeWeights.removeSubrange(kept...) }
    roundStarts.removeSubrange((count + 1)...)
  }
}
