import Compute
import Learning

/// A table that says how far it has been read.
struct ReportedStream: TableStream {
  private let stream: any TableStream
  /// Gets how many rows were read of a reading.
  private let report: @Sendable (Int) -> Void

  init(_ stream: any TableStream, report: @escaping @Sendable (Int) -> Void) {
    self.stream = stream
    self.report = report
  }

  var names: [String] { stream.names }
  var kinds: [Column.Kind?] { stream.kinds }
  var source: String? { stream.source }
  var rowCount: Int? { stream.rowCount }
  var canReadAgain: Bool { stream.canReadAgain }

  func read<Partial: Sendable>(
    _ readings: [TablePart.Reading], threads: Int,
    look: @Sendable (TablePart) throws -> Partial, take: (Partial) throws -> Void
  ) throws {
    var rows = 0
    try stream.read(readings, threads: threads) { part in
      Seen(rows: part.rowCount, partial: try look(part))
    } take: { seen in
      rows += seen.rows
      report(rows)
      try take(seen.partial)
    }
  }

  private struct Seen<Partial: Sendable>: Sendable {
    var rows: Int
    var partial: Partial
  }
}
