import Compute
import Platform

extension Booster {
  /// Grows one round's trees and adds them to all margins.
  ///
  /// - Returns: false when LightGBM would stop, because no tree can be divided.
  func addRound(_ round: Int) throws -> Bool {
    var drop = DropoutRound(self, round: round)
    drop.leaveOut()
    fillGradients()
    var trees: [(tree: DecisionTree, output: Int)] = []
    let parallel = max(1, options.parallelTrees)
    for output in 0..<board.outputs {
      for index in 0..<parallel {
        let number = (round * board.outputs + output) * parallel + index
        drawRows(round: round, output: output, tree: index)
        var grown = grow(output: output, number: number)
        try finish(&grown, output: output, parallel: parallel)
        add(grown, output: output, scale: drop.newWeight)
        trees.append((grown.tree, output))
        if options.dropout != nil { grownTrees.append((grown, output)) }
      }
    }
    drop.restore(newTrees: trees.count)
    if options.flavour == .lightgbm, trees.allSatisfy({ $0.tree.nodeCount == 1 }) {
      if options.dropout != nil { grownTrees.removeLast(trees.count) }
      return false
    }
    built.appendRound(trees)
    return true
  }

  private func fillGradients() {
    let rows = board.matrix.rowCount
    training.labels.withUnsafeBufferPointer { labels in
      (training.weights ?? []).withUnsafeBufferPointer { weights in
        guard let labels = labels.baseAddress else { return }
        if case .rankNDCG(let rank) = options.objective {
          LambdaGradients(
            options: rank, labels: labels, weights: training.weights == nil ? nil : weights,
            margins: board.margins.base, pairs: pairs.base
          ).fill(queries: training.queryStarts, on: pool)
          return
        }
        let kernel = GradientKernel(
          objective: options.objective, flavour: options.flavour, rowCount: rows, labels: labels,
          weights: training.weights == nil ? nil : weights.baseAddress,
          positiveWeight: Float(options.positiveWeight), margins: board.margins.base,
          pairs: pairs.base)
        let block = 4096
        pool.parallelFor(blocks: (rows + block - 1) / block) { index in
          kernel.fill((index * block)..<min(rows, (index + 1) * block))
        }
      }
    }
  }

  private func drawRows(round: Int, output: Int, tree: Int) {
    guard options.sampling.isDrawing else { return }
    // XGBoost draws for each tree, LightGBM for each round.
    let isFirst = output == 0 && tree == 0
    guard isFirst ? sampler.draws(in: round) : options.parallelTrees > 1 else { return }
    sample = sampler.sample(
      round: round, tree: tree, rowCount: board.matrix.rowCount, outputs: board.outputs,
      pairs: pairs.base)
    guard let sample, sample.factor != 1 else { return }
    for output in 0..<board.outputs {
      let pairs = pairs.base + output * board.matrix.rowCount
      for row in sample.amplified { pairs[Int(row)] *= sample.factor }
    }
  }

  private func grow(output: Int, number: Int) -> GrownTree {
    let rows = board.matrix.rowCount
    let pairs = pairs.base + output * rows
    let isConstant =
      options.objective.hasConstantHessian && training.weights == nil && sample?.factor ?? 1 == 1
    grower.gradients.fill(
      from: pairs, count: rows, isConstant: isConstant,
      key: RowHash.key(Int(truncatingIfNeeded: options.seed), number), on: pool)
    return grower.grow(pairs: pairs, rows: sample?.rows, index: number)
  }

  /// Refits the leaves where the loss asks for it, and applies the learning rate.
  private func finish(_ grown: inout GrownTree, output: Int, parallel: Int) throws {
    if let alpha = options.objective.leafQuantile {
      LeafRefit(
        alpha: alpha, flavour: options.flavour, labels: training.labels, weights: training.weights
      ).apply(
        to: &grown, order: grower.order.base,
        margins: board.margins.base + output * board.matrix.rowCount, on: pool)
    }
    let isXGBoost = options.flavour == .xgboost
    let rate = options.learningRate / Double(parallel)
    grown.tree.shrinkage = rate
    for node in 0..<grown.tree.nodeCount {
      let isLeaf = grown.tree.isLeaf(node)
      guard grown.tree.weight[node].isFinite, abs(grown.tree.weight[node]) < 1e30 else {
        throw Failure(
          .invalid, "the model leaves the range of numbers in round \(built.roundCount + 1)",
          hint: "lower the learning rate, raise the penalties, or look for huge labels")
      }
      if isXGBoost {
        // Leaves are floats in XGBoost's files: what is kept must be what is written.
        let value = Double(Float(grown.tree.weight[node] * rate))
        grown.tree.value[node] = isLeaf ? value : 0
        grown.tree.weight[node] = isLeaf ? value : Double(Float(grown.tree.weight[node]))
      } else {
        grown.tree.weight[node] *= rate
        grown.tree.value[node] = isLeaf ? grown.tree.weight[node] : 0
      }
    }
    if !isXGBoost, grown.tree.nodeCount == 1 {
      grown.tree.value[0] = 0
      grown.tree.weight[0] = 0
    }
  }

  private func add(_ grown: GrownTree, output: Int, scale: Double) {
    board.add(grown, output: output, order: grower.order.base, times: scale, on: pool)
    if let sample {
      board.add(grown, times: scale, output: output, rows: sample.others, on: pool)
    }
    for board in evaluationBoards { board.add(grown, times: scale, output: output, on: pool) }
  }
}
