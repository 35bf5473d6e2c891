import Compute
import Learning
import Platform
import SystemPackage

/// Opens the tables that a suite names.
package protocol TableOpener: Sendable {
  /// - Throws: ``Failure``: it is not there, or no table.
  func open(_ reference: TableReference) throws -> any TableStream
}

/// Tests the data of a suite.
package struct DataTesting: Sendable {
  private let suite: DataSuite
  private let opener: any TableOpener
  private let threads: Int
  private let budget: MemoryBudget
  /// Seconds since 1970.
  private let now: Double

  /// What is kept of tables beside their counts, in bytes, unless somebody says otherwise.
  package static let usualMemory = 96 << 20

  /// - Parameters:
  ///   - now: seconds since 1970.
  ///   - memory: in bytes; what tests must keep beyond that, such as all values of a column, goes to temporary files.
  package init(
    _ suite: DataSuite, opener: any TableOpener, threads: Int, now: Double,
    memory: Int = usualMemory
  ) {
    budget = MemoryBudget(limit: max(1, memory))
    self.suite = suite
    self.opener = opener
    self.threads = threads
    self.now = now
  }

  /// Does all tests of the suite. A test that cannot be done says so, and the others are done.
  ///
  /// - Throws: ``Failure``: the data itself cannot be read.
  package func outcome() throws -> SuiteOutcome {
    let stream = try opener.open(suite.data)
    let types = suite.types
    var sets: [TestSet: ResolvedSet] = [:]
    var problems: [DataTest: Failure] = [:]
    for test in suite.tests {
      do { try resolve(test, into: &sets) } catch let failure as Failure {
        problems[test] = failure
      }
    }
    let groups = try groups(stream, types)
    let tests = suite.tests.flatMap { test in expanded(test, groups) }
    let doable = tests.map(\.test).filter { test in
      problems[test] == nil && test.neededColumns.allSatisfy(stream.names.contains)
    }
    let implied = DriftedColumns.implied(suite, names: stream.names).filter { test in
      test.neededColumns.allSatisfy(stream.names.contains)
    }
    let scanned = doable + implied
    let folder = Self.imageFolder(stream)
    let hashes = doable.contains { if case .nearImages = $0.kind { true } else { false } }
    let requests = Set(
      scanned.flatMap { $0.requests(names: stream.names, types: types, sets: sets) }
        + doable.compactMap { $0.imageRequest(in: folder, hashes: hashes) })
    let known = try TableScanner(stream, threads: threads, budget).scan(requests, types: types)
    var judge = Judge(
      known: known, types: types, sets: sets, drift: suite.drift, now: now)
    judge.imageFolder = folder
    judge.hashesImages = hashes
    judge.emptyClasses = (stream as? ImageFolderStream)?.emptyClasses ?? []
    var referenceProblem: Failure?
    if let reference = suite.reference, tests.contains(where: \.test.needsReference) {
      do { judge.reference = try scan(reference, scanned, types) } catch let failure as Failure {
        referenceProblem = failure
      }
    }
    try judge.measureDrift(doable, implied: implied)
    let splits = SplitTesting(
      suite, opener: opener, types: types, threads: threads, budget)
    let outcomes = tests.map { test, group in
      if case .split(let kind) = test.kind { return splits.outcome(of: test, kind) }
      if let failure = problems[test] ?? (test.needsReference ? referenceProblem : nil) {
        return TestOutcome(test, untested: failure)
      }
      var outcome = judge.outcome(of: test)
      outcome.group = group
      (stream as? ImageFolderStream)?.name(&outcome.samples)
      return outcome
    }
    return SuiteOutcome(
      file: suite.file, source: suite.data.text, rows: known.rows,
      columns: stream.names.count, outcomes: outcomes)
  }

  /// What drift needs of the reference.
  private func scan(
    _ reference: TableReference, _ tests: [DataTest], _ types: [String: ColumnType]
  ) throws -> Knowledge {
    let stream = try opener.open(reference)
    let requests = tests.filter { test in
      test.needsReference && test.neededColumns.allSatisfy(stream.names.contains)
    }.flatMap { $0.requests(names: stream.names, types: types, sets: [:]) }
    return try TableScanner(stream, threads: threads, budget).scan(Set(requests), types: types)
  }

  /// Names of pictures in a table begin where the table's file lies.
  private static func imageFolder(_ stream: any TableStream) -> String {
    let source = FilePath(stream.source ?? ".")
    return stream is ImageFolderStream ? source.string : source.removingLastComponent().string
  }

  // MARK: Values from elsewhere

  private func resolve(_ test: DataTest, into sets: inout [TestSet: ResolvedSet]) throws {
    let set: ValueSet
    switch test.kind {
    case .inSet(let named, _), .share(let named, _): set = named
    case .foreignKey(let table, let column): set = .column(table, column)
    default: return
    }
    guard sets[TestSet(set)] == nil else { return }
    switch set {
    case .values(let values): sets[TestSet(set)] = ResolvedSet(values)
    case .file(let path):
      let stream = try opener.open(TableReference(.path(path), at: test.location))
      // A file of one value a line has no header: its first value is the name of its only column.
      let values = try values(of: stream, stream.names.first ?? "")
      sets[TestSet(set)] = ResolvedSet(values + stream.names.prefix(1))
    case .column(let table, let column):
      let stream = try opener.open(table)
      guard stream.names.contains(column) else {
        throw Failure(
          .notFound, "there is no column `\(column)` in \(table.text)",
          hint: nearestName(to: column, among: stream.names).map { "did you mean `\($0)`?" },
          at: test.location)
      }
      sets[TestSet(set)] = ResolvedSet(try values(of: stream, column))
    }
  }

  private func values(of stream: any TableStream, _ column: String) throws -> [String] {
    let known = try TableScanner(stream, threads: threads, budget).scan(
      [ScanRequest(.counts(column))], types: [:])
    return known.counts(column, nil).sorted.map(\.value)
  }

  // MARK: Groups

  /// More values are no groups.
  private static let mostGroups = 200

  /// The values of the columns that tests are done `by`.
  private func groups(
    _ stream: any TableStream, _ types: [String: ColumnType]
  ) throws -> [String: [String]] {
    let columns = Set(suite.tests.filter(\.isByGroup).compactMap(\.group)).intersection(
      stream.names)
    guard !columns.isEmpty else { return [:] }
    let requests = Set(columns.map { ScanRequest(.counts($0)) })
    let known = try TableScanner(stream, threads: threads, budget).scan(requests, types: types)
    return Dictionary(
      uniqueKeysWithValues: columns.map { name in
        (name, known.counts(name, nil).sorted.prefix(Self.mostGroups).map(\.value))
      })
  }

  /// One test for each value of its group.
  private func expanded(
    _ test: DataTest, _ groups: [String: [String]]
  ) -> [(test: DataTest, group: String?)] {
    guard test.isByGroup, let column = test.group, let values = groups[column] else {
      return [(test, nil)]
    }
    return values.map { value in
      var own = test
      let condition = RowExpression.comparison(.equal, .column(column), .text(value))
      own.filter = test.filter.map { .and($0, condition) } ?? condition
      return (own, value)
    }
  }
}

extension DataTest {
  fileprivate func imageRequest(in folder: String, hashes: Bool) -> ScanRequest? {
    switch kind {
    case .images, .nearImages: break
    default: return nil
    }
    // Pictures are decoded once for all tests of them.
    return column.map {
      ScanRequest(.images($0, folder: folder, hashes: hashes), where: filter)
    }
  }

  var needsReference: Bool {
    switch kind {
    case .drift, .driftedShare, .rowChange: true
    default: false
    }
  }

  /// Whether it is done for each group by itself; the order of rows knows its groups.
  var isByGroup: Bool {
    if case .monotonic = kind { return false }
    return group != nil
  }
}
