import Compute
import Platform

/// A table made ready: which rows and columns take part, and as what.
struct LogisticProblem {
  let selection: TableSelection
  let classes: [String]
  /// The class of every row of the table, -1 where it takes no part.
  let labels: [Int32]
  /// Rows to learn from and to hold out.
  let split: Fold
  let encoder: FeatureEncoder
  /// What a person should know of the data.
  private(set) var notes: [String] = []

  init(_ table: Table, _ options: TableOptions) throws {
    guard table.rowCount > 0 else {
      throw Failure(.invalid, "the table has no rows", at: table.location())
    }
    let columns = try TableSelection.columns(table, options)
    let target = try ClassTarget(table, options)
    let selection = try TableSelection(table, options, columns: columns) { target.labels[$0] >= 0 }
    self.selection = selection
    notes = selection.notes
    let counts = selection.rows.reduce(into: [Int](repeating: 0, count: target.classes.count)) {
      $0[Int(target.labels[$1])] += 1
    }
    // Dropping rows may have emptied a class.
    let used = counts.indices.filter { counts[$0] > 0 }
    guard used.count >= 2 else {
      let only = used.first.map { ": every row says `\(target.classes[$0])`" } ?? ""
      throw Failure(
        .invalid, "column `\(options.target)` has a single class\(only)",
        hint: "at least two classes are needed to tell apart", at: table.location())
    }
    classes = used.map { target.classes[$0] }
    let places = counts.indices.map { old in Int32(used.firstIndex(of: old) ?? -1) }
    let labels = target.labels.map { $0 < 0 ? -1 : places[Int($0)] }
    self.labels = labels
    split = try selection.split(labels: labels, classCount: classes.count)
    let fitted = try selection.encoder(for: split.train)
    encoder = fitted.encoder
    notes += fitted.notes
  }

  func labels(of rows: [Int]) -> [Int32] { rows.map { labels[$0] } }

  /// The folds of the rows that are not held out; nil when none are asked for.
  func folds() throws -> [Fold]? {
    try selection.options.validation.map { validation in
      try validation.folds(
        of: selection.table, rows: split.train, labels: labels(of: split.train),
        seed: selection.options.seed)
    }
  }
}
