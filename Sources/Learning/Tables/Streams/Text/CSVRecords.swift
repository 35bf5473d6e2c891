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
      if let problem = scanner.scan(piece.bytes, records: 1, before: end, into: &block) {
        outcome.problem = problem.failure(in: piece.bytes, isFirst: piece.isFirst)
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
          message: error.message, position: scanner.position, line: block.lines[0],
          hint: error.hint)
        outcome.problem = problem.failure(in: piece.bytes, isFirst: piece.isFirst)
        break
      }
    }
    // The piece may end before the range does.
    if outcome.problem == nil, !piece.isWhole, scanner.position < end { outcome.isCutOff = true }
    outcome.end = scanner.position
    outcome.lines = scanner.line - 1
    return outcome
  }
}
