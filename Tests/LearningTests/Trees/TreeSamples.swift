import Compute

@testable import Learning

/// Rows for trees to learn from, the same in every run.
enum TreeSamples {
  /// Numeric features of which the first two matter most; labels are numbers.
  static func regression(
    rows: Int, features: Int = 5, seed: UInt64 = 1, missing: Double = 0
  ) throws -> TrainingSet {
    var stream = RandomStream(seed: seed, purpose: "samples")
    var columns = [[Double]](repeating: [], count: features)
    var labels: [Float] = []
    for _ in 0..<rows {
      var cells = (0..<features).map { _ in Double(Float(stream.unit() * 4 - 2)) }
      // One feature of few values.
      if features > 2 { cells[2] = (cells[2] * 2).rounded() }
      let noise = stream.unit() - 0.5
      let last = cells[features - 1] > 1 ? 1.0 : 0
      labels.append(Float(cells[0] * 2 - cells[1] * cells[1] + last + noise))
      for feature in 0..<features {
        columns[feature].append(stream.unit() < missing ? .nan : cells[feature])
      }
    }
    let names = (0..<features).map { ModelFeature(name: "x\($0)") }
    return TrainingSet(try FeatureMatrix(columns: columns, features: names), labels: labels)
  }

  /// The same rows with labels 0 and 1.
  static func binary(
    rows: Int, features: Int = 5, seed: UInt64 = 1, missing: Double = 0
  ) throws -> TrainingSet {
    var set = try regression(rows: rows, features: features, seed: seed, missing: missing)
    set.labels = set.labels.map { $0 > -0.5 ? 1 : 0 }
    return set
  }

  /// The same rows with the labels 0, 1 and 2.
  static func classes(rows: Int, seed: UInt64 = 1) throws -> TrainingSet {
    var set = try regression(rows: rows, seed: seed)
    set.labels = set.labels.map { $0 < -1.5 ? 0 : $0 < 0.5 ? 1 : 2 }
    return set
  }

  /// A feature of categories, of which the odd ones have high labels, and one of noise.
  static func categories(rows: Int, count: Int, seed: UInt64 = 1) throws -> TrainingSet {
    var stream = RandomStream(seed: seed, purpose: "categories")
    var codes: [Double] = []
    var noise: [Double] = []
    var labels: [Float] = []
    for _ in 0..<rows {
      let code = stream.integer(below: count)
      codes.append(Double(code))
      noise.append(stream.unit())
      labels.append(Float(code % 2) + Float(stream.unit()) * 0.1)
    }
    return TrainingSet(
      try FeatureMatrix(
        columns: [codes, noise],
        features: [ModelFeature(name: "code", kind: .categorical), ModelFeature(name: "noise")]),
      labels: labels)
  }

  /// Options that small samples can be divided under.
  static func options(
    _ flavour: TreeFlavour, _ objective: Objective = .squaredError, rounds: Int = 5
  ) -> BoostingOptions {
    var options = BoostingOptions(flavour, objective: objective)
    options.rounds = rounds
    if flavour == .lightgbm { options.minimumRows = 5 }
    return options
  }

  static func train(
    _ set: TrainingSet, _ options: BoostingOptions, evaluation: [EvaluationSet] = [],
    threads: Int = 1
  ) throws -> BoostedModel {
    let booster = try Booster(
      set, options: options, evaluation: evaluation, on: WorkerPool(threads: threads))
    while !booster.isFinished { _ = try booster.step() }
    return booster.model()
  }
}

/// Both libraries' rules, as arguments of tests.
let flavours = TreeFlavour.allCases
