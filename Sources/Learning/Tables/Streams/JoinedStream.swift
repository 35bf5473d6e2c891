import Compute
import Platform

/// Several tables of the same columns, one behind the other.
struct JoinedStream: TableStream {
  let names: [String]
  let kinds: [Column.Kind?]
  let source: String?

  private let streams: [any TableStream]

  /// - Parameter streams: at least one.
  /// - Throws: ``Failure`` that names the first with other columns.
  init(_ streams: [any TableStream], source: String?) throws {
    precondition(!streams.isEmpty, "nothing to join")
    self.streams = streams
    self.source = source
    names = streams[0].names
    for stream in streams.dropFirst() { try Self.compare(stream, streams[0]) }
    kinds = names.indices.map { column in
      let kinds = Set(streams.map { $0.kinds[column] })
      if kinds.count == 1 { return streams[0].kinds[column] }
      return kinds == [.int, .float] ? .float : nil
    }
  }

  private static func compare(_ stream: any TableStream, _ first: any TableStream) throws {
    let (names, expected) = (stream.names, first.names)
    guard names != expected else { return }
    let (own, others) = (stream.source ?? "a table", first.source ?? "the first")
    let hint = "all files of a pattern must have the same columns, in the same order"
    if let column = zip(names, expected).enumerated().first(where: { $1.0 != $1.1 })?.offset {
      throw Failure(
        .invalid,
        "column \(column + 1) of `\(own)` is `\(names[column])`, that of `\(others)` is `\(expected[column])`",
        hint: hint)
    }
    throw Failure(
      .invalid, "`\(own)` has \(names.count) columns, `\(others)` has \(expected.count)",
      hint: hint)
  }

  var rowCount: Int? {
    let counts = streams.compactMap(\.rowCount)
    return counts.count == streams.count ? counts.reduce(0, +) : nil
  }

  var canReadAgain: Bool { streams.allSatisfy(\.canReadAgain) }

  func read<Partial: Sendable>(
    _ readings: [TablePart.Reading], threads: Int,
    look: @Sendable (TablePart) throws -> Partial, take: (Partial) throws -> Void
  ) throws {
    var firstRow = 0
    for stream in streams {
      let before = firstRow
      try stream.read(readings, threads: threads) { part in
        part.firstRow += before
        return (partial: try look(part), end: part.firstRow + part.rowCount)
      } take: { result in
        firstRow = result.end
        try take(result.partial)
      }
    }
  }
}
