import Compute
import Platform

/// The rows and columns of a table that take part in a training.
struct TableSelection {
  let table: Table
  let options: TableOptions
  /// The columns to learn from.
  let columns: [Column]
  /// Rows with a target, and with what the policy on missing values asks for; in order.
  let rows: [Int]
  /// Of every row of the table; nil when none are named.
  let weights: [Double]?
  /// What a person should know of the data.
  private(set) var notes: [String] = []

  /// - Parameter hasTarget: whether a row of the table has something to be learnt.
  init(
    _ table: Table, _ options: TableOptions, columns: [Column], hasTarget: (Int) -> Bool
  ) throws {
    self.table = table
    self.options = options
    self.columns = columns
    weights = try options.weight.map { try RowWeights.read($0, from: table) }
    var rows = (0..<table.rowCount).filter(hasTarget)
    if rows.count < table.rowCount {
      notes.append(
        "left out \(counted(table.rowCount - rows.count, "row")) without a value of `\(options.target)`"
      )
    }
    let complete = try Self.complete(rows, columns, table, options)
    if complete.count < rows.count {
      notes.append("left out \(counted(rows.count - complete.count, "row")) with missing values")
    }
    rows = complete
    if let weights, !rows.isEmpty, !rows.contains(where: { weights[$0] > 0 }) {
      throw Failure(.invalid, "all rows have the weight 0", at: table.location())
    }
    self.rows = rows
  }

  /// The columns to learn from: all but the target, weights, what is dropped, and what says how rows
  /// belong together; or those that are named.
  static func columns(_ table: Table, _ options: TableOptions) throws -> [Column] {
    let named =
      [options.target] + options.features + options.drop.sorted() + options.categorical.sorted()
      + [options.weight].compactMap(\.self) + (options.validation?.columns ?? [])
    for name in named where table[name] == nil { throw Failure.missingColumn(name, in: table) }
    if options.features.contains(options.target) || options.drop.contains(options.target) {
      throw Failure(
        .invalid, "`\(options.target)` is the target, and cannot be among `features` or `drop` too")
    }
    let wanted = Set(options.features)
    let others = Set(options.validation?.columns ?? []).union([options.weight].compactMap(\.self))
    return table.columns.filter { column in
      column.name != options.target && !options.drop.contains(column.name)
        && (wanted.isEmpty ? !others.contains(column.name) : wanted.contains(column.name))
    }
  }

  /// The rows that take part by the policy on missing values.
  private static func complete(
    _ rows: [Int], _ columns: [Column], _ table: Table, _ options: TableOptions
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
      return complete
    }
  }

  /// How columns become numbers, by what some rows hold.
  ///
  /// - Parameter keepsConstants: whether a number that is the same everywhere says something, as it
  ///   does where there is no intercept.
  func encoder(
    for rows: [Int], keepsConstants: Bool = false
  ) throws -> (encoder: FeatureEncoder, notes: [String]) {
    let fitting = FeatureFitting(
      table: table, rows: rows, categorical: options.categorical,
      maximumCategories: options.maximumCategories)
    var features: [Feature] = []
    var notes: [String] = []
    for column in columns {
      switch try fitting.fit(column) {
      case .feature(let feature): features.append(feature)
      case .useless(let reason):
        if keepsConstants, case .numbers(let numbers) = column.values,
          let value = rows.lazy.map({ numbers[$0] }).first(where: { !$0.isNaN })
        {
          features.append(Feature(column.name, .standardized(mean: value, scale: 1)))
          continue
        }
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
    return (FeatureEncoder(features), notes)
  }

  /// The rows to learn from and those to hold out, as rows of the table.
  ///
  /// - Parameter labels: the class of every row of the table; nil when numbers are learnt.
  func split(labels: [Int32]?, classCount: Int) throws -> Fold {
    if let validation = options.validation, options.testFraction > 0,
      let fold = try validation.holdOut(
        options.testFraction, of: table, rows: rows, seed: options.seed)
    {
      return fold
    }
    let split = StratifiedSplit(
      rows: rows, labels: rows.map { labels?[$0] ?? 0 }, classCount: classCount,
      fraction: options.testFraction, seed: options.seed)
    return Fold(train: split.train, test: split.test)
  }
}

/// `1 row`, `7 rows`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
