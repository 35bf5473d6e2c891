import Compute

/// The dropout of one round: which trees are left out, and what they and the new ones weigh then.
struct DropoutRound {
  private let booster: Booster
  private let round: Int
  private var dropped: [Int] = []
  /// What the dropped trees add to the margins of the training rows and of each evaluation set.
  private var shares: [Memory<Double>] = []
  /// The weight of the round's new trees.
  private(set) var newWeight = 1.0
  private var factor = 1.0

  init(_ booster: Booster, round: Int) {
    self.booster = booster
    self.round = round
  }

  private var boards: [MarginBoard] { [booster.board] + booster.evaluationBoards }

  /// Chooses trees and takes them out of all margins.
  mutating func leaveOut() {
    guard let dropout = booster.options.dropout else { return }
    choose(dropout)
    guard !dropped.isEmpty else { return }
    setWeights(dropout)
    for board in boards {
      let share = Memory<Double>(count: board.margins.count, filledWith: 0)
      for index in dropped {
        board.add(
          booster.grownTrees[index].tree, times: booster.built.treeWeights[index],
          output: booster.grownTrees[index].output, to: share, on: booster.pool)
      }
      for place in 0..<share.count { board.margins.base[place] -= share.base[place] }
      shares.append(share)
    }
  }

  private mutating func choose(_ dropout: Dropout) {
    var stream = RandomStream(
      seed: booster.options.seed, purpose: "dropout", index: UInt64(round))
    let weights = booster.built.treeWeights
    guard !weights.isEmpty, stream.unit() >= dropout.skip else { return }
    let mean = weights.reduce(0, +) / Double(weights.count)
    let starts = booster.built.roundStarts
    for round in 0..<booster.built.roundCount {
      let trees = starts[round]..<starts[round + 1]
      // LightGBM drops whole rounds, XGBoost trees.
      let units =
        booster.options.flavour == .lightgbm ? [Array(trees)] : trees.map { [$0] }
      for unit in units where dropout.most == 0 || dropped.count < dropout.most {
        let share = dropout.isWeighted && mean > 0 ? weights[unit[0]] / mean : 1
        if stream.unit() < dropout.rate * share { dropped += unit }
      }
    }
    if dropped.isEmpty, dropout.dropsOne { dropped = [stream.integer(below: weights.count)] }
  }

  /// `GBTree::NormalizeTrees` of XGBoost, `DART::Normalize` of LightGBM.
  private mutating func setWeights(_ dropout: Dropout) {
    let newTrees = booster.board.outputs * max(1, booster.options.parallelTrees)
    switch booster.options.flavour {
    case .xgboost:
      let rate = booster.options.learningRate / Double(newTrees)
      let count = Double(dropped.count)
      if dropout.isForest {
        factor = 1 / (1 + rate)
        newWeight = factor
      } else {
        factor = count / (count + rate)
        newWeight = 1 / (count + rate)
      }
    case .lightgbm:
      let rounds = Double(dropped.count) / Double(newTrees)
      factor = rounds / (rounds + 1)
      newWeight = 1 / (rounds + 1)
    }
  }

  /// Puts the dropped trees back with their new weights.
  func restore(newTrees: Int) {
    guard booster.options.dropout != nil else { return }
    for (board, share) in zip(boards, shares) {
      for place in 0..<share.count { board.margins.base[place] += factor * share.base[place] }
    }
    for index in dropped { booster.built.treeWeights[index] *= factor }
    booster.built.treeWeights += [Double](repeating: newWeight, count: newTrees)
  }
}
