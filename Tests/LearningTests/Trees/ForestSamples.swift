import Compute
import Platform

@testable import Learning

/// Small random tables for forests.
struct ForestTable {
  var columns: [[Double]]
  var labels: [Double]
  var classCount: Int
  var weights: [Double]?
  var categorical: Set<Int> = []

  /// - Parameters:
  ///   - values: how many distinct values a column has.
  ///   - missing: the share of cells that are missing.
  init(
    rows: Int, columns width: Int, classes: Int, seed: UInt64, values: Int = 6,
    missing: Double = 0, weighted: Bool = false
  ) {
    var stream = RandomStream(seed: seed, purpose: "forest table")
    columns = (0..<width).map { _ in
      (0..<rows).map { _ in
        stream.unit() < missing ? .nan : Double(stream.integer(below: values))
      }
    }
    labels = (0..<rows).map { _ in
      classes > 0 ? Double(stream.integer(below: classes)) : Double(stream.integer(below: 50)) / 4
    }
    classCount = classes
    weights = weighted ? (0..<rows).map { _ in Double(stream.integer(below: 4)) } : nil
  }

  var set: ForestSet {
    get throws {
      let features = columns.indices.map { index in
        ModelFeature(
          name: "f\(index)", kind: categorical.contains(index) ? .categorical : .float,
          categories: categorical.contains(index) ? (0..<100).map(String.init) : [])
      }
      return ForestSet(
        try FeatureMatrix(columns: columns, features: features), labels: labels,
        classCount: classCount, weights: weights)
    }
  }

  /// One tree that looks at all features of all rows.
  var singleTree: ForestOptions {
    var options = ForestOptions(classes: classCount > 0)
    options.trees = 1
    options.bootstrap = false
    options.features = .all
    return options
  }

  func grown(_ options: ForestOptions, threads: Int = 1) throws -> ForestBuilder {
    let builder = try ForestBuilder(set, options: options, on: WorkerPool(threads: threads))
    while !builder.isFinished { builder.step() }
    return builder
  }
}
