import Compute
import Platform
import SystemPackage

/// A table made ready for a network: rows of numbers, and classes or numbers to be told.
struct TableSamples {
  private(set) var data: NetworkData

  init(_ job: TrainingJob) throws {
    let options = try TableOptions(job)
    let table = try TableFile.read(
      job.data, dialect: options.dialect, asText: options.categorical, threads: job.threads)
    let isNumber: Bool =
      if case .numbers(let numbers)? = table[options.target]?.values {
        !options.categorical.contains(options.target)
          && Self.looksContinuous(numbers, options.maximumCategories)
      } else { false }
    data =
      isNumber
      ? try Self.numbers(LinearProblem(table, options), table)
      : try Self.classes(LogisticProblem(table, options), table)
    data.file = try job.data
  }

  /// Numbers are to be predicted as such when they are no classes: fractions, or more of them than classes can be.
  private static func looksContinuous(_ numbers: [Double], _ most: Int) -> Bool {
    var seen: Set<Double> = []
    for number in numbers where !number.isNaN {
      if number != number.rounded() { return true }
      seen.insert(number)
      if seen.count > most { return true }
    }
    return false
  }

  private static func classes(_ problem: LogisticProblem, _ table: Table) throws -> NetworkData {
    let rows = problem.split.train + problem.split.test
    let labels = problem.labels(of: rows)
    return try data(
      problem.encoder, table, rows, train: problem.split.train.count,
      .classes(labels, count: problem.classes.count), classes: problem.classes,
      problem.selection, notes: problem.notes)
  }

  private static func numbers(_ problem: LinearProblem, _ table: Table) throws -> NetworkData {
    let rows = problem.split.train + problem.split.test
    let fitted = try problem.selection.encoder(for: problem.split.train)
    let numbers = problem.target(of: problem.split.train)
    // Networks learn numbers of about 1: others are brought there, and back when it predicts.
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count)
    let scale = variance > 0 ? variance.squareRoot() : 1
    let targets = problem.target(of: rows).map { Float(($0 - mean) / scale) }
    var data = try data(
      fitted.encoder, table, rows, train: problem.split.train.count, .numbers(targets), classes: [],
      problem.selection, notes: problem.notes + fitted.notes)
    (data.scale, data.shift) = (scale, mean)
    return data
  }

  private static func data(
    _ encoder: FeatureEncoder, _ table: Table, _ rows: [Int], train: Int,
    _ targets: NetworkTargets, classes: [String], _ selection: TableSelection, notes: [String]
  ) throws -> NetworkData {
    let numbers = try RowSamples(encoder.encode(table, rows: rows).matrix)
    let part = { (range: Range<Int>) in
      NetworkData.Part(source: numbers, targets: targets, samples: range.map { Int32($0) })
    }
    return NetworkData(
      input: .rows(encoder), target: selection.options.target, classes: classes,
      train: part(0..<train), test: part(train..<rows.count), notes: notes)
  }
}
