import Compute
import Formats
import Platform
import Projects
import SystemPackage

/// A table made ready for boosting: features, labels, and the rows to learn from and to hold out.
struct BoostingProblem {
  let features: [ModelFeature]
  /// The class labels that 0, 1, … stand for; empty when numbers are learnt.
  let classes: [String]
  let training: TrainingSet
  /// The rows that are held out, if any.
  let evaluation: [EvaluationSet]
  /// The labels of the rows as doubles, in the order of their sets.
  let trainingValues: [Double]
  let evaluationValues: [Double]
  private(set) var notes: [String] = []
  private let target: String
  private let rowCount: Int

  static let parameters: [Parameter] =
    TableParameters.all + [
      Parameter("weight", isRequired: false, description: "column with the weights of the rows"),
      Parameter("seed", .int, default: "0", description: "decides every drawing of lots"),
    ]

  init(_ table: Table, _ settings: BoostingSettings) throws {
    guard table.rowCount > 0 else {
      throw Failure(.invalid, "the table has no rows", at: table.location())
    }
    guard let column = table[settings.target] else {
      throw Failure.missingColumn(settings.target, in: table)
    }
    target = settings.target
    rowCount = table.rowCount
    let labels = try BoostingLabels(column, table, settings)
    classes = labels.classes
    let rows = (0..<table.rowCount).filter { !labels.values[$0].isNaN }
    if rows.count < table.rowCount {
      notes.append(
        "left out \(counted(table.rowCount - rows.count, "row")) without a value of `\(settings.target)`"
      )
    }
    guard !rows.isEmpty else {
      throw Failure(
        .invalid, "column `\(settings.target)` has no value in any row", at: table.location())
    }
    let hasClasses = !labels.classes.isEmpty
    let split = StratifiedSplit(
      rows: rows, labels: rows.map { hasClasses ? Int32(labels.values[$0]) : 0 },
      classCount: max(1, labels.classes.count), fraction: settings.testFraction, seed: settings.seed
    )
    trainingValues = split.train.map { labels.values[$0] }
    evaluationValues = split.test.map { labels.values[$0] }
    let columns = try BoostingColumns(table, settings)
    features = columns.features
    notes += columns.notes
    training = try columns.set(of: split.train, labels)
    evaluation =
      split.test.isEmpty ? [] : [EvaluationSet("test", try columns.set(of: split.test, labels))]
  }

  /// - Throws: ``Failure`` for stopping that nothing can decide about.
  func check(_ options: BoostingOptions) throws {
    guard options.stopping != nil, evaluation.isEmpty else { return }
    throw Failure(
      .invalid, "early stopping needs rows that are held out", hint: "raise `test_fraction`")
  }

  func facts(file: FilePath) -> DatasetFacts {
    DatasetFacts(
      file: file, rows: rowCount, trainRows: training.labels.count,
      testRows: evaluation.first?.data.labels.count ?? 0, features: features.map(\.name),
      target: target, classes: classes)
  }
}
