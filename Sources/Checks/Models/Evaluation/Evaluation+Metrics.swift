import Compute
import Learning
import Platform

extension Evaluation {
  /// A metric of some rows.
  ///
  /// - Parameter rows: their label is known.
  /// - Throws: ``Failure``: it is not of such predictions, or not defined for these rows.
  func value(_ metric: ModelMetric, _ rows: [Int]) throws -> Double {
    guard !rows.isEmpty else { throw Failure(.invalid, "there is no row with a label") }
    let value = try raw(metric, rows)
    guard value.isFinite else { throw try undefined(metric, rows) }
    return value
  }

  /// As ``value(_:_:)``, NaN where it is not defined.
  func raw(_ metric: ModelMetric, _ rows: [Int]) throws -> Double {
    if case .ndcg(let count) = metric { return try gain(count, rows) }
    return metric.isOfNumbers ? try ofNumbers(metric, rows) : try ofClasses(metric, rows)
  }

  private func undefined(_ metric: ModelMetric, _ rows: [Int]) throws -> Failure {
    let reason: String
    switch metric {
    case .r2: reason = "it needs two rows"
    case .rocAUC, .prAUC:
      let view = try classes
      let count = Set(rows.map { view.actual[$0] }).count
      reason =
        count == 1 ? "all rows are of one class" : "a class does not occur in these rows"
    case .kappa: reason = "all rows are of one class, and predicted so"
    default: reason = "there are too few rows"
    }
    return Failure(.invalid, "`\(metric.text)` is not defined here: \(reason)")
  }

  // MARK: Classes

  private func ofClasses(_ metric: ModelMetric, _ rows: [Int]) throws -> Double {
    let view = try classes
    if metric.needsProbabilities {
      guard let probabilities = view.probabilities else {
        throw Failure(
          .invalid, "`\(metric.text)` needs probabilities, and only classes are predicted",
          hint: "name their columns with `proba`, or let the command write a column `p(CLASS)` each"
        )
      }
      return try ofProbabilities(metric, rows, view, probabilities)
    }
    let table = ClassTable(
      actual: rows.map { view.actual[$0] }, predicted: rows.map { view.predicted[$0] },
      classCount: view.names.count)
    switch metric {
    case .accuracy: return table.accuracy
    case .balancedAccuracy: return table.balancedAccuracy
    case .precision(let average): return table.precision(try self.average(average, view))
    case .recall(let average): return table.recall(try self.average(average, view))
    case .f1(let average): return table.f1(try self.average(average, view))
    case .mcc: return table.matthewsCorrelation
    case .kappa: return table.kappa
    case .logLoss, .brier, .rocAUC, .prAUC, .topK, .mae, .rmse, .r2, .mape, .smape, .ndcg:
      return .nan
    }
  }

  func average(_ average: ModelMetric.ClassAverage, _ view: ClassView) throws -> ClassTable.Average
  {
    switch average {
    case .usual: return view.positive.map { .of(class: $0) } ?? .macro
    case .macro: return .macro
    case .weighted: return .weighted
    case .of(let name):
      guard let place = ClassPlaces(view.names)[name] else {
        throw Failure(
          .notFound, "there is no class `\(name)`",
          hint: nearestName(to: name, among: view.names).map { "did you mean `\($0)`?" }
            ?? "classes are \(view.names.prefix(20).joined(separator: ", "))")
      }
      return .of(class: place)
    }
  }

  private func ofProbabilities(
    _ metric: ModelMetric, _ rows: [Int], _ view: ClassView, _ all: Matrix
  ) throws -> Double {
    let labels = rows.map { view.actual[$0] }
    func curve(_ column: Int) -> RankingCurve {
      RankingCurve(
        scores: rows.map { all[$0, column] }, isPositive: labels.map { Int($0) == column })
    }
    switch metric {
    case .rocAUC:
      if let positive = view.positive { return curve(positive).area }
      let areas = view.names.indices.map { curve($0).area }
      return areas.reduce(0, +) / Double(areas.count)
    case .prAUC:
      let places = view.positive.map { [$0] } ?? Array(view.names.indices)
      // Without a positive row there is no recall.
      guard places.allSatisfy({ place in labels.contains(Int32(place)) }) else { return .nan }
      return places.reduce(0) { $0 + curve($1).averagePrecision } / Double(places.count)
    case .topK(let count):
      let hits = rows.count { row in
        let own = Int(view.actual[row])
        // Of equal ones the last stands first, as in scikit-learn.
        let better = view.names.indices.count { other in
          all[row, other] > all[row, own] || (all[row, other] == all[row, own] && other > own)
        }
        return better < count
      }
      return Double(hits) / Double(rows.count)
    default: break
    }
    var own = Matrix(rows: rows.count, columns: all.columns)
    for (place, row) in rows.enumerated() {
      for column in 0..<all.columns { own[place, column] = all[row, column] }
    }
    let scores = ProbabilityScores(own, labels: labels)
    return metric == .brier ? scores.brier : scores.logLoss
  }

  // MARK: Numbers

  private func ofNumbers(_ metric: ModelMetric, _ rows: [Int]) throws -> Double {
    let view = try numbers
    let errors = NumberErrors(
      actual: rows.map { view.actual[$0] }, predicted: rows.map { view.predicted[$0] })
    switch metric {
    case .mae: return errors.meanAbsolute
    case .rmse: return errors.rootMeanSquared
    case .r2: return errors.r2
    case .mape: return errors.meanAbsolutePercentage
    case .smape:
      let sum = rows.reduce(0.0) { sum, row in
        let (y, p) = (view.actual[row], view.predicted[row])
        let size = abs(y) + abs(p)
        return sum + (size == 0 ? 0 : 2 * abs(y - p) / size)
      }
      return sum / Double(rows.count)
    default: return .nan
    }
  }

  /// The label is the relevance; the score is the number, or the probability of the positive class.
  private func gain(_ count: Int?, _ rows: [Int]) throws -> Double {
    guard case .numbers(let relevance) = label.values else {
      throw Failure(.invalid, "`ndcg` needs a label of numbers, how relevant each row is")
    }
    guard !rows.contains(where: { relevance[$0] < 0 }) else {
      throw Failure(.invalid, "`ndcg` needs labels that are not below 0")
    }
    let scores: [Double]
    if case .numbers(let values) = answers.content {
      scores = rows.map { values[$0] }
    } else {
      let view = try classes
      let positive = try view.positive(for: "`ndcg`")
      guard let probabilities = view.probabilities else {
        throw Failure(.invalid, "`ndcg` needs probabilities, and only classes are predicted")
      }
      scores = rows.map { probabilities[$0, positive] }
    }
    return DiscountedGain(relevance: rows.map { relevance[$0] }, scores: scores)
      .normalised(at: count)
  }
}
