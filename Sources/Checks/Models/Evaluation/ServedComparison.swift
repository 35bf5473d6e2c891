import Compute
import Platform

/// How far what was served to a row is from what is computed for it here.
struct ServedComparison {
  struct Difference {
    /// Infinity where there is no number between the two.
    var size: Double
    /// `age 30 here, 31 served`.
    var text: String
  }

  private let compare: (_ row: Int, _ served: Int) -> Difference?

  /// - Parameters:
  ///   - row: of the table.
  ///   - served: a row of the log.
  /// - Returns: nil when both are the same to the last bit.
  func difference(_ row: Int, _ served: Int) -> Difference? { compare(row, served) }

  // MARK: Columns

  /// Of columns by their names; the furthest apart counts.
  ///
  /// - Throws: ``Failure``: a column is not there.
  init(columns names: [String], of table: Table, log: Table) throws {
    let columns = try names.map { name in
      guard let own = table[name] else { throw Failure.noColumn(name, in: table) }
      guard let served = log[name] else {
        var failure = Failure.noColumn(name, in: log)
        failure.message += " in the log"
        throw failure
      }
      return (own, served)
    }
    compare = { row, served in
      var widest: Difference?
      for (own, other) in columns {
        guard let size = Self.distance(own, row, other, served), size > widest?.size ?? -1 else {
          continue
        }
        let (here, there) = (CellText.text(own, row), CellText.text(other, served))
        widest = Difference(
          size: size,
          text: "\(own.name) \(here ?? "nothing") here, \(there ?? "nothing") served")
      }
      return widest
    }
  }

  /// Nil for the same value.
  private static func distance(_ a: Column, _ row: Int, _ b: Column, _ other: Int) -> Double? {
    switch (a.isMissing(row), b.isMissing(other)) {
    case (true, true): return nil
    case (true, false), (false, true): return .infinity
    case (false, false): break
    }
    if case .numbers(let x) = a.values, case .numbers(let y) = b.values {
      return x[row] == y[other] ? nil : abs(x[row] - y[other])
    }
    return CellText.text(a, row) == CellText.text(b, other) ? nil : .infinity
  }

  // MARK: Answers

  /// Of answers.
  ///
  /// - Throws: ``Failure``: one side has numbers, and the other classes.
  init(_ evaluation: Evaluation, served: Answers) throws {
    let (own, other) = try Self.ofOneKind(evaluation, served)
    if case .numbers(let x) = own.content, case .numbers(let y) = other.content {
      compare = { row, served in
        guard x[row] != y[served] else { return nil }
        return Difference(
          size: abs(x[row] - y[served]),
          text: "\(shortNumber(x[row])) here, \(shortNumber(y[served])) served")
      }
      return
    }
    guard case .classes(let names, let x, let p) = own.content,
      case .classes(let others, let y, _) = other.content
    else { throw Failure(.bug, "answers of two kinds") }
    if let p, let q = other.probabilities(of: names) {
      compare = { row, served in
        var widest: Difference?
        for (column, name) in names.enumerated() {
          let size = abs(p[row, column] - q[served, column])
          guard size > widest?.size ?? 0 else { continue }
          let (here, there) = (shortNumber(p[row, column]), shortNumber(q[served, column]))
          widest = Difference(size: size, text: "p(\(name)) \(here) here, \(there) served")
        }
        return widest
      }
      return
    }
    let places = ClassPlaces(names)
    let known = others.map { places[$0] }
    compare = { row, served in
      guard known[Int(y[served])] != Int(x[row]) else { return nil }
      return Difference(
        size: .infinity, text: "\(names[Int(x[row])]) here, \(others[Int(y[served])]) served")
    }
  }

  /// Numbers are classes where the other side has classes.
  private static func ofOneKind(
    _ evaluation: Evaluation, _ served: Answers
  ) throws -> (Answers, Answers) {
    let own = evaluation.answers
    switch (own.content, served.content) {
    case (.numbers, .numbers), (.classes, .classes): return (own, served)
    case (.numbers, .classes):
      let view = try evaluation.classes
      let answers = Answers(
        .classes(names: view.names, labels: view.predicted, probabilities: view.probabilities))
      return (answers, served)
    case (.classes, .numbers(let values)):
      guard values.allSatisfy({ $0 == $0.rounded() }) else {
        throw Failure(
          .invalid, "the model answers classes, and the log has numbers",
          hint: "name the column of probabilities: `served: {file: served.csv, proba: p}`")
      }
      return (own, Answers(classes: values.map { PlainValue.text($0) }))
    }
  }
}
