import Compute
import Platform

/// How well each column by itself tells the label: what does so all too well knows it from elsewhere.
///
/// Of a class it is the area under the ROC curve, of the class that is told best against all others, and of a feature or its
/// opposite; of a number R².
struct LeakScores {
  struct Score: Sendable, Hashable {
    var column: String
    var value: Double
  }

  /// The largest first; columns of which nothing can be said are not among them.
  let scores: [Score]
  /// What the scores are.
  let measure: String

  /// Details name as many.
  static let shown = 20

  /// - Parameters:
  ///   - columns: the features.
  ///   - learnt: finds the cells of a column in the table that is learnt from.
  ///   - judged: the same in the one that is told; nil when its rows are told by each other.
  /// - Throws: ``Failure``: the label is no label, or what is kept in temporary files is gone.
  init(
    of columns: [String], label: String, learnt: (String) -> CellsScan,
    judged: ((String) -> CellsScan)?
  ) throws {
    let labels = [learnt(label)] + (judged.map { [$0(label)] } ?? [])
    let target = try LeakLabel(labels)
    var found: [Score] = []
    for column in columns {
      try Task.checkCancellation()
      let scans = [learnt(column)] + (judged.map { [$0(column)] } ?? [])
      let tables = zip(scans, labels).map { LeakRows(values: $0.store, labels: $1.store) }
      let isNumber = scans.allSatisfy(\.isOfNumbers)
      let value = try Self.score(tables, target, isNumber: isNumber, scans[0].budget)
      if let value { found.append(Score(column: column, value: value)) }
    }
    // Equal ones in the order of the table.
    scores = found.enumerated().sorted {
      $0.element.value == $1.element.value
        ? $0.offset < $1.offset : $0.element.value > $1.element.value
    }.map(\.element)
    if case .classes = target { measure = "ROC AUC" } else { measure = "R²" }
  }

  private static func score(
    _ tables: [LeakRows], _ label: LeakLabel, isNumber: Bool, _ budget: MemoryBudget
  ) throws -> Double? {
    let (learnt, judged) = (tables[0], tables.count > 1 ? tables[1] : nil)
    switch label {
    case .classes(let classes):
      // The order of numbers is not learnt.
      let areas =
        isNumber
        ? try NumberLeak(budget).areas(judged ?? learnt, classes)
        : try CategoryLeak(budget).areas(learnt, judged, classes)
      return areas.compactMap(\.self).map { max($0, 1 - $0) }.max()
    case .numbers(let center):
      return isNumber
        ? try NumberLeak(budget).score(learnt, judged, center: center)
        : try CategoryLeak(budget).score(learnt, judged, center: center)
    }
  }

  /// - Parameter most: no score may be so large.
  func outcome(of test: DataTest, label: String, below most: Double) -> TestOutcome {
    guard let worst = scores.first else {
      return TestOutcome(
        test,
        untested: Failure(
          .invalid, "no column can be compared with `\(label)`, or it has one value only",
          at: test.location))
    }
    let above = scores.filter { $0.value >= most }
    let shown = (above.isEmpty ? scores.prefix(1) : above.prefix(3)).map {
      "`\($0.column)` \(shortNumber($0.value))"
    }.joined(separator: ", ")
    let count = "\(scores.count) \(scores.count == 1 ? "column" : "columns")"
    let near = NearNumber.beyond(worst.value)
    return TestOutcome(
      test, passed: above.isEmpty,
      found: above.isEmpty
        ? "the best of \(count) is \(shown) (\(measure))"
        : "\(above.count) of \(count) tell it: \(shown) (\(measure))",
      value: worst.value, nearest: near > 1 ? nil : "leak score < \(PlainValue.text(near))",
      details: [
        .numbers(
          scores.prefix(Self.shown).map(\.column), scores.prefix(Self.shown).map(\.value))
      ])
  }
}
