import Compute
import Formats
import Platform

/// A Parquet file, page by page: of each column that is wanted one page is in memory at a time.
struct ParquetStream: TableStream {
  let names: [String]
  let kinds: [Column.Kind?]
  let source: String?

  private let file: ParquetFile
  /// Which of the file's columns those of the table are, and what they hold.
  private let indices: [Int]
  private let columns: [ParquetKind]
  private let partRows: Int

  /// - Parameter open: is called once; what it throws is told with the file's name, as all else.
  init(_ open: () throws -> ParquetFile, source: String?, partSize: Int) throws {
    self.source = source
    do {
      let file = try open()
      let (indices, names) = ParquetTable.columns(of: file)
      (self.file, self.indices, self.names) = (file, indices, names)
      columns = try zip(indices, names).map { try ParquetKind(file.columns[$0], named: $1) }
    } catch {
      throw Self.failure(error, source)
    }
    kinds = columns.map(\.kind)
    partRows = TypedRows.inPart(columns: names.count, partSize: partSize)
  }

  var rowCount: Int? { file.rowCount }
  var canReadAgain: Bool { true }

  private static func failure(_ error: any Error, _ source: String?) -> any Error {
    (error as? ParseFailure)?.failure(in: source ?? "the Parquet file") ?? error
  }

  func read<Partial: Sendable>(
    _ readings: [TablePart.Reading], threads: Int,
    look: @Sendable (TablePart) throws -> Partial, take: (Partial) throws -> Void
  ) throws {
    precondition(readings.count == names.count, "a reading for some columns only")
    let readings = zip(readings, columns).map { reading, kind -> TablePart.Reading in
      reading == .numbers && kind == .text ? .text : reading
    }
    let wanted = names.indices.filter { readings[$0] != .skipped }
    let fillers = wanted.map { column in
      ParquetFiller(
        file, indices[column], columns[column], name: names[column], column: column)
    }
    var reader = ParquetPartReader(file, fillers, partRows: partRows)
    var firstRow = 0
    do {
      try reader.read(
        WorkerPool(threads: threads), firstRow: &firstRow,
        newPart: {
          let rows = min(partRows, file.rowCount)
          let part = TablePart(readings, names: names, rows: rows, isTyped: true)
          part.source = source
          return part
        }, look: look, take: take)
    } catch {
      throw Self.failure(error, source)
    }
  }
}

/// Fills parts with rows of groups, each column by one thread.
private struct ParquetPartReader: PartReader {
  private let file: ParquetFile
  private let fillers: [ParquetFiller]
  private let partRows: Int
  /// The group that is read, and its rows so far.
  private var group = 0
  private var row = 0

  init(_ file: ParquetFile, _ fillers: [ParquetFiller], partRows: Int) {
    self.file = file
    self.fillers = fillers
    self.partRows = partRows
  }

  mutating func fill(_ parts: [TablePart], _ pool: WorkerPool) -> PartFilling {
    var pieces: [(group: Int, rows: Int)] = []
    while pieces.count < parts.count, group < file.groupCount {
      let rows = min(partRows, file.rowCount(ofGroup: group) - row)
      if rows > 0 { pieces.append((group, rows)) }
      row += rows
      if row == file.rowCount(ofGroup: group) { (group, row) = (group + 1, 0) }
    }
    for (part, piece) in zip(parts, pieces) {
      part.removeAll()
      part.reserve(piece.rows)
    }
    /// For each column the first part that it could not be read for, and why.
    let problems = pool.map(fillers.count) { index -> (part: Int, error: any Error)? in
      for number in pieces.indices {
        do {
          try fillers[index].fill(
            parts[number], rows: pieces[number].rows, group: pieces[number].group)
        } catch {
          return (number, error)
        }
      }
      return nil
    }
    let bad = problems.compactMap(\.self).min { $0.part < $1.part }
    let count = bad?.part ?? pieces.count
    for index in 0..<count { parts[index].take(pieces[index].rows) }
    return PartFilling(count: count, problem: bad?.error)
  }
}
