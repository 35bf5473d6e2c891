import Formats
import Platform

/// How good a forest is on the rows it learnt from and those that were held out, and what its trees look at.
struct ForestReport {
  private(set) var metrics: [(name: String, value: Double)] = []
  private(set) var details: [String: JSONValue] = [:]
  /// What a person should know of the scores.
  private(set) var notes: [String] = []
  private let model: ForestModel

  init(_ model: ForestModel, _ validation: FoldTraining.Result? = nil) {
    self.model = model
    if let validation {
      metrics = validation.metrics
      details["folds"] = validation.details
    }
    let forest = model.forest
    let order = forest.features.indices.sorted { a, b in
      let (x, y) = (forest.importances[a], forest.importances[b])
      return x != y ? x > y : a < b
    }
    details["importances"] = .array(
      order.map { index in
        .object([
          .init("feature", .string(forest.features[index].name)),
          .init("importance", .double(forest.importances[index])),
        ])
      })
  }

  /// Adds `train_accuracy` and so on.
  ///
  /// - Parameter answers: what the forest predicts of the rows.
  mutating func add(_ name: String, _ answers: [Double], labels: [Double], weights: [Double]?) {
    let errors = ForestErrors(labels: labels, weights: weights)
    guard !model.classes.isEmpty else {
      metrics.append(("\(name)_rmse", errors.squares(answers).squareRoot()))
      metrics.append(("\(name)_mae", errors.distance(answers)))
      if let r2 = errors.determination(answers) { metrics.append(("\(name)_r2", r2)) }
      return
    }
    let predicted = model.predictions(answers)
    let actual = labels.map { Int32($0) }
    let confusion = ConfusionMatrix(
      classes: model.classes, actual: actual, predicted: predicted.labels)
    metrics.append(("\(name)_accuracy", confusion.accuracy))
    metrics.append(("\(name)_log_loss", errors.logLoss(predicted.probabilities)))
    if model.classes.count == 2 {
      let shares = stride(from: 1, to: answers.count, by: 2).map { answers[$0] }
      let area = AreaUnderCurve(labels: labels.map(Float.init), weights: weights?.map(Float.init))
      metrics.append(
        (
          "\(name)_auc",
          shares.withUnsafeBufferPointer { shares in
            shares.baseAddress.map(area.value) ?? 0.5
          }
        ))
    }
    details["\(name)_confusion"] = confusion.json
  }

  /// Adds `oob_score`: the accuracy, or R², of what is said of each row by the trees that did not draw
  /// it. Rows that all trees drew do not count.
  mutating func addOutOfBag(_ answers: [Double], labels: [Double]) {
    let outputs = model.forest.outputs
    let rows = labels.indices.filter { !answers[$0 * outputs].isNaN }
    if rows.count < labels.count {
      notes.append(
        "\(counted(labels.count - rows.count, "row")) of \(labels.count) were drawn for every tree and have no "
          + "out-of-bag score: grow more trees")
    }
    guard !rows.isEmpty else { return }
    let kept = rows.flatMap { answers[($0 * outputs)..<(($0 + 1) * outputs)] }
    let own = rows.map { labels[$0] }
    if model.classes.isEmpty {
      let errors = ForestErrors(labels: own, weights: nil)
      if let r2 = errors.determination(kept) { metrics.append(("oob_score", r2)) }
    } else {
      let labels = model.predictions(kept).labels
      let right = zip(labels, own).count { $0 == Int32($1) }
      metrics.append(("oob_score", Double(right) / Double(rows.count)))
    }
  }
}
