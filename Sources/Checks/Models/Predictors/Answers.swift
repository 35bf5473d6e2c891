import Compute
import Platform

/// What a predictor says of the rows of a table: classes or numbers.
package struct Answers: Sendable, Hashable {
  package enum Content: Sendable, Hashable {
    case numbers([Double])
    /// - Parameters:
    ///   - labels: places among the names.
    ///   - probabilities: a row for each row, a column for each class; nil when only classes are known.
    case classes(names: [String], labels: [Int32], probabilities: Matrix?)
  }

  package var content: Content

  package init(_ content: Content) { self.content = content }

  package var count: Int {
    switch content {
    case .numbers(let values): values.count
    case .classes(_, let labels, _): labels.count
    }
  }

  /// The likeliest class of each row, the first one on a tie.
  static func likeliest(_ probabilities: Matrix) -> [Int32] {
    (0..<probabilities.rows).map { row in
      var best = 0
      for column in 1..<max(1, probabilities.columns)
      where probabilities[row, column] > probabilities[row, best] {
        best = column
      }
      return Int32(best)
    }
  }

  /// The answers of some rows.
  func selecting(_ rows: [Int]) -> Answers {
    switch content {
    case .numbers(let values): return Answers(.numbers(rows.map { values[$0] }))
    case .classes(let names, let labels, let probabilities):
      let own = probabilities.map { all in
        var matrix = Matrix(rows: rows.count, columns: all.columns)
        for (place, row) in rows.enumerated() {
          for column in 0..<all.columns { matrix[place, column] = all[row, column] }
        }
        return matrix
      }
      return Answers(
        .classes(names: names, labels: rows.map { labels[$0] }, probabilities: own))
    }
  }

  /// The numbers that answers are for tests of direction: the numbers themselves, or how likely a class is.
  ///
  /// - Parameter positive: that class by its name, because other answers may have theirs in another order; nil for numbers.
  /// - Throws: ``Failure``: they are of another kind, or the model gives no probability of that class.
  func levels(of positive: String?) throws -> [Double] {
    switch (content, positive) {
    case (.numbers(let values), nil): return values
    case (.classes(let names, let labels, let probabilities), let positive?):
      let place = ClassPlaces(names)[positive]
      // Classes alone are only those that were answered: the others were not.
      guard let probabilities else { return labels.map { Int($0) == place ? 1 : 0 } }
      guard let place else {
        throw Failure(
          .notFound, "the model knows no class `\(positive)`",
          hint: "classes are \(names.prefix(20).joined(separator: ", "))")
      }
      return (0..<probabilities.rows).map { probabilities[$0, place] }
    case (.numbers, _?), (.classes, nil):
      throw Failure(.invalid, "the model answers numbers to some rows, and classes to others")
    }
  }

  /// Looks at what came from outside.
  ///
  /// - Throws: ``Failure``: not one answer for each row, numbers that are none, probabilities that are none.
  func checked(rows: Int, by name: String) throws -> Answers {
    guard count == rows else {
      throw Failure(
        .invalid, "\(name) answered \(DigitGroups.text(count)) rows for \(DigitGroups.text(rows))",
        hint: "it has to write one prediction for each row")
    }
    switch content {
    case .numbers(let values):
      if let row = values.firstIndex(where: { !$0.isFinite }) {
        throw Self.strange(values[row], row, name)
      }
    case .classes(let names, _, let probabilities?):
      guard names.count == probabilities.columns else {
        throw Failure(
          .invalid,
          "\(name) answered \(probabilities.columns) probabilities a row for \(names.count) classes"
        )
      }
      for row in 0..<probabilities.rows {
        var sum = 0.0
        for value in probabilities.row(row) {
          guard value.isFinite else { throw Self.strange(value, row, name) }
          guard value >= -1e-6, value <= 1 + 1e-6 else {
            throw Failure(
              .invalid, "\(name) answered the probability \(shortNumber(value)) for row \(row + 1)",
              hint: "probabilities are from 0 to 1")
          }
          sum += value
        }
        guard abs(sum - 1) < 1e-3 else {
          throw Failure(
            .invalid,
            "the probabilities of row \(row + 1) that \(name) answered add up to \(shortNumber(sum))",
            hint: "there is one for each class, and together they are 1")
        }
      }
    case .classes: break
    }
    return self
  }

  private static func strange(_ value: Double, _ row: Int, _ name: String) -> Failure {
    Failure(.invalid, "\(name) answered \(value.isNaN ? "NaN" : "infinity") for row \(row + 1)")
  }
}
