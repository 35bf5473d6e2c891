import Compute
import Formats
import Platform

/// How good a boosted model is on the rows it learnt from and those that were held out, and what its trees look at.
struct BoostingReport {
  private(set) var metrics: [(name: String, value: Double)] = []
  private(set) var details: [String: JSONValue] = [:]

  init(
    _ model: BoostedModel, _ problem: BoostingProblem, _ options: BoostingOptions,
    on pool: WorkerPool
  ) throws {
    let predictor = try BatchPredictor(model)
    for (name, set) in [("train", problem.training)]
      + problem.evaluation.map({ ($0.name, $0.data) })
    {
      var own =
        options.metrics.isEmpty ? [.usual(options.objective, options.flavour)] : options.metrics
      // What people ask first.
      if case .squaredError = options.objective { own += [.rmse, .mae] }
      if case .logistic = options.objective { own += [.areaUnderCurve, .logLoss] }
      var told: Set<String> = []
      for metric in own where told.insert(metric.name(options.flavour)).inserted {
        metrics.append(
          (
            "\(name)_\(metric.name(options.flavour))",
            try predictor.score(metric, set, on: pool)
          ))
      }
      guard !problem.classes.isEmpty else { continue }
      let answers = BoostedTableModel.probabilities(
        try predictor.predictions(set.matrix, on: pool), model)
      let predicted = Predictions(target: "", classes: problem.classes, probabilities: answers)
      let confusion = ConfusionMatrix(
        classes: problem.classes, actual: set.labels.map { Int32($0) }, predicted: predicted.labels)
      metrics.append(("\(name)_accuracy", confusion.accuracy))
      details["\(name)_confusion"] = confusion.json
    }
    if let best = model.bestRound { metrics.append(("best_iteration", Double(best))) }
    details["importances"] = Self.importances(model)
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
