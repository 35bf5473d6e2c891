import Platform

extension ForestOptions {
  /// Reads parameters under scikit-learn's names; `none` and `null` are Python's `None`.
  ///
  /// - Parameters:
  ///   - given: names and values as text, such as `("max_features", "0.5")`.
  ///   - classes: whether classes are learnt.
  /// - Throws: ``Failure`` for unknown names (with the nearest), values that are none, absurd values
  ///   and contradictions.
  package init(parameters given: [(name: String, value: String)], classes: Bool) throws {
    let values = try ForestValues(given)
    self.init(classes: classes)
    trees = try values.whole("n_estimators", 1...1_000_000) ?? trees
    if let name = values.text("criterion") { criterion = try Self.criterion(name, classes) }
    maximumDepth = try values.whole("max_depth", 1...Int(Int32.max))
    minimumSplit = try values.amount("min_samples_split", from: 2, to: 1) ?? minimumSplit
    minimumLeaf = try values.amount("min_samples_leaf", from: 1, to: 1.0.nextDown) ?? minimumLeaf
    minimumLeafWeight = try values.number("min_weight_fraction_leaf", 0...0.5) ?? 0
    features = try Self.features(values) ?? features
    maximumLeaves = try values.whole("max_leaf_nodes", 2...Int(Int32.max))
    minimumDecrease =
      try values.number("min_impurity_decrease", 0...Double.greatestFiniteMagnitude) ?? 0
    bootstrap = try values.truth("bootstrap") ?? bootstrap
    samples = try values.amount("max_samples", from: 1, to: 1000)
    guard samples == nil || bootstrap else {
      throw Failure(
        .invalid, "`max_samples` is of rows that are drawn, and `bootstrap` is false",
        hint: "leave one of them out")
    }
    scoresOutOfBag = try values.truth("oob_score") ?? bootstrap
    guard bootstrap || !scoresOutOfBag else {
      throw Failure(
        .invalid, "`oob_score` needs rows that were not drawn, and `bootstrap` is false",
        hint: "leave one of them out")
    }
    classWeight = try Self.classWeight(values, classes) ?? classWeight
    seed = try values.seed() ?? seed
    for (name, fine) in ForestParameters.refused {
      guard let text = values.text(name, keepsNone: true), !fine.contains(text.lowercased()) else {
        continue
      }
      throw Failure(
        .unsupported, "`\(name)` cannot be `\(text)`",
        hint: "there is no such thing here yet: leave it out")
    }
  }

  /// What decides whether classes or numbers are learnt; nil when the target does.
  ///
  /// - Throws: ``Failure`` for a word that is no criterion.
  static func objective(_ job: TrainingJob) throws -> String? {
    guard let name = job.text("criterion") else { return nil }
    return try criterion(name, Criterion(rawValue: name)?.isOfClasses).rawValue
  }

  /// - Parameter classes: nil when either will do.
  private static func criterion(_ name: String, _ classes: Bool?) throws -> Criterion {
    let fitting = Criterion.allCases.filter { classes == nil || $0.isOfClasses == classes }
      .map(\.rawValue)
    if let criterion = Criterion(rawValue: name), fitting.contains(name) { return criterion }
    let nearest = nearestName(to: name, among: fitting).map { "did you mean `\($0)`? " } ?? ""
    let what = classes.map { $0 ? " for classes" : " for numbers" } ?? ""
    throw Failure(
      .invalid, "`criterion` cannot be `\(name)`\(what)",
      hint: "\(nearest)there is: \(fitting.joined(separator: ", "))")
  }

  private static func features(_ values: ForestValues) throws -> Features? {
    switch values.text("max_features", keepsNone: true)?.lowercased() {
    case nil: return nil
    case "sqrt": return .squareRoot
    case "log2": return .logarithm
    case "none", "null": return .all
    case .some:
      switch try values.amount("max_features", from: 1, to: 1, orWords: "sqrt, log2, none") {
      case .count(let count): return .count(count)
      case .share(let share): return .share(share)
      case nil: return nil
      }
    }
  }

  private static func classWeight(_ values: ForestValues, _ classes: Bool) throws -> ClassWeight? {
    guard let text = values.text("class_weight") else { return nil }
    guard classes else {
      throw Failure(.invalid, "`class_weight` is given, and numbers are learnt")
    }
    guard let weight = ClassWeight(rawValue: text) else {
      let names = ClassWeight.allCases.map(\.rawValue)
      let nearest = nearestName(to: text, among: names).map { "did you mean `\($0)`? " } ?? ""
      throw Failure(
        .invalid, "`class_weight` cannot be `\(text)`",
        hint:
          "\(nearest)there is: \(names.joined(separator: ", ")); `weight` names a column of weights"
      )
    }
    return weight
  }
}
