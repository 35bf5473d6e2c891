import Compute
import Platform

/// A table made ready: which rows and columns take part, and as what.
struct LogisticProblem {
  let table: Table
  let classes: [String]
  let split: StratifiedSplit
  let trainLabels: [Int32]
  let testLabels: [Int32]
  let encoder: FeatureEncoder
  /// What a person should know of the data.
  private(set) var notes: [String] = []

  init(_ table: Table, _ options: LogisticOptions) throws {
    self.table = table
    guard table.rowCount > 0 else {
      throw Failure(.invalid, "the table has no rows", at: table.location())
    }
    let columns = try Self.columns(table, options)
    let target = try ClassTarget(table, options)
    var rows = (0..<table.rowCount).filter { target.labels[$0] >= 0 }
    if rows.count < table.rowCount {
      notes.append(
        "left out \(counted(table.rowCount - rows.count, "row")) without a value of `\(options.target)`"
      )
    }
    rows = try Self.complete(rows, columns, table, options, &notes)
    let counts = rows.reduce(into: [Int](repeating: 0, count: target.classes.count)) {
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
    let split = StratifiedSplit(
      rows: rows, labels: rows.map { labels[$0] }, classCount: classes.count,
      fraction: options.testFraction, seed: options.seed)
    self.split = split
    trainLabels = split.train.map { labels[$0] }
    testLabels = split.test.map { labels[$0] }
    encoder = try Self.fit(columns, table, split.train, options, &notes)
  }

  /// The columns to learn from.
  private static func columns(_ table: Table, _ options: LogisticOptions) throws -> [Column] {
    let named =
      [options.target] + options.features + options.drop.sorted()
      + options.categorical.sorted()
    for name in named where table[name] == nil { throw Failure.missingColumn(name, in: table) }
    if options.features.contains(options.target) || options.drop.contains(options.target) {
      throw Failure(
        .invalid, "`\(options.target)` is the target, and cannot be among `features` or `drop` too")
    }
    let wanted = Set(options.features)
    return table.columns.filter { column in
      column.name != options.target && !options.drop.contains(column.name)
        && (wanted.isEmpty || wanted.contains(column.name))
    }
  }

  /// The rows that take part by the policy on missing values.
  private static func complete(
    _ rows: [Int], _ columns: [Column], _ table: Table, _ options: LogisticOptions,
    _ notes: inout [String]
  ) throws -> [Int] {
    switch options.missing {
    case .impute: return rows
    case .fail:
      for row in rows {
        guard let column = columns.first(where: { $0.isMissing(row) }) else { continue }
        throw Failure(
          .invalid, "column `\(column.name)` has no value",
          hint: "fill it, or say `missing: impute` or `missing: drop`", at: table.location(row: row)
        )
      }
      return rows
    case .drop:
      let complete = rows.filter { row in !columns.contains { $0.isMissing(row) } }
      guard !complete.isEmpty else {
        throw Failure(
          .invalid, "no row has a value in every column",
          hint: "say `missing: impute`, or leave the emptiest columns out with `drop`",
          at: table.location())
      }
      if complete.count < rows.count {
        notes.append("left out \(counted(rows.count - complete.count, "row")) with missing values")
      }
      return complete
    }
  }

  private static func fit(
    _ columns: [Column], _ table: Table, _ rows: [Int], _ options: LogisticOptions,
    _ notes: inout [String]
  ) throws -> FeatureEncoder {
    let fitting = FeatureFitting(
      table: table, rows: rows, categorical: options.categorical,
      maximumCategories: options.maximumCategories)
    var features: [Feature] = []
    for column in columns {
      switch try fitting.fit(column) {
      case .feature(let feature): features.append(feature)
      case .useless(let reason):
        // A column that was asked for by name is expected to say something.
        guard !options.features.contains(column.name) else {
          throw Failure(
            .invalid, "column `\(column.name)` \(reason)",
            hint: "take it out of `features`", at: table.location())
        }
        notes.append("left out column `\(column.name)`: it \(reason)")
      }
    }
    guard !features.isEmpty else {
      throw Failure(
        .invalid, "no column to learn from", hint: notes.last, at: table.location())
    }
    return FeatureEncoder(features)
  }
}

/// `1 row`, `7 rows`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
