import Compute
import Platform

/// A table made ready for a regression: which rows and columns take part, and the numbers to be met.
struct LinearProblem {
  let selection: TableSelection
  /// Of every row of the table; NaN where there is none.
  let target: [Double]
  let split: Fold
  /// What a person should know of the data.
  let notes: [String]

  init(_ table: Table, _ options: TableOptions) throws {
    guard table.rowCount > 0 else {
      throw Failure(.invalid, "the table has no rows", at: table.location())
    }
    let columns = try TableSelection.columns(table, options)
    let target = try Self.numbers(options.target, table)
    selection = try TableSelection(table, options, columns: columns) { !target[$0].isNaN }
    guard !selection.rows.isEmpty else {
      throw Failure(
        .invalid, "column `\(options.target)` has no value in any row", at: table.location())
    }
    self.target = target
    split = try selection.split(labels: nil, classCount: 1)
    notes = selection.notes
  }

  private static func numbers(_ name: String, _ table: Table) throws -> [Double] {
    guard let column = table[name] else { throw Failure.missingColumn(name, in: table) }
    guard let numbers = column.numbers else {
      let row = column.census?.firstText
      throw Failure(
        .invalid, "column `\(name)` holds text, and linear learns numbers",
        hint: "is it the right target? `trainer: logistic` learns classes",
        at: table.location(row: row))
    }
    if let row = numbers.firstIndex(where: \.isInfinite) {
      throw Failure(
        .invalid, "column `\(name)` holds an infinite number",
        hint: "correct it, or leave the cell empty", at: table.location(row: row))
    }
    return numbers
  }

  func target(of rows: [Int]) -> [Double] { rows.map { target[$0] } }

  func weights(of rows: [Int]) -> [Double]? {
    selection.weights.map { weights in rows.map { weights[$0] } }
  }

  /// The folds of the rows that are not held out; nil when none are asked for.
  func folds() throws -> [Fold]? {
    try selection.options.validation.map { validation in
      try validation.folds(
        of: selection.table, rows: split.train, labels: nil, seed: selection.options.seed)
    }
  }
}
