import Compute
import Formats
import Glibc
import Platform

/// Reads the records behind a CSV text's header into columns, in parts on all cores.
///
/// The parts' bounds depend on the text only, and what comes of them is put together in their order: the table is the same for
/// any number of threads. A part begins at the first line behind its bound. Whether that line begins a record, or stands in a
/// quoted field, is known when the parts before it have been read: one that began wrongly is read again from the right place.
struct CSVTable {
  private let bytes: [UInt8]
  private let reader: CSVReader
  private let names: [String]
  private let pool: WorkerPool
  private let lastNewline: Int

  private let partSize: Int

  /// What came of reading one part.
  private struct Outcome {
    var start: Int
    /// Where the next part begins, and how many lines further on that is.
    var end: Int
    var lines: Int
    /// Its lines are counted from the part's own beginning.
    var problem: CSVScanner.Problem?
  }

  /// - Parameters:
  ///   - reader: that has read the header.
  ///   - names: of the columns.
  ///   - partSize: about how many bytes a part takes.
  init(
    _ bytes: [UInt8], _ reader: CSVReader, names: [String], pool: WorkerPool, partSize: Int
  ) {
    self.bytes = bytes
    self.reader = reader
    self.names = names
    self.pool = pool
    self.partSize = max(1, partSize)
    lastNewline = bytes.lastIndex(of: 0x0A) ?? 0
  }

  /// - Parameter asText: columns whose cells stay as they are spelled, even if all are numbers.
  func read(asText: Set<String>) throws(ParseFailure) -> (columns: [Column], lines: RowLines) {
    var (columns, lines) = try read(names.map { asText.contains($0) ? .text : .numbers })
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
  ) throws(ParseFailure) -> (columns: [Column?], lines: RowLines) {
    let bounds = bounds
    let parts = bounds.count - 1
    // A few parts at a time, in memory that is used again: what is read once stays in the processor's cache.
    let wave = max(1, pool.threads * 2)
    var memory = (0..<min(wave, parts)).map { _ in
      TablePart(readings, names: names, rows: partSize / 64)
    }
    var builders: [ColumnBuilder] = []
    var lines = RowLines()
    var line = reader.line
    var expected = bounds[0]
    for first in stride(from: 0, to: parts, by: wave) {
      let last = min(parts, first + wave)
      var outcomes = pool.map(last - first) { number in
        let start =
          first + number == 0 ? bounds[0] : lineStart(atOrBehind: bounds[first + number])
        return read(memory[number], from: start, before: bounds[first + number + 1])
      }
      for index in outcomes.indices {
        if outcomes[index].start != expected {
          outcomes[index] = read(
            memory[index], from: expected, before: bounds[first + index + 1])
        }
        if var problem = outcomes[index].problem {
          problem.line += line - 1
          throw reader.failure(problem)
        }
        lines.append(memory[index].lines, movedBy: line - 1)
        line += outcomes[index].lines
        expected = outcomes[index].end
      }
      if first == 0 { builders = newBuilders(readings, rows: lines.count, from: expected) }
      append(memory.prefix(outcomes.count), to: &builders)
    }
    // There was nothing behind the header.
    if builders.isEmpty { builders = newBuilders(readings, rows: 0, from: expected) }
    let finished = builders
    memory = []
    let columns = pool.map(names.count) { index -> Column? in
      guard readings[index] != .skipped, !finished[index].needsSecondReading else { return nil }
      return finished[index].finish()
    }
    return (columns, lines)
  }

  /// With room for as many rows as there will be when the rest of the text is like what was read of it.
  private func newBuilders(
    _ readings: [TablePart.Reading], rows: Int, from end: Int
  ) -> [ColumnBuilder] {
    let share = Double(bytes.count - reader.position) / Double(max(1, end - reader.position))
    let room = end < bytes.count ? Int(Double(rows) * share * 1.02) : rows
    return zip(names, readings).map { name, reading in
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

  // MARK: Parts

  /// Where parts begin, the first behind the header, and the end of the text.
  private var bounds: [Int] {
    Array(stride(from: reader.position, to: bytes.count, by: partSize)) + [bytes.count]
  }

  private func lineStart(atOrBehind bound: Int) -> Int {
    bytes.withUnsafeBufferPointer { text in
      guard let base = text.baseAddress,
        let newline = memchr(base + bound - 1, 0x0A, text.count - bound + 1)
      else { return text.count }
      return UnsafeRawPointer(newline) - UnsafeRawPointer(base) + 1
    }
  }

  private func read(_ part: TablePart, from start: Int, before end: Int) -> Outcome {
    part.removeAll()
    var outcome = Outcome(start: start, end: start, lines: 0)
    var block = CSVBlock()
    bytes.withUnsafeBufferPointer { text in
      guard let base = text.baseAddress else { return }
      let plain = TablePart.PlainText(
        bytes: base, lastNewline: lastNewline, delimiter: reader.dialect.delimiter,
        quote: reader.dialect.quote)
      var scanner = CSVScanner(
        dialect: reader.dialect, limits: reader.limits, fieldCount: names.count, position: start,
        line: 1)
      while scanner.position < min(end, text.count) {
        var line = scanner.line
        scanner.position = part.readPlainRows(
          plain, from: scanner.position, line: &line, before: end)
        scanner.line = line
        block.removeAll()
        if let problem = scanner.scan(text, records: 1, before: end, into: &block) {
          outcome.problem = problem
          break
        }
        guard block.recordCount == 1 else { continue }
        do throws(ParseFailure) {
          try block.withFields(ofRecord: 0, in: text) { fields throws(ParseFailure) in
            try part.append(fields, line: block.lines[0])
          }
        } catch {
          outcome.problem = CSVScanner.Problem(
            message: error.message, position: scanner.position, line: block.lines[0],
            hint: error.hint)
          break
        }
      }
      outcome.end = scanner.position
      outcome.lines = scanner.line - 1
    }
    return outcome
  }
}
