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
    Set(model.features.filter { !$0.categories.isEmpty }.map(\.name))
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
    let columns = try columns(of: table)
    var notes: [String] = []
    let cells = try zip(model.features, columns).map { feature, column in
      try numbers(feature, column, table, &notes)
    }
    return (try FeatureMatrix(columns: cells, features: model.features), notes)
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

  // MARK: Columns

  private func columns(of table: Table) throws -> [Column] {
    let missing = features.filter { table[$0] == nil }
    if missing.isEmpty { return features.compactMap { table[$0] } }
    let isNameless = features.enumerated().allSatisfy { index, name in
      ["f\(index)", "Column_\(index)", "\(index)"].contains(name)
    }
    if isNameless, missing.count == features.count {
      guard table.columns.count == features.count else {
        throw Failure(
          .invalid,
          "the model has \(features.count) columns without names, the table \(table.columns.count) columns",
          hint: "give a table of the columns that the model was taught with, in their order",
          at: table.location())
      }
      return table.columns
    }
    let first = Failure.missingColumn(missing[0], in: table)
    guard missing.count > 1 else { throw first }
    let shown = missing.prefix(20).map { "`\($0)`" }.joined(separator: ", ")
    throw Failure(
      .notFound,
      "no columns named \(shown)\(missing.count > 20 ? " and \(missing.count - 20) more" : "")",
      hint: first.hint, at: table.location())
  }

  private func numbers(
    _ feature: ModelFeature, _ column: Column, _ table: Table, _ notes: inout [String]
  ) throws -> [Double] {
    guard feature.kind == .categorical, !feature.categories.isEmpty else {
      guard let numbers = column.numbers else {
        let row = column.census?.firstText
        throw Failure(
          .invalid, "column `\(column.name)` holds text, and the model learnt numbers",
          at: table.location(row: row))
      }
      return numbers
    }
    let texts = CategoryCodes(column)
    let places = texts.places(feature.categories, missing: false)
    var unknown = 0
    let numbers = texts.codes.map { code -> Double in
      let place = places[Int(code) + 1]
      if place >= 0 { return Double(place) }
      if code >= 0 { unknown += 1 }
      return .nan
    }
    if unknown > 0 {
      notes.append(
        "column `\(column.name)` has \(counted(unknown, "cell")) with a category that was not there in training"
      )
    }
    return numbers
  }
}
