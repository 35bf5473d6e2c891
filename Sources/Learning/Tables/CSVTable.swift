import Compute
import Formats
import Platform

/// Reads the records of a CSV text into columns, in parts on all cores.
///
/// The parts' bounds depend on the text only, and what comes of them is put together in their order: the table is the same for
/// any number of threads.
struct CSVTable {
  private let window: TextWindow
  private let header: CSVHeader
  private let pool: WorkerPool
  private let partSize: Int

  /// - Parameters:
  ///   - window: of the whole text.
  ///   - partSize: about how many bytes a part takes.
  init(_ window: TextWindow, _ header: CSVHeader, pool: WorkerPool, partSize: Int) {
    self.window = window
    self.header = header
    self.pool = pool
    self.partSize = max(1, partSize)
  }

  /// - Parameter asText: columns whose cells stay as they are spelled, even if all are numbers.
  func read(asText: Set<String>) throws -> (columns: [Column], lines: RowLines) {
    var (columns, lines) = try read(
      header.names.map { asText.contains($0) ? .text : .numbers })
    let again = columns.map { $0 == nil }
    if again.contains(true) {
      let texts = try read(again.map { $0 ? .text : .skipped }).columns
      for index in columns.indices where again[index] { columns[index] = texts[index] }
    }
    return (columns.compactMap(\.self), lines)
  }

  /// - Returns: for each column nil when it must be read again as text, or was skipped.
  private func read(
    _ readings: [TablePart.Reading]
  ) throws -> (columns: [Column?], lines: RowLines) {
    // A few parts at a time, in memory that is used again: what is read once stays in the processor's cache.
    let wave = max(1, pool.threads * 2)
    let most = (window.end - header.position) / partSize + 1
    var memory = (0..<min(wave, most)).map { _ in
      TablePart(readings, names: header.names, rows: header.rows(inPartOf: partSize))
    }
    var reader = TextPartReader(
      CSVRecords(header), window, from: header.position, line: header.line, partSize: partSize)
    var builders: [ColumnBuilder] = []
    var lines = RowLines()
    while true {
      let filling = try reader.fill(memory, pool)
      if let problem = filling.problem { throw problem }
      for part in memory.prefix(filling.count) { lines.append(part.lines, movedBy: 0) }
      if builders.isEmpty {
        builders = newBuilders(readings, rows: lines.count, from: reader.position)
      }
      guard filling.count > 0 else { break }
      append(memory.prefix(filling.count), to: &builders)
    }
    let finished = builders
    memory = []
    let columns = pool.map(readings.count) { index -> Column? in
      guard readings[index] != .skipped, !finished[index].needsSecondReading else { return nil }
      return finished[index].finish()
    }
    return (columns, lines)
  }

  /// With room for as many rows as there will be when the rest of the text is like what was read of it.
  private func newBuilders(
    _ readings: [TablePart.Reading], rows: Int, from end: Int
  ) -> [ColumnBuilder] {
    let all = window.end - header.position
    let share = Double(all) / Double(max(1, end - header.position))
    let room = end < window.end ? Int(Double(rows) * share * 1.02) : rows
    return zip(header.names, readings).map { name, reading in
      ColumnBuilder(name: name, asText: reading == .text, rows: reading == .skipped ? 0 : room)
    }
  }

  private func append(_ parts: ArraySlice<TablePart>, to builders: inout [ColumnBuilder]) {
    builders.withUnsafeMutableBufferPointer { builders in
      let all = builders
      pool.parallelFor(blocks: all.count) { index in
        for part in parts { all[index].append(index, of: part) }
      }
    }
  }
}
