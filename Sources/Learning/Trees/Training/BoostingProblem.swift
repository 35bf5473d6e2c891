import Compute
import Formats
import Platform
import Projects
import SystemPackage

/// A table made ready for boosting: features, labels, and the rows to learn from and to hold out.
struct BoostingProblem {
  private(set) var table: Table
  let labels: BoostingLabels
  private(set) var training: TrainingSet
  /// The rows that are held out, if any.
  private(set) var evaluation: [EvaluationSet]
  private(set) var notes: [String] = []
  private let settings: BoostingSettings
  private var columns: BoostingColumns
  private let rowCount: Int
  private let queries: QueryOrder?
  /// Rows to learn from and to hold out.
  let split: Fold

  var features: [ModelFeature] { columns.features }
  /// The class labels that 0, 1, … stand for; empty when numbers are learnt.
  var classes: [String] { labels.classes }

  static let parameters: [Parameter] =
    TableParameters.all + [
      Parameter("weight", isRequired: false, description: "column with the weights of the rows"),
      Parameter(
        "group", isRequired: false,
        description: "column that says which query a row belongs to, for ranking"),
      Parameter("seed", .int, default: "0", description: "decides every drawing of lots"),
    ]

  init(_ table: Table, _ settings: BoostingSettings) throws {
    guard table.rowCount > 0 else {
      throw Failure(.invalid, "the table has no rows", at: table.location())
    }
    guard let column = table[settings.target] else {
      throw Failure.missingColumn(settings.target, in: table)
    }
    self.table = table
    rowCount = table.rowCount
    self.settings = settings
    labels = try BoostingLabels(column, table, settings)
    let rows = (0..<table.rowCount).filter { [labels] in !labels.values[$0].isNaN }
    if rows.count < table.rowCount {
      notes.append(
        "left out \(counted(table.rowCount - rows.count, "row")) without a value of `\(settings.target)`"
      )
    }
    guard !rows.isEmpty else {
      throw Failure(
        .invalid, "column `\(settings.target)` has no value in any row", at: table.location())
    }
    if let value = rows.first.map({ [labels] in labels.values[$0] }),
      rows.allSatisfy({ [labels] in labels.values[$0] == value })
    {
      let shown = shortNumber(value)
      notes.append(
        "column `\(settings.target)` is \(shown) in every row: there is nothing to learn")
    }
    columns = try BoostingColumns(table, settings)
    notes += columns.notes
    queries = try settings.group.map { try QueryOrder($0, of: table, rows: rows) }
    split = try Self.split(rows, table, labels, settings, queries)
    training = try Self.set(of: split.train, columns, labels, queries)
    evaluation =
      split.test.isEmpty
      ? [] : [EvaluationSet("test", try Self.set(of: split.test, columns, labels, queries))]
  }

  private static func split(
    _ rows: [Int], _ table: Table, _ labels: BoostingLabels, _ settings: BoostingSettings,
    _ queries: QueryOrder?
  ) throws -> Fold {
    let (fraction, seed) = (settings.testFraction, settings.seed)
    if let queries { return queries.split(rows, fraction: fraction, seed: seed) }
    if fraction > 0,
      let fold = try settings.validation?.holdOut(fraction, of: table, rows: rows, seed: seed)
    {
      return fold
    }
    let hasClasses = !labels.classes.isEmpty
    let split = StratifiedSplit(
      rows: rows, labels: rows.map { hasClasses ? Int32(labels.values[$0]) : 0 },
      classCount: max(1, labels.classes.count), fraction: fraction, seed: seed)
    return Fold(train: split.train, test: split.test)
  }

  private static func set(
    of rows: [Int], _ columns: BoostingColumns, _ labels: BoostingLabels, _ queries: QueryOrder?
  ) throws -> TrainingSet {
    guard let queries else { return try columns.set(of: rows, labels) }
    let sorted = queries.sorted(rows)
    return try columns.set(of: sorted, labels, queries: queries.counts(sorted))
  }

  /// Some rows of the table, in the order of ``order(_:)``.
  func set(of rows: [Int]) throws -> TrainingSet {
    try Self.set(of: rows, columns, labels, queries)
  }

  /// Rows as sets have them: those of a query together.
  func order(_ rows: [Int]) -> [Int] { queries?.sorted(rows) ?? rows }

  /// The labels of the rows as doubles, in the order of their sets.
  var trainingValues: [Double] { order(split.train).map { labels.values[$0] } }
  var evaluationValues: [Double] { order(split.test).map { labels.values[$0] } }

  /// Cross-validation of the rows that are not held out; nil when none is asked for.
  func validation() throws -> FoldTraining? {
    guard let validation = settings.validation else { return nil }
    let codes = labels.classes.isEmpty ? nil : labels.values.map { $0.isNaN ? -1 : Int32($0) }
    let folds = try validation.folds(
      of: table, rows: split.train, labels: codes.map { codes in split.train.map { codes[$0] } },
      seed: settings.seed)
    return FoldTraining(
      folds: folds, table: table,
      truth: codes.map { .classes($0, names: labels.classes) } ?? .numbers(labels.values),
      weights: columns.weightColumn)
  }

  /// - Throws: ``Failure`` for stopping that nothing can decide about.
  func check(_ options: BoostingOptions) throws {
    guard options.stopping != nil, evaluation.isEmpty else { return }
    throw Failure(
      .invalid, "early stopping needs rows that are held out", hint: "raise `test_fraction`")
  }

  /// Lets the cells go, which take more memory than all else: a booster has them in bins.
  mutating func forgetCells() {
    table = Table([])
    columns.forgetCells()
    training = training.withoutCells
    evaluation = evaluation.map { EvaluationSet($0.name, $0.data.withoutCells) }
  }

  func facts(file: FilePath) -> DatasetFacts {
    DatasetFacts(
      file: file, rows: rowCount, trainRows: training.labels.count,
      testRows: evaluation.first?.data.labels.count ?? 0, features: features.map(\.name),
      target: settings.target, classes: classes)
  }
}
