import Compute

/// Draws the features that a tree, a level and a node may look at, each a share of those above it.
///
/// As in XGBoost (`colsample_bytree`, `_bylevel`, `_bynode`) and LightGBM (`feature_fraction`,
/// `feature_fraction_bynode`): at least one is left. Draws are named by tree, depth and the path to
/// the node, so that the order in which nodes are visited does not matter.
struct ColumnSample {
  var tree = 1.0
  var level = 1.0
  var node = 1.0
  var seed: UInt64 = 0
  /// LightGBM's `feature_fraction_seed`, by which it draws the features of trees.
  var lightGBMSeed: Int?

  var isEverything: Bool { tree >= 1 && level >= 1 && node >= 1 }

  /// The features of a tree, in ascending order.
  func features(of all: Int, tree index: UInt64) -> [Int] {
    if let lightGBMSeed, tree < 1, node >= 1 {
      let count = max(min(1, all), Int(Double(all) * tree + 0.5))
      var random = LightGBMRandom(seed: lightGBMSeed)
      // It draws once before the first tree.
      let draws = LightGBMRandom.draws(sampling: count, of: all)
      random.skip((Int(truncatingIfNeeded: index) + 1) * draws)
      return random.sample(count, of: all)
    }
    return Self.draw(
      tree, of: Array(0..<all), seed: seed, purpose: "columns of a tree", index: index)
  }

  /// Those of a node among the tree's.
  func features(of tree: [Int], tree index: UInt64, depth: Int, path: UInt64) -> [Int] {
    let level = Self.draw(
      level, of: tree, seed: seed, purpose: "columns of a level",
      index: RowHash.bits(seed: index, depth))
    return Self.draw(
      node, of: level, seed: seed, purpose: "columns of a node",
      index: RowHash.bits(seed: index ^ 0x5bd1, Int(truncatingIfNeeded: path)))
  }

  private static func draw(
    _ share: Double, of features: [Int], seed: UInt64, purpose: String, index: UInt64
  ) -> [Int] {
    guard share < 1, features.count > 1 else { return features }
    let count = max(1, Int(share * Double(features.count)))
    var stream = RandomStream(seed: seed, purpose: purpose, index: index)
    var drawn = features
    for place in 0..<count {
      drawn.swapAt(place, place + stream.integer(below: drawn.count - place))
    }
    return drawn.prefix(count).sorted()
  }
}
