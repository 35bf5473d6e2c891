import Compute
import Testing

@testable import Learning

@Suite("Growing trees") struct GrowingTests {
  @Test("the model is the same for one, two and three threads", arguments: flavours)
  func threads(flavour: TreeFlavour) throws {
    let set = try TreeSamples.binary(rows: 900, missing: 0.05)
    var options = TreeSamples.options(flavour, .logistic, rounds: 3)
    options.sampling.share = 0.8
    options.columnsPerNode = 0.7
    let one = try TreeSamples.train(set, options, threads: 1)
    #expect(try TreeSamples.train(set, options, threads: 2) == one)
    #expect(try TreeSamples.train(set, options, threads: 3) == one)
    #expect(one.trees.contains { $0.nodeCount > 3 })
  }

  @Test(
    "covers and counts of children add up to their parent's", arguments: flavours,
    [BoostingOptions.Growth.depthWise, .leafWise])
  func sums(flavour: TreeFlavour, growth: BoostingOptions.Growth) throws {
    let set = try TreeSamples.binary(rows: 600)
    var options = TreeSamples.options(flavour, .logistic)
    options.growth = growth
    options.maximumLeaves = 12
    options.maximumDepth = 5
    options.minimumHessian = 2
    let model = try TreeSamples.train(set, options)
    for tree in model.trees {
      try tree.check(featureCount: 5)
      #expect(tree.leafCount <= 12)
      #expect(tree.depth <= 5)
      #expect(tree.count[0] == 600)
      for node in 0..<tree.nodeCount where !tree.isLeaf(node) {
        let (left, right) = (Int(tree.left[node]), Int(tree.right[node]))
        #expect(tree.cover[node] == tree.cover[left] + tree.cover[right])
        #expect(tree.count[node] == tree.count[left] + tree.count[right])
        #expect(min(tree.cover[left], tree.cover[right]) > 2 - 1e-3)
        #expect(min(tree.count[left], tree.count[right]) >= options.minimumRows)
        #expect(tree.gain[node] > 0)
      }
    }
  }

  @Test("the best split is the one that looking at all of them finds")
  func exhaustive() throws {
    let set = try TreeSamples.regression(rows: 120, features: 2)
    var options = TreeSamples.options(.xgboost, rounds: 1)
    options.maximumDepth = 1
    options.baseScore = 0
    let tree = try TreeSamples.train(set, options).trees[0]
    var best = (gain: 0.0, feature: -1, threshold: 0.0)
    let total = set.labels.reduce(0) { $0 - Double($1) }
    for feature in 0..<2 {
      for cut in 0..<120 {
        let threshold = set.matrix[cut, feature]
        var (gradient, count) = (0.0, 0.0)
        for row in 0..<120 where set.matrix[row, feature] < threshold {
          gradient -= Double(set.labels[row])
          count += 1
        }
        guard count > 0 else { continue }
        let rest = total - gradient
        let gain =
          gradient * gradient / (count + 1) + rest * rest / (121 - count) - total * total / 121
        if gain > best.gain { best = (gain, feature, threshold) }
      }
    }
    #expect(Int(tree.feature[0]) == best.feature)
    #expect(tree.threshold[0] == best.threshold)
    #expect(abs(tree.gain[0] - best.gain) < 1e-4 * best.gain)
  }

  @Test("leaf by leaf, splits are made in the order of their gains")
  func bestFirst() throws {
    let set = try TreeSamples.regression(rows: 800)
    var options = TreeSamples.options(.lightgbm, rounds: 1)
    options.maximumLeaves = 20
    let whole = try TreeSamples.train(set, options).trees[0]
    // A tree of fewer leaves is the beginning of one of more.
    options.maximumLeaves = 9
    let part = try TreeSamples.train(set, options).trees[0]
    #expect(part.nodeCount == 17)
    for node in 0..<part.nodeCount where !part.isLeaf(node) {
      #expect(part.feature[node] == whole.feature[node])
      #expect(part.threshold[node] == whole.threshold[node])
    }
  }

  @Test("leaves have enough rows where second derivatives count them")
  func counts() throws {
    var options = TreeSamples.options(.lightgbm, .squaredError, rounds: 4)
    options.minimumRows = 15
    let model = try TreeSamples.train(TreeSamples.binary(rows: 400), options)
    for tree in model.trees {
      for node in 0..<tree.nodeCount where tree.isLeaf(node) { #expect(tree.count[node] >= 15) }
    }
    #expect(model.trees[0].nodeCount > 3)
  }

  @Test("LightGBM's draws are its own") func draws() {
    // What LightGBM 4.7's `Random` gives for the seed 1.
    var random = LightGBMRandom(seed: 1)
    #expect((0..<5).map { _ in random.short(below: 32_767) } == [41, 18467, 6334, 26500, 19169])
    var skipped = LightGBMRandom(seed: 1)
    skipped.skip(4)
    #expect(skipped.short(below: 32_767) == 19169)
    for (count, all) in [(3, 1000), (200, 1000), (1000, 1000), (1, 5), (0, 5)] {
      var (a, b) = (LightGBMRandom(seed: 7), LightGBMRandom(seed: 7))
      let drawn = a.sample(count, of: all)
      #expect(drawn.count == count && Set(drawn).count == count)
      #expect(drawn == drawn.sorted() && drawn.allSatisfy { (0..<all).contains($0) })
      b.skip(LightGBMRandom.draws(sampling: count, of: all))
      #expect(a.short(below: 9) == b.short(below: 9))
    }
  }

  @Test("predictions rise with a feature that must not lower them", arguments: flavours)
  func monotone(flavour: TreeFlavour) throws {
    let set = try TreeSamples.regression(rows: 500)
    var options = TreeSamples.options(flavour, rounds: 10)
    options.monotone = [1, 0, 0, 0, -1]
    let model = try TreeSamples.train(set, options)
    #expect(model.trees.contains { $0.feature.contains(1) })
    let predictor = try BatchPredictor(model)
    let steps = Array(stride(from: -2.0, through: 2.0, by: 0.05))
    for (feature, sign) in [(0, 1.0), (4, -1.0)] {
      for row in 0..<10 {
        let columns = (0..<5).map { other in
          steps.map { other == feature ? $0 : set.matrix[row, other] }
        }
        let margins = try predictor.margins(
          try FeatureMatrix(columns: columns, features: set.matrix.features),
          on: WorkerPool(threads: 1))
        for (a, b) in zip(margins, margins.dropFirst()) { #expect((b - a) * sign >= -1e-9) }
      }
    }
  }
}
