import Compute
import Learning
import Platform

/// Finds out about a table what tests have asked for, in one pass over it.
struct TableScanner: Sendable {
  private let stream: any TableStream
  private let threads: Int
  private let budget: MemoryBudget

  /// - Parameter budget: of what is kept of this table and of others.
  init(_ stream: any TableStream, threads: Int, _ budget: MemoryBudget = MemoryBudget()) {
    self.stream = stream
    self.threads = threads
    self.budget = budget
  }

  /// - Parameters:
  ///   - types: of columns, as they are declared.
  ///   - others: scans that look too.
  /// - Throws: ``Failure``: the table cannot be read. ``ParseFailure``: a pattern cannot.
  func scan(
    _ requests: Set<ScanRequest>, types: [String: ColumnType], besides others: [any Scan] = []
  ) throws -> Knowledge {
    var knowledge = Knowledge()
    knowledge.names = stream.names
    let places = Dictionary(
      zip(stream.names, stream.names.indices), uniquingKeysWith: { a, _ in a })
    let readings = readings(requests, types)
    for (name, reading) in zip(stream.names, readings) where reading == .declaredNumbers {
      knowledge.numeric.insert(name)
    }
    // In an order that does not depend on hashes.
    let ordered = requests.map { (text: "\($0)", request: $0) }.sorted { $0.text < $1.text }
      .map(\.request)
    let scans = try ordered.map { try $0.scan(budget) }
    for (request, scan) in zip(ordered, scans) { knowledge.add(scan, for: request) }
    for case let scan as any ComparingScan in scans {
      scan.canCompare(
        by: RowComparison(
          stream: stream, readings: narrowed(readings, to: scan), places: places,
          threads: threads, columns: scan.comparedColumns, label: scan.comparedLabel,
          budget: budget))
    }
    let all = scans + others
    let filters = Set(ordered.compactMap(\.filter))
    var place = BlockPlace(row: 0)
    try stream.read(readings, threads: threads) { part -> BlockSight in
      var block = RowBlock(part, places: places)
      for filter in filters { block.evaluate(filter) }
      return BlockSight(rows: block.rowCount, sights: all.map { $0.lookAtAny(block) })
    } take: { sight in
      for (scan, seen) in zip(all, sight.sights) { try scan.takeAny(seen, at: place) }
      place.row += sight.rows
    }
    knowledge.rows = place.row
    return knowledge
  }

  private struct BlockSight: Sendable {
    var rows: Int
    var sights: [any Sendable]
  }

  /// How each column is read: what is declared to be a number, and what a test takes for one, as numbers.
  private func readings(
    _ requests: Set<ScanRequest>, _ types: [String: ColumnType]
  ) -> [TablePart.Reading] {
    var wishes: [String: Bool] = [:]
    for request in requests {
      for (name, asNumbers) in request.columns {
        let declared = types[name].map { $0.isNumber || $0 == .bool && isNumber(name) }
        wishes[name] = declared ?? asNumbers ?? wishes[name] ?? isNumber(name)
        if asNumbers == true, declared == nil { wishes[name] = true }
      }
    }
    return stream.names.map { wishes[$0].map { $0 ? .declaredNumbers : .text } ?? .skipped }
  }

  /// Only the columns that rows are compared in and chosen by, each as it is read for all.
  private func narrowed(
    _ readings: [TablePart.Reading], to scan: any ComparingScan
  ) -> [TablePart.Reading] {
    let label = scan.comparedLabel.map { [$0] } ?? []
    let needed = Set(scan.comparedColumns + label + (scan.filter?.columns ?? []))
    return zip(stream.names, readings).map { needed.contains($0) ? $1 : .skipped }
  }

  /// Whether the source itself says that a column is one of numbers.
  private func isNumber(_ name: String) -> Bool {
    guard let place = stream.names.firstIndex(of: name) else { return false }
    switch stream.kinds[place] {
    case .int, .float, .bool: return true
    case .text, nil: return false
    }
  }
}

extension ScanRequest {
  /// A scan that has seen nothing yet.
  func scan(_ budget: MemoryBudget) throws -> any Scan {
    switch kind {
    case .census(let column): CensusScan(column, where: filter)
    case .moments(let column): MomentsScan(column, where: filter)
    case .values(let column): ValuesScan(column, where: filter, budget)
    case .counts(let column): CountsScan(column, where: filter)
    case .duplicates(let columns): DuplicatesScan(columns, where: filter, budget)
    case .labels(let features, let label): LabelsScan(features, label, where: filter, budget)
    case .cells(let column, let type): CellsScan(column, as: type, where: filter, budget)
    case .products(let first, let second): ProductsScan(first, second, where: filter)
    case .pairs(let first, let second): PairsScan(first, second, where: filter)
    case .rows(let test): try RowTestScan(test, where: filter)
    case .order(let column, let isStrict, let isDescending, let group):
      OrderScan(
        column, isStrict: isStrict, isDescending: isDescending, by: group, where: filter)
    case .latest(let column, let format): LatestScan(column, format: format, where: filter)
    case .personal(let column): PersonalScan(column, where: filter)
    case .images(let column, let folder, let hashes):
      ImageScan(column, in: folder, hashes: hashes, where: filter)
    }
  }
}
