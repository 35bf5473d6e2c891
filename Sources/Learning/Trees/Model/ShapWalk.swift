/// Shares out what a tree says of a row among the features: exact path-dependent SHAP values (S.
/// Lundberg, G. Erion, S.-I. Lee, "Consistent Individualized Feature Attribution for Tree Ensembles",
/// 2018).
///
/// A set of known features leads to a leaf with the weight Π o over those of them that are asked for
/// on the way, times Π z over the others: o is 1 where the row goes that way at every question about
/// the feature and 0 otherwise, z is the part of the training rows that does. The Shapley value of a
/// feature is then the leaf's value times (o - z) ∫ Π (z(1 - t) + ot) dt from 0 to 1, over the other
/// features (G. Owen, "Multilinear Extensions of Games", 1972). The integrand is a polynomial, so its
/// values at a few places t give the integral, and what leaves below a node have in common is done
/// once for all: O(nodes · depth) a row, where the authors' algorithm takes O(leaves · depth²). P. Yu
/// et al. have the same cost in "Linear TreeShap", 2022.
final class ShapWalk {
  private let outputs: Int
  /// Numbers from one output of a feature to the next.
  private let width: Int
  /// z and o of each feature on the way to the current node; 1 and 1 for those that were not asked for.
  private let known: Memory<SIMD2<Double>>
  /// For each level the product at every place, and for each output the sum of the leaves below.
  private let room: Memory<SIMD4<Double>>

  /// - Parameters:
  ///   - depth: of the deepest tree.
  ///   - vectors: of the longest quadrature.
  init(features: Int, outputs: Int, depth: Int, vectors: Int) {
    self.outputs = outputs
    width = features + 1
    known = Memory(count: features, filledWith: SIMD2(1, 1))
    room = Memory(count: (depth + 1) * (outputs + 1) * vectors, filledWith: .zero)
  }

  /// Adds the features' shares.
  ///
  /// - Parameter shares: for each output the shares of the features, and one number that stays.
  func walk(
    _ tree: some ShapTree, _ quadrature: ShapQuadrature, to shares: UnsafeMutablePointer<Double>
  ) {
    for index in 0..<quadrature.vectors { room.base[index] = SIMD4(repeating: 1) }
    sum(tree, quadrature, 0, room.base, shares)
  }

  /// Sums up the leaves below a node.
  ///
  /// - Parameter level: the products at the places on the way here; behind them the sums are left.
  private func sum(
    _ tree: some ShapTree, _ quadrature: ShapQuadrature, _ node: Int,
    _ level: UnsafeMutablePointer<SIMD4<Double>>, _ shares: UnsafeMutablePointer<Double>
  ) {
    let vectors = quadrature.vectors
    let sums = level + vectors
    sums.update(repeating: .zero, count: outputs * vectors)
    guard !tree.isLeaf(node) else {
      tree.addLeaf(node) { output, value in
        for i in 0..<vectors { sums[output * vectors + i] = value * level[i] }
      }
      return
    }
    let (left, right) = tree.children(of: node)
    let feature = tree.feature(of: node)
    let (leftCover, rightCover) = (tree.cover(left), tree.cover(right))
    let (goesLeft, total) = (tree.goesLeft(node), leftCover + rightCover)
    let before = known.base[feature]
    for side in 0..<2 {
      let isLeft = side == 0
      let child = isLeft ? left : right
      let part = (isLeft ? leftCover : rightCover) / total
      let after = SIMD2(before.x * part, isLeft == goesLeft ? before.y : 0)
      // No set of features leads here.
      if after.x == 0, after.y == 0 { continue }
      let below = sums + outputs * vectors
      if before.y == 0 {
        for i in 0..<vectors { below[i] = level[i] * part }
      } else {
        for i in 0..<vectors {
          below[i] =
            level[i] * Self.factor(after, quadrature, i) / Self.factor(before, quadrature, i)
        }
      }
      known.base[feature] = after
      sum(tree, quadrature, child, below, shares)
      known.base[feature] = before
      let found = below + vectors
      for i in 0..<(outputs * vectors) { sums[i] += found[i] }
      // A feature that led away before has the same share below.
      guard before.y != 0 else { continue }
      for i in 0..<vectors {
        let change = Self.share(after, quadrature, i) - Self.share(before, quadrature, i)
        for output in 0..<outputs {
          shares[output * width + feature] += (change * found[output * vectors + i]).sum()
        }
      }
    }
  }

  /// z(1 - t) + ot.
  @inline(__always)
  private static func factor(
    _ known: SIMD2<Double>, _ quadrature: ShapQuadrature, _ i: Int
  ) -> SIMD4<Double> {
    known.x * quadrature.rests.base[i] + known.y * quadrature.places.base[i]
  }

  /// What the product times the leaves is to be multiplied with for the feature's part: the weights
  /// times o - z, without the feature's own factor.
  @inline(__always)
  private static func share(
    _ known: SIMD2<Double>, _ quadrature: ShapQuadrature, _ i: Int
  ) -> SIMD4<Double> {
    if known.y == 0 { return quadrature.away.base[i] }
    if known.x == 1 { return .zero }
    return (known.y - known.x) * quadrature.weights.base[i] / factor(known, quadrature, i)
  }
}
