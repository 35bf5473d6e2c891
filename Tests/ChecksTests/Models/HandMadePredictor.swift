import Compute
import Platform
import Synchronization
import Testing

@testable import Checks

/// A predictor whose answers a test makes.
final class HandMadePredictor: Predictor {
  let name = "the model"
  private let calls = Mutex(0)
  private let reply: @Sendable (Table, Int) throws -> Answers

  /// - Parameter reply: what is answered to a table; the number counts the questions from 0.
  init(_ reply: @escaping @Sendable (Table, Int) throws -> Answers) { self.reply = reply }

  func answers(for table: Table, threads: Int) throws -> Answers {
    let call = calls.withLock { count in
      defer { count += 1 }
      return count
    }
    return try reply(table, call).checked(rows: table.rowCount, by: name)
  }

  /// Judges the tests of a suite.
  ///
  /// - Parameters:
  ///   - lines: of the suite, without what is tested.
  ///   - label: the name of a column of the table.
  func outcomes(_ lines: String, _ table: Table, label: String) throws -> [TestOutcome] {
    let suite = try ModelSuite(parsing: Array("command: made\n\(lines)".utf8), file: "m.yml")
    let truth = try #require(table[label])
    let evaluation = Evaluation(
      table, try answers(for: table.dropping(label), threads: 1), label: truth,
      positive: suite.positive)
    let judge = ModelJudge(
      suite: suite, predictor: self, places: try ModelFolder(), threads: 1, now: 0,
      evaluation: .success(evaluation), training: nil, champion: nil)
    return suite.tests.map { judge.outcome(of: $0) }
  }
}

extension Answers {
  /// Of two classes, from the probability of one; the other order is the other way round.
  static func two(_ positive: [Double], _ names: [String], isTurned: Bool = false) -> Answers {
    let rows = positive.map { isTurned ? [$0, 1 - $0] : [1 - $0, $0] }
    return several(rows, isTurned ? [names[1], names[0]] : names)
  }

  static func several(_ rows: [[Double]], _ names: [String]) -> Answers {
    let matrix =
      Matrix(rows: rows.count, columns: names.count, elements: rows.flatMap(\.self))
      ?? Matrix(rows: 0, columns: 0)
    return Answers(
      .classes(names: names, labels: likeliest(matrix), probabilities: matrix))
  }
}
