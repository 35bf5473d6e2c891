import Compute
import Formats
import Platform
import SystemPackage

extension LogisticModel {
  /// The name and version of our own model files.
  static let format = "reprise.model/1"

  /// Writes the model as JSON, whole or not at all.
  package func write(to path: FilePath) throws {
    try FileSystem.write(json.text(.indented) + "\n", to: path)
  }

  /// The model as JSON: `format`, `kind`, `target`, `classes`; `features`, each with `name` and
  /// `encoding`, and `mean` and `scale` or `categories` and `missing` (see ``Feature/Encoding``);
  /// `columns`, the names of what the features spread out to; `coefficients`, a row for each class
  /// (with two classes one row, of the second) with a number for each column; `intercepts`, one for
  /// each row; `training`, facts that no reader needs.
  ///
  /// Numbers are written with the fewest digits that read back the same.
  package var json: JSONValue {
    .object([
      .init("format", .string(Self.format)),
      .init("kind", .string(kind)),
      .init("target", .string(target)),
      .init("classes", .array(classes.map { .string($0) })),
      .init("features", .array(encoder.features.map(\.json))),
      .init("columns", .array(encoder.columnNames.map { .string($0) })),
      .init(
        "coefficients",
        .array((0..<weights.rows).map { .array(weights.row($0).dropLast().map { .double($0) }) })),
      .init(
        "intercepts", .array((0..<weights.rows).map { .double(weights[$0, weights.columns - 1]) })),
      .init("training", training),
    ])
  }
}
