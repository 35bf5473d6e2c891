import Compute
import Formats
import Platform

/// How good a boosted model is on the rows it learnt from and those that were held out, and what its trees look at.
struct BoostingReport {
  private(set) var metrics: [(name: String, value: Double)] = []
  private(set) var details: [String: JSONValue] = [:]

  /// - Parameters:
  ///   - model: of the booster.
  ///   - validation: what came of the folds.
  init(
    _ model: BoostedModel, of booster: Booster, _ problem: BoostingProblem,
    _ validation: FoldTraining.Result?, on pool: WorkerPool
  ) throws {
    let options = booster.options
    if let validation {
      metrics = validation.metrics
      if let rounds = validation.rounds { metrics.append(("cv_rounds", Double(rounds))) }
      details["folds"] = validation.details
    }
    let predictor = try BatchPredictor(model)
    let sets: [(name: String, data: TrainingSet, place: Int?)] =
      [("train", problem.training, nil)]
      + problem.evaluation.enumerated().map { ($1.name, $1.data, $0) }
    for (name, set, place) in sets {
      let margins =
        try booster.margins(of: model, set: place) ?? predictor.margins(set.matrix, on: pool)
      var own =
        options.metrics.isEmpty ? [.usual(options.objective, options.flavour)] : options.metrics
      // What people ask first.
      if case .squaredError = options.objective { own += [.rmse, .mae] }
      if case .logistic = options.objective { own += [.areaUnderCurve, .logLoss] }
      var told: Set<String> = []
      for metric in own where told.insert(metric.recordName(options.flavour)).inserted {
        metrics.append(
          (
            "\(name)_\(metric.recordName(options.flavour))",
            predictor.score(metric, set, margins: margins, on: pool)
          ))
      }
      if case .rankNDCG = options.objective { continue }
      let answers = predictor.predictions(ofMargins: margins)
      for (usual, value) in usual(answers, model, problem, set, name)
      where told.insert(usual).inserted {
        metrics.append(("\(name)_\(usual)", value))
      }
    }
    if let best = model.bestRound { metrics.append(("best_iteration", Double(best))) }
    details["importances"] = Self.importances(model)
  }

  /// What every trainer tells, whatever the library's own words are.
  private mutating func usual(
    _ answers: [Double], _ model: BoostedModel, _ problem: BoostingProblem, _ set: TrainingSet,
    _ name: String
  ) -> [(name: String, value: Double)] {
    let weights = set.weights?.map { Double($0) }
    guard !problem.classes.isEmpty else {
      return ModelScores(
        numbers: answers, actual: set.labels.map { Double($0) }, weights: weights
      ).values
    }
    let probabilities = BoostedTableModel.probabilities(answers, model)
    let labels = set.labels.map { Int32($0) }
    let confusion = ConfusionMatrix(
      classes: problem.classes, actual: labels, predicted: ModelScores.likeliest(probabilities))
    details["\(name)_confusion"] = confusion.json
    let others = ModelScores(probabilities, labels: labels, weights: weights).values
    return [("accuracy", confusion.accuracy)] + others.filter { $0.name != "accuracy" }
  }

  /// `[{"feature": "age", "gain": 3.5, "weight": 12, "cover": 80.25}, …]`, the highest gain first.
  private static func importances(_ model: BoostedModel) -> JSONValue {
    let (gain, weight, cover) = (
      model.importances(.gain), model.importances(.weight), model.importances(.cover)
    )
    let order = model.features.indices.sorted { a, b in
      gain[a] != gain[b] ? gain[a] > gain[b] : a < b
    }
    return .array(
      order.map { index in
        .object([
          .init("feature", .string(model.features[index].name)),
          .init("gain", .double(gain[index])), .init("weight", .double(weight[index])),
          .init("cover", .double(cover[index])),
        ])
      })
  }
}
