import Compute
import Learning
import Platform

/// Writes the suite that a table suggests: what is true of it now, with room for what may come.
package struct SuiteInference: Sendable {
  private let stream: any TableStream
  private let threads: Int
  private let label: String?

  /// - Parameters:
  ///   - stream: is read several times, so it must not be one that comes through a pipe.
  ///   - label: the column that is to be predicted; nil when nobody says.
  package init(_ stream: any TableStream, label: String? = nil, threads: Int) {
    self.stream = stream
    self.label = label
    self.threads = threads
  }

  /// The most pairs of columns whose correlation is looked at: as many as can be in a moment, and of a short table more.
  private static func mostPairs(_ rows: Int) -> Int { max(400, 50_000_000 / max(1, rows)) }

  /// Every test passes on the very table; those that would not are left out.
  ///
  /// - Parameters:
  ///   - file: what the suite will be called.
  ///   - data: what it will say that its data is.
  /// - Throws: ``Failure``: the table cannot be read, has no rows, or no column of the label's name.
  package func suite(file: String, data: String) throws -> InferredSuite {
    let place = SourceLocation(file: file)
    let profiles = stream.names.map { ColumnProfileScan($0) }
    if let label, !stream.names.contains(label) {
      throw Failure(
        .notFound, "there is no column `\(label)` in \(data)",
        hint: nearestName(to: label, among: stream.names).map { "did you mean `\($0)`?" }
          ?? "the table has: \(stream.names.prefix(20).joined(separator: ", "))")
    }
    let known = try TableScanner(stream, threads: threads).scan(
      [ScanRequest(.duplicates(stream.names))], types: [:], besides: profiles)
    guard known.rows > 0 else {
      throw Failure(.invalid, "\(data) has no rows, and so it suggests nothing")
    }
    let keys = try keys(among: profiles)
    var suite = DataSuite(file: file, data: TableReference(.path(data), at: place))
    suite.label = label
    var notes: [String: String] = [:]
    for profile in profiles {
      let guess = ColumnGuess(profile.total, isUnique: keys.contains(profile.column))
      suite.columns.append(.init(profile.column, guess.type))
      notes[profile.column] = guess.note
      suite.tests += guess.kinds.map { kind in
        DataTest(
          kind, column: profile.column, mostly: kind.isOfRows ? guess.mostly : 1, location: place,
          isGuess: true)
      }
    }
    suite.tests += try table(known).map { DataTest($0, location: place, isGuess: true) }
    suite.tests += try correlation(suite, place, rows: known.rows)
    return InferredSuite(
      suite: try passing(suite), notes: notes, rows: known.rows, columns: stream.names.count)
  }

  /// Columns that could be keys: no value stands in two rows.
  private func keys(among profiles: [ColumnProfileScan]) throws -> Set<String> {
    let candidates = profiles.filter {
      // Few values, or fractions, are no keys.
      $0.total.rows - $0.total.missing > 20 && $0.total.fractions == 0
        && ($0.total.counts.map { counts in counts.count > 20 } ?? true)
    }.map(\.column)
    guard !candidates.isEmpty else { return [] }
    let known = try TableScanner(stream, threads: threads).scan(
      Set(candidates.map { ScanRequest(.duplicates([$0])) }), types: [:])
    return Set(
      try candidates.filter { name in
        let finding = try known.duplicates([name], nil).finding()
        return finding.count == 0 && finding.considered > 20
      })
  }

  private func table(_ known: Knowledge) throws -> [DataTest.Kind] {
    var kinds: [DataTest.Kind] = [
      .schema(columns: stream.names, isOrdered: false, allowsOthers: false),
      .rowCount(Bounds(lower: max(1, (Double(known.rows) / 2).rounded(.down)))),
    ]
    let rows = try known.duplicates(stream.names, nil).finding()
    let share = rows.considered == 0 ? 0 : Double(rows.count) / Double(rows.considered)
    kinds.append(.duplicates(columns: [], max: ColumnGuess.room(above: share, of: rows.considered)))
    return kinds
  }

  /// No pair of columns is closer than the closest is now, by half of what is missing to one. Pairs that say the same already are
  /// counted.
  private func correlation(
    _ suite: DataSuite, _ place: SourceLocation, rows: Int
  ) throws -> [DataTest] {
    let types = suite.types
    let count = CorrelationPairs(.auto, stream.names, types).pairs.count
    guard count > 0, count <= min(5000, Self.mostPairs(rows)) else { return [] }
    let test = DataTest(
      .correlation(.auto, limit: 1, pairs: 0, columns: []), location: place, isGuess: true)
    let requests = Set(test.requests(names: stream.names, types: types, sets: [:]))
    let known = try TableScanner(stream, threads: threads).scan(requests, types: types)
    let judge = Judge(known: known, types: types, sets: [:], drift: suite.drift, now: 0)
    let values = judge.correlations(.auto, [], nil).map { abs($0.value) }
    let same = values.count { $0 >= 0.99 }
    guard same < values.count else { return [] }
    let closest = values[same]
    let limit = ((closest + (1 - closest) / 2) * 1000).rounded(.up) / 1000
    return [
      DataTest(
        .correlation(.auto, limit: limit, pairs: same, columns: []), location: place, isGuess: true)
    ]
  }

  /// The suite without tests that do not pass.
  private func passing(_ suite: DataSuite) throws -> DataSuite {
    let outcome = try DataTesting(suite, opener: Single(stream: stream), threads: threads, now: 0)
      .outcome()
    var suite = suite
    suite.tests = zip(suite.tests, outcome.outcomes).filter { $1.verdict == .passed }.map(\.0)
    return suite
  }

  private struct Single: TableOpener {
    let stream: any TableStream

    func open(_ reference: TableReference) -> any TableStream { stream }
  }
}

extension DataSuite {
  /// The declared types by the names of their columns.
  var types: [String: ColumnType] {
    Dictionary(
      columns.compactMap { column in column.type.map { (column.name, $0) } },
      uniquingKeysWith: { $1 })
  }
}
