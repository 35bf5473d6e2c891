import Platform

/// Rows with what is to be predicted of them.
package struct TrainingSet: Sendable {
  package var matrix: FeatureMatrix
  /// Numbers; 0 and 1, or 0..<classes, for classes.
  package var labels: [Float]
  package var weights: [Float]?
  /// The number of rows of each query, for ranking; rows of a query stand together.
  package var queries: [Int]

  package init(
    _ matrix: FeatureMatrix, labels: [Float], weights: [Float]? = nil, queries: [Int] = []
  ) {
    self.matrix = matrix
    self.labels = labels
    self.weights = weights
    self.queries = queries
  }

  /// What is left to know of the rows when their cells are in bins.
  var withoutCells: TrainingSet {
    TrainingSet(matrix.withoutRows, labels: labels, weights: weights, queries: queries)
  }

  /// The first row of each query, and at the end the number of rows.
  var queryStarts: [Int] {
    guard !queries.isEmpty else { return [] }
    var starts = [0]
    for count in queries { starts.append((starts.last ?? 0) + count) }
    return starts
  }

  /// - Parameter name: of the set, for messages.
  /// - Throws: ``Failure`` for labels that the objective cannot have, weights that are not positive
  ///   and lengths that differ.
  func check(_ objective: Objective, name: String) throws {
    guard labels.count == matrix.rowCount else {
      throw Failure(
        .invalid, "\(labels.count) labels for \(matrix.rowCount) rows of the \(name) set")
    }
    guard !labels.isEmpty else { throw Failure(.invalid, "the \(name) set has no rows") }
    if let row = labels.firstIndex(where: { !$0.isFinite }) {
      throw Failure(
        .invalid, "the label of row \(row + 1) of the \(name) set is \(labels[row])",
        hint: "leave rows without a label out")
    }
    try checkWeights(name)
    try checkLabels(objective, name)
  }

  private func checkWeights(_ name: String) throws {
    guard let weights else { return }
    guard weights.count == labels.count else {
      throw Failure(
        .invalid, "\(weights.count) weights for \(labels.count) rows of the \(name) set")
    }
    if let row = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      throw Failure(
        .invalid, "the weight of row \(row + 1) of the \(name) set is \(weights[row])",
        hint: "weights are numbers of at least 0")
    }
    guard weights.contains(where: { $0 > 0 }) else {
      throw Failure(.invalid, "all rows of the \(name) set have the weight 0")
    }
  }

  private func checkLabels(_ objective: Objective, _ name: String) throws {
    func demand(_ what: String, _ isFine: (Float) -> Bool) throws {
      guard let row = labels.firstIndex(where: { !isFine($0) }) else { return }
      throw Failure(
        .invalid, "the label of row \(row + 1) of the \(name) set is \(labels[row])", hint: what)
    }
    switch objective {
    case .logistic: try demand("labels must be 0 or 1") { $0 == 0 || $0 == 1 }
    case .softmax(let classes):
      try demand("labels must be whole numbers from 0 to \(classes - 1)") {
        $0 >= 0 && $0 < Float(classes) && $0 == $0.rounded()
      }
    case .poisson: try demand("counts are at least 0") { $0 >= 0 }
    case .rankNDCG:
      try demand("relevance must be a whole number from 0 to 31") {
        $0 >= 0 && $0 <= 31 && $0 == $0.rounded()
      }
      guard queries.reduce(0, +) == labels.count, queries.allSatisfy({ $0 > 0 }) else {
        throw Failure(
          .invalid, "the queries of the \(name) set do not cover its \(labels.count) rows",
          hint: "ranking needs the number of rows of each query")
      }
    case .squaredError, .absoluteError, .quantile, .huber, .pseudoHuber: break
    }
  }
}
