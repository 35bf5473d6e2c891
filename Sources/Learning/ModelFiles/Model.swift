import Compute
import Formats
import Platform
import SystemPackage

/// A model that can predict the rows of a table.
package protocol Model: Sendable {
  /// What kind it is, as its file says: `logistic`.
  var kind: String { get }
  /// The column that it was taught to predict.
  var target: String { get }
  /// The columns that it needs, in its own order.
  var features: [String] { get }
  /// Those of them whose cells must be read as they are spelled.
  var textColumns: Set<String> { get }

  /// Predicts every row.
  ///
  /// - Throws: ``Failure`` with every column that is missing or of the wrong type.
  func predict(_ table: Table, on pool: WorkerPool) throws -> Predictions

  /// Explains the margins of rows: what each column adds to the mean.
  ///
  /// - Parameter rows: nil for all rows of the table.
  /// - Throws: ``Failure`` as ``predict(_:on:)``, and for shares that are no finite numbers.
  func explain(
    _ table: Table, rows: Range<Int>?, on pool: WorkerPool
  ) throws -> TableExplanation
}

/// Predicts the rows of a CSV file with a model file; `reprise predict`.
///
/// - Parameter dialect: nil takes tabs for `.tsv` and `.tab`, and commas for all others.
package func predict(
  model path: FilePath, data: FilePath, dialect: CSVDialect? = nil,
  threads: Int = WorkerPool.processorCount
) throws -> Predictions {
  let model = try ModelFile.read(path)
  let table = try TableFile.read(data, dialect: dialect, asText: model.textColumns)
  return try model.predict(table, on: WorkerPool(threads: threads))
}
