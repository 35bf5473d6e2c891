import Compute
import Glibc
import Platform

/// Reads the records of a text in parts, on all cores.
///
/// The parts' bounds depend on the text only. A part begins at the first line behind its bound. Whether that line begins a record,
/// or stands in a quoted field, is known when the parts before it have been read: one that began wrongly is read again from the
/// right place. The first of those that are read at the same time always begins rightly.
struct TextPartReader<Records: TextRecords>: PartReader {
  private let records: Records
  private let window: TextWindow
  /// Where the first record begins, and about how many bytes a part takes.
  private let first: Int
  private let partSize: Int
  /// Where the next record begins, and its line.
  private(set) var position: Int
  private(set) var line: Int
  /// How much is read beyond the last part's bound, so that its last record is there: doubled when it is too little.
  private var overhang = 1 << 12

  init(
    _ records: Records, _ window: TextWindow, from position: Int, line: Int, partSize: Int
  ) {
    self.records = records
    self.window = window
    first = position
    self.partSize = max(1, partSize)
    self.position = position
    self.line = line
  }

  mutating func fill(_ parts: [TablePart], _ pool: WorkerPool) throws -> PartFilling {
    while true {
      let number = (position - first) / partSize
      let furthest = first + (number + parts.count) * partSize
      try window.hold(from: position, to: furthest + overhang)
      guard position < window.end else {
        if window.isAtEnd { return PartFilling() }
        continue
      }
      let bounds = (number...(number + parts.count)).map { first + $0 * partSize - window.start }
      let count =
        bounds.dropLast().firstIndex { $0 >= window.bytes.count } ?? parts.count
      let filling = take(parts.prefix(count), bounds, pool)
      if filling.count > 0 || filling.problem != nil { return filling }
      overhang *= 2
    }
  }

  /// Reads parts of the window.
  private mutating func take(
    _ parts: ArraySlice<TablePart>, _ bounds: [Int], _ pool: WorkerPool
  ) -> PartFilling {
    let piece = TextPiece(window)
    let begin = position - window.start
    var outcomes = pool.map(parts.count) { index in
      let start = index == 0 ? begin : Self.lineStart(atOrBehind: bounds[index], in: piece.bytes)
      return read(parts[index], piece, from: start, before: bounds[index + 1])
    }
    for index in outcomes.indices {
      let expected = position - window.start
      if outcomes[index].start != expected {
        outcomes[index] = read(parts[index], piece, from: expected, before: bounds[index + 1])
      }
      let outcome = outcomes[index]
      if var problem = outcome.problem {
        if let own = problem.line { problem.line = own + line - 1 }
        problem.offset = problem.offset.map { $0 + window.start }
        return PartFilling(count: index, problem: problem)
      }
      if outcome.isCutOff {
        // What is too little once is too little for parts like this one.
        if index > 0, overhang < partSize { overhang *= 2 }
        return PartFilling(count: index)
      }
      parts[index].moveLines(by: line - 1)
      line += outcome.lines
      position = window.start + outcome.end
    }
    return PartFilling(count: parts.count)
  }

  private func read(
    _ part: TablePart, _ piece: TextPiece, from start: Int, before end: Int
  ) -> TextOutcome {
    part.removeAll()
    return records.read(part, piece, from: start, before: end)
  }

  private static func lineStart(
    atOrBehind bound: Int, in text: UnsafeBufferPointer<UInt8>
  ) -> Int {
    guard bound > 0, let base = text.baseAddress,
      let newline = memchr(base + bound - 1, 0x0A, text.count - bound + 1)
    else { return text.count }
    return UnsafeRawPointer(newline) - UnsafeRawPointer(base) + 1
  }
}
