import Compute
import Platform

/// The columns of a table as features: numbers as they are, text as the codes of its categories.
struct BoostingColumns {
  let features: [ModelFeature]
  private(set) var notes: [String] = []
  private var columns: [[Double]]
  /// Of every row of the table.
  let weightColumn: [Double]?

  init(_ table: Table, _ settings: BoostingSettings) throws {
    let named =
      settings.features + settings.drop.sorted() + settings.categorical
      + (settings.weight.map { [$0] } ?? []) + settings.rowColumns
    for name in named where table[name] == nil { throw Failure.missingColumn(name, in: table) }
    guard !settings.features.contains(settings.target) else {
      throw Failure(
        .invalid, "`\(settings.target)` is the target, and cannot be among `features` too")
    }
    let wanted = Set(settings.features)
    let others = Set(settings.rowColumns)
    var features: [ModelFeature] = []
    var columns: [[Double]] = []
    for column in table.columns {
      guard column.name != settings.target, column.name != settings.weight,
        !settings.drop.contains(column.name),
        wanted.isEmpty ? !others.contains(column.name) : wanted.contains(column.name)
      else { continue }
      let (feature, cells) = try Self.feature(column, table, settings)
      if column.missingCount == column.count {
        notes.append("column `\(column.name)` has no value in any row")
      }
      features.append(feature)
      columns.append(cells)
    }
    guard !features.isEmpty else {
      throw Failure(.invalid, "no column to learn from", at: table.location())
    }
    self.features = features
    self.columns = columns
    weightColumn = try settings.weight.map { try RowWeights.read($0, from: table) }
  }

  mutating func forgetCells() { columns = [] }

  private static func feature(
    _ column: Column, _ table: Table, _ settings: BoostingSettings
  ) throws -> (ModelFeature, [Double]) {
    if case .numbers(let numbers) = column.values, !settings.categorical.contains(column.name) {
      if let row = numbers.firstIndex(where: \.isInfinite) {
        throw Failure(
          .invalid, "column `\(column.name)` holds an infinite number",
          hint: "correct it, or leave the column out with `drop: \(column.name)`",
          at: table.location(row: row))
      }
      let kind: ModelFeature.Kind = column.kind == .int || column.kind == .bool ? .int : .float
      return (ModelFeature(name: column.name, kind: kind), numbers)
    }
    let texts = CategoryCodes(column)
    // In the order of their spelling, so that a table whose rows are shuffled gives the same codes.
    let order = texts.categories.indices.sorted {
      texts.categories[$0].utf8.lexicographicallyPrecedes(texts.categories[$1].utf8)
    }
    var places = [Double](repeating: 0, count: order.count)
    for (place, old) in order.enumerated() { places[old] = Double(place) }
    return (
      ModelFeature(
        name: column.name, kind: .categorical, categories: order.map { texts.categories[$0] }),
      texts.codes.map { $0 < 0 ? .nan : places[Int($0)] }
    )
  }

  /// Some rows with their labels.
  ///
  /// - Parameter queries: how many rows each query has, for ranking.
  func set(
    of rows: [Int], _ labels: BoostingLabels, queries: [Int] = []
  ) throws -> TrainingSet {
    // All rows in their order need no copy, which would be as large as the table.
    let isWhole = rows.count == columns[0].count && rows == Array(rows.indices)
    let cells = isWhole ? columns : columns.map { column in rows.map { column[$0] } }
    return TrainingSet(
      try FeatureMatrix(columns: cells, features: features),
      labels: rows.map { Float(labels.values[$0]) },
      weights: weightColumn.map { weights in rows.map { Float(weights[$0]) } },
      queries: queries)
  }
}
