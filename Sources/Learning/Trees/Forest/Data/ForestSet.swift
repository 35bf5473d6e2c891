import Platform

/// Rows with what a forest is to predict of them.
package struct ForestSet: Sendable {
  package var matrix: FeatureMatrix
  /// Numbers; whole numbers of 0..<`classCount` for classes.
  package var labels: [Double]
  /// 0 when numbers are learnt, otherwise at least 2.
  package var classCount: Int
  /// At least 0 and not all 0; nil when all rows weigh 1.
  package var weights: [Double]?

  package init(
    _ matrix: FeatureMatrix, labels: [Double], classCount: Int, weights: [Double]? = nil
  ) {
    self.matrix = matrix
    self.labels = labels
    self.classCount = classCount
    self.weights = weights
  }

  /// - Throws: ``Failure`` for labels that are none, weights that are none and lengths that differ.
  func check() throws {
    guard labels.count == matrix.rowCount else {
      throw Failure(.invalid, "\(labels.count) labels for \(matrix.rowCount) rows")
    }
    if let row = labels.firstIndex(where: { !isLabel($0) }) {
      throw Failure(
        .invalid, "the label of row \(row + 1) is \(labels[row])",
        hint: classCount > 0
          ? "labels must be whole numbers from 0 to \(classCount - 1)"
          : "labels must be numbers of less than 1e150")
    }
    guard let weights else { return }
    guard weights.count == labels.count else {
      throw Failure(.invalid, "\(weights.count) weights for \(labels.count) rows")
    }
    if let row = weights.firstIndex(where: { !($0 >= 0 && $0 <= 1e150) }) {
      throw Failure(
        .invalid, "the weight of row \(row + 1) is \(weights[row])",
        hint: "weights are numbers of at least 0 and less than 1e150")
    }
    guard weights.contains(where: { $0 > 0 }) else {
      throw Failure(.invalid, "all rows that are learnt from have the weight 0")
    }
  }

  /// Squares of numbers must be finite.
  private func isLabel(_ label: Double) -> Bool {
    guard classCount > 0 else { return label.magnitude < 1e150 }
    return label >= 0 && label < Double(classCount) && label == label.rounded()
  }
}
