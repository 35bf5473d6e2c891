import Compute
import Platform

/// Finds the columns of a model of trees in tables.
///
/// Columns are found by name, in any order; further ones do not matter. Models that were taught without names take the
/// columns of a table as they stand.
struct ModelColumns {
  let features: [ModelFeature]

  /// Columns of categories whose names are known: their cells are looked up as they are spelled.
  var textColumns: Set<String> {
    Set(features.filter { !$0.categories.isEmpty }.map(\.name))
  }

  /// The cells of a table in the model's order, and what a person should know of them.
  ///
  /// - Throws: ``Failure`` for columns that are missing, or text where numbers were learnt.
  func matrix(of table: Table) throws -> (matrix: FeatureMatrix, notes: [String]) {
    var notes: [String] = []
    let cells = try zip(features, columns(of: table)).map { feature, column in
      try numbers(feature, column, table, &notes)
    }
    return (try FeatureMatrix(columns: cells, features: features), notes)
  }

  private func columns(of table: Table) throws -> [Column] {
    let names = features.map(\.name)
    let missing = names.filter { table[$0] == nil }
    if missing.isEmpty { return names.compactMap { table[$0] } }
    let isNameless = names.enumerated().allSatisfy { index, name in
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
