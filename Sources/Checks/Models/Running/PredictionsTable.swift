import Compute
import Platform

/// Predictions that stand in a table already.
struct PredictionsTable: Predictor {
  let name: String
  private let rows: Int
  private let made: Answers

  /// - Parameters:
  ///   - columns: which hold what; what they do not say is found by usual names.
  ///   - truth: true values, which say what classes there are; they need not be of these rows.
  init(
    _ table: Table, _ columns: PredictionColumns, truth: Column, positive: String?,
    shownAs shown: String
  ) throws {
    name = "`\(shown)`"
    rows = table.rowCount
    func column(_ name: String) throws -> Column {
      guard let found = table[name] else { throw Failure.noColumn(name, in: table) }
      return found
    }
    var probabilities: [Answers.ClassColumn] = []
    switch columns.probabilities {
    case .named(let named):
      probabilities = try named.map { .init(name: $0.name, column: try column($0.column)) }
    case .each(let names):
      let classes = Self.classes(truth, count: names.count)
      probabilities = try zip(classes, names).map { .init(name: $0, column: try column($1)) }
    case .positive(let name):
      made = try Self.binary(column(name), truth, positive).checked(rows: rows, by: self.name)
      return
    case nil:
      // As `reprise predict --labels` writes them.
      if columns.prediction == nil {
        probabilities = table.columns.compactMap { column in
          AnswerText.className(column.name).map { .init(name: $0, column: column) }
        }
      }
    }
    if probabilities.count > 1 {
      let matrix: Matrix
      do throws(ParseFailure) { matrix = try Answers.matrix(probabilities) } catch {
        throw Failure(.invalid, error.message)
      }
      var labels = Answers.likeliest(matrix)
      let names = probabilities.map(\.name)
      if let prediction = columns.prediction {
        labels = try Self.labels(column(prediction), names)
      }
      made = try Answers(.classes(names: names, labels: labels, probabilities: matrix))
        .checked(rows: rows, by: self.name)
      return
    }
    if let only = probabilities.first {
      made = try Self.binary(only.column, truth, only.name).checked(rows: rows, by: self.name)
      return
    }
    made = try Self.predictions(column(columns.prediction ?? "prediction"), truth)
      .checked(rows: rows, by: self.name)
  }

  func answers(for table: Table, threads: Int) throws -> Answers {
    throw Failure(
      .unsupported, "\(name) holds predictions that were made: it cannot be asked again",
      hint: "name the model itself: `model:`, `command:` or `http:`")
  }

  /// What it says of its own rows.
  var answers: Answers { made }

  private static func predictions(_ column: Column, _ truth: Column) throws -> Answers {
    if let row = (0..<column.count).first(where: { column.isMissing($0) }) {
      throw Failure(.invalid, "`\(column.name)` has no prediction in row \(row + 1)")
    }
    if case .numbers(let values) = column.values, case .numbers = truth.values,
      column.kind != .bool
    {
      return Answers(.numbers(values))
    }
    let spelling = ClassSpelling(column)
    return Answers(
      .classes(names: spelling.names, labels: spelling.codes, probabilities: nil))
  }

  private static func labels(_ column: Column, _ names: [String]) throws -> [Int32] {
    let spelling = ClassSpelling(column)
    let places = ClassPlaces(names)
    let own = try spelling.names.map { name -> Int32 in
      guard let place = places[name] else {
        throw Failure(.invalid, "`\(name)` is predicted, and has no column of probabilities")
      }
      return Int32(place)
    }
    return try spelling.codes.enumerated().map { row, code in
      guard code >= 0 else {
        throw Failure(.invalid, "`\(column.name)` has no prediction in row \(row + 1)")
      }
      return own[Int(code)]
    }
  }

  private static func binary(
    _ column: Column, _ truth: Column, _ positive: String?
  ) throws -> Answers {
    guard let values = column.numbers else {
      throw Failure(.invalid, "column `\(column.name)` holds text, and no probabilities")
    }
    var names = CellText.sorted(ClassSpelling(truth).names)
    guard names.count <= 2 else {
      throw Failure(
        .invalid, "`\(column.name)` is one probability, and there are \(names.count) classes",
        hint: "name a column for each: `proba: [p0, p1, p2]`")
    }
    if let positive {
      let place = ClassPlaces(names)[positive]
      let other = names.indices.first { $0 != place }.map { names[$0] }
      names = [other ?? "not \(positive)", positive]
    } else if names.count < 2 {
      names =
        names == ["1"] || names.isEmpty
        ? ["0", "1"] : names == ["0"] ? ["0", "1"] : names + ["other"]
    }
    return AnswerText.binary(values, names: names)
  }

  private static func classes(_ truth: Column, count: Int) -> [String] {
    let known = CellText.sorted(ClassSpelling(truth).names)
    if known.count == count { return known }
    return (0..<count).map(String.init)
  }
}
