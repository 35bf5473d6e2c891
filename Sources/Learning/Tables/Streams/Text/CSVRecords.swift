import Compute
import Formats
import Platform

/// The records behind a CSV text's header.
struct CSVRecords: TextRecords {
  let dialect: CSVDialect
  let limits: CSVLimits
  /// Fields of a record.
  let width: Int

  init(_ header: CSVHeader) {
    dialect = header.dialect
    limits = header.limits
    width = header.names.count
  }

  func read(
    _ part: TablePart, _ piece: TextPiece, from start: Int, before end: Int
  ) -> TextOutcome {
    var outcome = TextOutcome(start: start)
    guard let base = piece.bytes.baseAddress else { return outcome }
    let plain = TablePart.PlainText(
      bytes: base, start: piece.safeStart, end: piece.lineEnd, delimiter: dialect.delimiter,
      quote: dialect.quote)
    var scanner = CSVScanner(
      dialect: dialect, limits: limits, fieldCount: width, position: start, line: 1,
      isWhole: piece.isWhole)
    // What is read in one go is not measured.
    let hasPlainRows = limits.fieldBytes >= TablePart.PlainText.longest && limits.fields >= width
    var block = CSVBlock()
    while scanner.position < min(end, piece.bytes.count) {
      if hasPlainRows {
        var line = scanner.line
        scanner.position = part.readPlainRows(
          plain, from: scanner.position, line: &line, before: end)
        scanner.line = line
      }
      block.removeAll()
      let before = scanner.position
      if let problem = scanner.scan(piece.bytes, records: 1, before: end, into: &block) {
        outcome.problem = Self.failure(problem, in: piece)
        break
      }
      if scanner.isCutOff {
        outcome.isCutOff = true
        break
      }
      guard block.recordCount == 1 else { continue }
      do throws(ParseFailure) {
        try block.withFields(ofRecord: 0, in: piece.bytes) { fields throws(ParseFailure) in
          try part.append(fields, line: block.lines[0])
        }
      } catch {
        let problem = CSVScanner.Problem(
          message: error.message,
          position: Self.badField(of: block, in: piece.bytes)
            ?? Self.record(atOrBehind: before, in: piece.bytes),
          line: block.lines[0], hint: error.hint)
        outcome.problem = Self.failure(problem, in: piece)
        break
      }
    }
    // The piece may end before the range does.
    if outcome.problem == nil, !piece.isWhole, scanner.position < end { outcome.isCutOff = true }
    outcome.end = scanner.position
    outcome.lines = scanner.line - 1
    return outcome
  }

  /// Where the first field of a record begins that is not UTF-8; nil for one that had to be unquoted.
  private static func badField(
    of block: CSVBlock, in text: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    block.withFields(ofRecord: 0, in: text) { (fields) throws(Never) -> Int? in
      guard let bad = fields.first(where: { !UTF8Bytes.areValid($0) }),
        let start = bad.baseAddress, let base = text.baseAddress, start >= base,
        start < base + text.count
      else { return nil }
      return start - base
    }
  }

  /// Where the first line begins that is not blank.
  private static func record(
    atOrBehind start: Int, in text: UnsafeBufferPointer<UInt8>
  ) -> Int {
    var line = start
    for place in start..<text.count {
      switch text[place] {
      case 0x0A, 0x0D: line = place + 1
      case 0x20, 0x09: continue
      default: return line
      }
    }
    return line
  }

  private static func failure(_ problem: CSVScanner.Problem, in piece: TextPiece) -> ParseFailure {
    var failure = problem.failure(in: piece.bytes, isFirst: piece.isFirst)
    failure.offset = problem.position
    return failure
  }
}
