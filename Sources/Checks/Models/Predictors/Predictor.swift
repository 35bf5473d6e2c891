import Compute
import Learning
import Platform
import SystemPackage

/// Something that predicts the rows of tables.
package protocol Predictor: Sendable {
  /// As messages call it: `` `models/m.json` ``, `the command`.
  var name: String { get }
  /// Columns whose cells have to be read as they are spelled.
  var textColumns: Set<String> { get }
  /// The columns that it looks at, in its own order; nil: it does not say.
  var features: [String]? { get }
  /// The column that it was taught to predict; nil: it does not say.
  var target: String? { get }
  /// Where it is kept; nil for what is no file.
  var file: FilePath? { get }

  /// - Parameter threads: answers do not depend on it.
  /// - Throws: ``Failure``: the table does not have what is needed, or what comes back is no answer.
  func answers(for table: Table, threads: Int) throws -> Answers
}

extension Predictor {
  package var textColumns: Set<String> { [] }
  package var features: [String]? { nil }
  package var target: String? { nil }
  package var file: FilePath? { nil }
}

/// A model of a known format.
package struct FilePredictor: Predictor {
  package let name: String
  package let file: FilePath?
  package let model: any Model

  /// - Parameter shown: as messages call it.
  /// - Throws: ``Failure``, as `ModelFile.read`.
  package init(_ path: FilePath, shownAs shown: String) throws {
    name = "`\(shown)`"
    file = path
    model = try ModelFile.read(path)
  }

  package init(_ model: any Model, name: String) {
    self.name = name
    self.model = model
    file = nil
  }

  package var textColumns: Set<String> { model.textColumns }
  package var features: [String]? { model.features }
  package var target: String? { model.target }

  package func answers(for table: Table, threads: Int) throws -> Answers {
    let found = try model.predict(table, on: WorkerPool(threads: threads))
    let answers =
      if let values = found.values {
        Answers(.numbers(values))
      } else {
        Answers(
          .classes(
            names: found.classes, labels: found.labels, probabilities: found.probabilities))
      }
    return try answers.checked(rows: table.rowCount, by: name)
  }
}
