import Compute
import Platform

/// A boosted model that predicts the rows of tables.
///
/// Columns are found by name, in any order; further ones do not matter. Models of the libraries that were taught without names
/// take the columns of a table as they stand.
package struct BoostedTableModel: Model {
  package let model: BoostedModel
  package let target: String

  /// Among a model's attributes: the column that it was taught to predict.
  static let targetAttribute = "reprise.target"

  package var kind: String { model.flavour.rawValue }
  package var features: [String] { model.features.map(\.name) }

  /// Columns of categories whose names are known: their cells are looked up as they are spelled.
  package var textColumns: Set<String> {
    ModelColumns(features: model.features).textColumns
  }

  package init(_ model: BoostedModel) {
    self.model = model
    target = model.attributes[Self.targetAttribute] ?? "prediction"
  }

  package func predict(_ table: Table, on pool: WorkerPool) throws -> Predictions {
    let (matrix, notes) = try matrix(of: table)
    let answers = try BatchPredictor(model).predictions(matrix, on: pool)
    guard model.outputs > 1 || isBinary else {
      return Predictions(target: target, values: answers, notes: notes)
    }
    return Predictions(
      target: target, classes: classNames, probabilities: Self.probabilities(answers, model),
      notes: notes)
  }

  /// The cells of a table as the model looks at them, and what a person should know of them.
  ///
  /// - Throws: ``Failure`` with every column that is missing or of the wrong type.
  package func matrix(of table: Table) throws -> (matrix: FeatureMatrix, notes: [String]) {
    try ModelColumns(features: model.features).matrix(of: table)
  }

  /// Names of the margins: one for each class of several, none for a single one.
  package var outputNames: [String] { model.outputs > 1 ? classNames : [] }

  private var isBinary: Bool {
    if case .logistic = model.transform { model.outputs == 1 } else { false }
  }

  private var classNames: [String] {
    model.classes.isEmpty
      ? (0..<max(2, model.outputs)).map(String.init) : model.classes
  }

  /// Probabilities of every class, from predictions that have one number a row for two classes.
  static func probabilities(_ answers: [Double], _ model: BoostedModel) -> Matrix {
    guard model.outputs == 1 else {
      var matrix = Matrix(rows: answers.count / model.outputs, columns: model.outputs)
      matrix.elements = answers
      return matrix
    }
    var matrix = Matrix(rows: answers.count, columns: 2)
    for (row, answer) in answers.enumerated() {
      matrix[row, 0] = 1 - answer
      matrix[row, 1] = answer
    }
    return matrix
  }
}
