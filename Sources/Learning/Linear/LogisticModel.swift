import Compute
import Formats
import Platform

/// A multinomial logistic regression with the way its columns are encoded.
package struct LogisticModel: Model, Hashable {
  package var kind: String { "logistic" }
  package var target: String
  /// At least two, sorted: numbers by value, text by code points.
  package var classes: [String]
  package var encoder: FeatureEncoder
  /// A row for each class, or with two classes one row, that of the second; a column for each of
  /// the encoder's, and the intercept last.
  package var weights: Matrix
  /// What is known of its training; kept in the file, and used for nothing.
  package var training: JSONValue

  package var features: [String] { encoder.features.map(\.name) }
  package var textColumns: Set<String> { encoder.textColumns }

  package func predict(_ table: Table, on pool: WorkerPool) throws -> Predictions {
    let encoded = try encoder.encode(table)
    let probabilities = SoftmaxKernel.probabilities(
      encoded.matrix, weights: weights.elements, classCount: classes.count, on: pool)
    if let place = probabilities.elements.firstIndex(where: \.isNaN) {
      throw Failure(
        .invalid, "the model's scores of a row are too large to be compared",
        hint: "is a number of this row mistaken?",
        at: table.location(row: place / classes.count))
    }
    return Predictions(
      target: target, classes: classes, probabilities: probabilities, notes: encoded.notes)
  }
}
