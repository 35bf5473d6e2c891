import Compute
import Formats
import Platform
import Projects

/// What `cv` of an entry point asks for: `5`, or
/// `{kind: group, folds: 5, shuffle: true, seed: 7, repeats: 1, group: customer}`.
package struct CrossValidation: Sendable, Hashable {
  /// nil: by the target; see ``folds(of:rows:labels:seed:)``.
  package var kind: Kind?
  package var folds = 5
  /// Rows are dealt out by lots unless this is false: tables are often sorted by their target, and
  /// folds in blocks then learn nothing of what they are scored on.
  package var shuffle = true
  /// nil: the training's own.
  package var seed: UInt64?
  /// How often all is done, each time with other lots.
  package var repeats = 1
  /// The column whose values are never on both sides.
  package var group: String?
  /// The column that says when; rows are scored by what was learnt from earlier ones.
  package var time: String?
  package var gap = 0
  package var maximumTrainSize: Int?
  package var testSize: Int?

  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case kfold, stratified, group
    case stratifiedGroup = "stratified_group"
    case timeSeries = "time_series"
  }

  /// The key of an entry point.
  package static let key = "cv"

  package init(kind: Kind? = nil, folds: Int = 5) {
    self.kind = kind
    self.folds = folds
  }

  /// The columns that say how rows belong together; they are no features unless they are asked for.
  package var columns: [String] { [group, time].compactMap(\.self) }

  /// The folds as rows of the table.
  ///
  /// Without a kind: in the order of `time` when it is given, by `group` when that is, else
  /// stratified for classes and plain for numbers.
  ///
  /// - Parameters:
  ///   - rows: the rows of the table that take part, in order.
  ///   - labels: the class of each of them; nil when numbers are learnt.
  /// - Throws: ``Failure`` for more folds than there are rows, classes' rows or groups, for columns
  ///   that are not there, and for stratifying numbers.
  package func folds(
    of table: Table, rows: [Int], labels: [Int32]?, seed: UInt64
  ) throws -> [Fold] {
    let kind = self.kind ?? usual(hasClasses: labels != nil)
    if kind == .timeSeries {
      let order = try time.map { try RowTimes.sorted(rows, by: $0, of: table) } ?? rows
      return try TimeSeriesSplit(
        folds: folds, gap: gap, maximumTrainSize: maximumTrainSize, testSize: testSize
      ).split(rows: rows.count).map { $0.mapped(to: order) }
    }
    var all: [Fold] = []
    for index in 0..<repeats {
      let lots = shuffle ? (self.seed ?? seed) &+ UInt64(index) : nil
      all += try split(kind, table, rows, labels, lots).map { $0.mapped(to: rows) }
    }
    return all
  }

  private func usual(hasClasses: Bool) -> Kind {
    if time != nil { return .timeSeries }
    if group != nil { return .group }
    return hasClasses ? .stratified : .kfold
  }

  private func split(
    _ kind: Kind, _ table: Table, _ rows: [Int], _ labels: [Int32]?, _ seed: UInt64?
  ) throws -> [Fold] {
    switch kind {
    case .kfold, .timeSeries: return try KFold(folds: folds, seed: seed).split(rows: rows.count)
    case .stratified:
      return try StratifiedKFold(folds: folds, seed: seed).split(labels: classes(labels, kind))
    case .group:
      let groups = try groups(table, rows)
      return try GroupKFold(folds: folds, seed: seed).split(
        groups: groups.numbers, groupCount: groups.count)
    case .stratifiedGroup:
      let groups = try groups(table, rows)
      return try StratifiedGroupKFold(folds: folds, seed: seed).split(
        labels: classes(labels, kind), groups: groups.numbers, groupCount: groups.count)
    }
  }

  private func classes(_ labels: [Int32]?, _ kind: Kind) throws -> [Int32] {
    if let labels { return labels }
    throw Failure(
      .invalid, "`kind: \(kind.rawValue)` of `cv` is for classes, and the target is one of numbers",
      hint: kind == .stratified ? "say `kind: kfold`" : "say `kind: group`")
  }

  private func groups(_ table: Table, _ rows: [Int]) throws -> RowGroups {
    guard let group else {
      throw Failure(.invalid, "groups are asked for, and no column of them is named")
    }
    return try RowGroups(group, of: table, rows: rows, key: "cv.group")
  }

  /// Holds rows out before anything else: whole groups, or the latest rows; nil when neither is
  /// asked for.
  func holdOut(
    _ fraction: Double, of table: Table, rows: [Int], seed: UInt64
  ) throws -> Fold? {
    if let time {
      let order = try RowTimes.sorted(rows, by: time, of: table)
      let count = min(rows.count - 1, Int((Double(rows.count) * fraction).rounded(.up)))
      return Fold(train: order.dropLast(count).sorted(), test: order.suffix(count).sorted())
    }
    guard let group else { return nil }
    let groups = try RowGroups(group, of: table, rows: rows, key: "cv.group")
    return GroupSplit.split(
      groups: groups.numbers, groupCount: groups.count, fraction: fraction, seed: seed
    ).mapped(to: rows)
  }
}
