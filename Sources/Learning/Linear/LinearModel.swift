import Compute
import Formats
import Platform
import SystemPackage

/// A linear regression with the way its columns are encoded.
package struct LinearModel: Model, Hashable {
  static let kind = "linear"

  package var kind: String { Self.kind }
  package var target: String
  package var encoder: FeatureEncoder
  /// One for each of the encoder's columns.
  package var coefficients: [Double]
  package var intercept: Double
  /// What is known of its training; kept in the file, and used for nothing.
  package var training: JSONValue

  package var features: [String] { encoder.features.map(\.name) }
  package var textColumns: Set<String> { encoder.textColumns }

  package func predict(_ table: Table, on pool: WorkerPool) throws -> Predictions {
    let encoded = try encoder.encode(table)
    let values = predict(encoded.matrix)
    if let row = values.firstIndex(where: { !$0.isFinite }) {
      throw Failure(
        .invalid, "the model's prediction of a row is no finite number",
        hint: "is a number of this row mistaken?", at: table.location(row: row))
    }
    return Predictions(target: target, values: values, notes: encoded.notes)
  }

  /// A prediction for each row, products added in the order of the columns.
  func predict(_ matrix: PanelMatrix) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(matrix.panelCount * 8)
    for panel in 0..<matrix.panelCount {
      var sum = SIMD8(repeating: intercept)
      for column in 0..<matrix.columns {
        sum += coefficients[column] * matrix.vectors[panel * matrix.columns + column]
      }
      for lane in 0..<8 { values.append(sum[lane]) }
    }
    values.removeLast(values.count - matrix.rows)
    return values
  }

  /// Coefficients and intercept of the columns as the table has them, before anything was centred
  /// and scaled.
  package var ownUnits: (coefficients: [Double], intercept: Double) {
    var own = coefficients
    var intercept = intercept
    var place = 0
    for feature in encoder.features {
      if case .standardized(let mean, let scale) = feature.encoding {
        own[place] /= scale
        intercept -= own[place] * mean
      }
      place += feature.width
    }
    return (own, intercept)
  }
}
