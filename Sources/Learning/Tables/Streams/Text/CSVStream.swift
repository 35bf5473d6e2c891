import Compute
import Formats
import Platform

/// A CSV text: RFC 4180, as ``CSVReader`` takes it, a header in front.
struct CSVStream: TableStream {
  let names: [String]
  let canReadAgain: Bool

  private let origin: TextOrigin
  private let header: CSVHeader
  private let partSize: Int

  /// - Parameters:
  ///   - dialect: nil takes what the first lines look like.
  ///   - partSize: about how many bytes a part takes.
  init(_ origin: TextOrigin, dialect: CSVDialect?, partSize: Int = TableStreams.partSize) throws {
    self.origin = origin
    self.partSize = partSize
    do {
      header = try origin.look { try CSVHeader($0, dialect: dialect) }
    } catch {
      throw origin.failure(error)
    }
    names = header.names
    canReadAgain = origin.canReadAgain
  }

  var kinds: [Column.Kind?] { names.map { _ in nil } }
  var source: String? { origin.name }
  var rowCount: Int? { nil }

  func read<Partial: Sendable>(
    _ readings: [TablePart.Reading], threads: Int,
    look: @Sendable (TablePart) throws -> Partial, take: (Partial) throws -> Void
  ) throws {
    precondition(readings.count == names.count, "a reading for some columns only")
    do {
      let window = try origin.window()
      // What stands there now.
      guard try CSVHeader(window, dialect: header.dialect) == header else {
        throw Failure(
          .conflict, "the first line of `\(source ?? "the text")` has changed meanwhile",
          hint: "read it when nobody writes to it")
      }
      var reader = TextPartReader(
        CSVRecords(header), window, from: header.position, line: header.line, partSize: partSize)
      var firstRow = 0
      try reader.read(
        WorkerPool(threads: threads), firstRow: &firstRow,
        newPart: {
          let part = TablePart(readings, names: names, rows: header.rows(inPartOf: partSize))
          part.source = source
          return part
        }, look: look, take: take)
    } catch {
      throw origin.failure(error)
    }
  }
}
