import Compute
import Platform

/// JSON Lines: an object in each line.
///
/// Its columns are those of all lines, so that all are looked at when it is opened; only then is known, too, which columns are of
/// numbers. Those of text spell numbers as JSON does, and truth values as Python.
struct JSONStream: TableStream {
  let names: [String]
  let kinds: [Column.Kind?]
  let canReadAgain: Bool
  let survey: JSONSurvey

  private let origin: TextOrigin
  private let partSize: Int

  init(_ origin: TextOrigin, partSize: Int = TableStreams.partSize) throws {
    precondition(origin.canReadAgain, "lines that are read once")
    self.origin = origin
    self.partSize = partSize
    canReadAgain = true
    do {
      survey = try origin.look { try JSONSurvey($0) }
    } catch {
      throw origin.failure(error)
    }
    names = survey.keys.names
    kinds = names.indices.map { [survey] in survey.kind(of: $0) }
  }

  var source: String? { origin.name }
  var rowCount: Int? { survey.rowCount }

  func read<Partial: Sendable>(
    _ readings: [TablePart.Reading], threads: Int,
    look: @Sendable (TablePart) throws -> Partial, take: (Partial) throws -> Void
  ) throws {
    precondition(readings.count == names.count, "a reading for some columns only")
    let readings = zip(readings, kinds).map { reading, kind -> TablePart.Reading in
      reading == .numbers && kind == .text ? .text : reading
    }
    do {
      var reader = TextPartReader(
        JSONRecords(keys: survey.keys), try origin.window(), from: 0, line: 1, partSize: partSize)
      var firstRow = 0
      try reader.read(
        WorkerPool(threads: threads), firstRow: &firstRow,
        newPart: {
          let part = TablePart(readings, names: names, rows: partSize / 128, isTyped: true)
          part.source = source
          return part
        }, look: look, take: take)
    } catch {
      throw origin.failure(error)
    }
  }
}
