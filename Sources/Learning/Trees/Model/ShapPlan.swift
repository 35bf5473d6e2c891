import Platform

/// What walks through some trees need: a quadrature for each, and room.
struct ShapPlan {
  /// Of each tree.
  let quadratures: [ShapQuadrature]
  private let features: Int
  private let outputs: Int
  private let depth: Int
  private let vectors: Int

  /// - Parameters:
  ///   - depths: of the trees.
  ///   - outputs: that one tree adds to.
  /// - Throws: ``Failure`` for trees that are too deep.
  init(depths: [Int], features: Int, outputs: Int) throws {
    let depth = depths.max() ?? 0
    var known: [Int: ShapQuadrature] = [:]
    // The walk goes down by calling itself.
    if depth <= 1000 {
      for depth in depths {
        let count = min(depth, features)
        if known[count] == nil { known[count] = ShapQuadrature(features: count) }
      }
    }
    let vectors = known.values.map(\.vectors).max() ?? 1
    guard depth <= 1000, (depth + 1) * (outputs + 1) * vectors <= 1 << 25 else {
      let classes = outputs > 1 ? " and \(outputs) classes" : ""
      throw Failure(.unsupported, "a tree of \(depth) levels\(classes) cannot be explained")
    }
    quadratures = depths.compactMap { known[min($0, features)] }
    self.features = features
    self.outputs = outputs
    self.depth = depth
    self.vectors = vectors
  }

  /// For one thread.
  func makeWalk() -> ShapWalk {
    ShapWalk(features: features, outputs: outputs, depth: depth, vectors: vectors)
  }
}
