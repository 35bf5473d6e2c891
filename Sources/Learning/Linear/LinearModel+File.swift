import Compute
import Formats
import Platform
import SystemPackage

extension LinearModel {
  /// Writes the model as JSON, whole or not at all.
  package func write(to path: FilePath) throws {
    try FileSystem.write(json.text(.indented) + "\n", to: path)
  }

  /// As ``LogisticModel/json``, with one row of `coefficients` and one number `intercept`.
  package var json: JSONValue {
    .object([
      .init("format", .string(LogisticModel.format)),
      .init("kind", .string(kind)),
      .init("target", .string(target)),
      .init("features", .array(encoder.features.map(\.json))),
      .init("columns", .array(encoder.columnNames.map { .string($0) })),
      .init("coefficients", .array(coefficients.map { .double($0) })),
      .init("intercept", .double(intercept)),
      .init("training", training),
    ])
  }
}

extension ModelDecoder {
  func linear() throws -> LinearModel {
    let (encoder, target) = try columns()
    let coefficients = try numbers(root["coefficients"], "coefficients")
    guard coefficients.count == encoder.width else {
      throw Problem(
        message: "it has \(coefficients.count) coefficients for \(counted(encoder.width, "column"))"
      )
    }
    return LinearModel(
      target: target, encoder: encoder, coefficients: coefficients,
      intercept: try number(root, "intercept"), training: root["training"] ?? .object([]))
  }
}
