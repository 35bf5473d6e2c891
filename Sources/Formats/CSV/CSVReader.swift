import Platform

/// Reads CSV text: RFC 4180, and what pandas' `read_csv` takes by default beyond it.
///
/// - Lines end with LF, CRLF or CR; those that are empty or hold only blanks are skipped.
/// - A field that starts with a quote runs to the closing one, over line ends too; a doubled quote
///   in it is one quote. Text after the closing quote belongs to the field; a quote inside an
///   unquoted field is an ordinary character.
/// - A UTF-8 byte order mark is skipped.
/// - Every record has as many fields as the first. (pandas fills short ones up and takes longer
///   ones for an index; both hide damage, so both are failures here.)
///
/// Bytes that are not UTF-8 pass through: whoever makes text of them decides.
package struct CSVReader: Sendable {
  package let dialect: CSVDialect
  package let limits: CSVLimits
  /// Fields in a record; nil before the first.
  package private(set) var fieldCount: Int?
  let bytes: [UInt8]
  /// Where the next record, or a blank line before it, begins.
  package private(set) var position = 0
  /// The line that `position` is in, counted from 1.
  package private(set) var line = 1

  /// - Throws: ``ParseFailure`` when the dialect is not usable, or the text is UTF-16.
  package init(_ bytes: [UInt8], dialect: CSVDialect = .commas, limits: CSVLimits = CSVLimits())
    throws(ParseFailure)
  {
    self.bytes = bytes
    self.dialect = dialect
    self.limits = limits
    position = try Self.start(of: bytes, dialect)
  }

  /// Where the first line of a text begins: behind its byte order mark.
  ///
  /// - Parameter head: three bytes of it at least, when there are so many.
  /// - Throws: ``ParseFailure`` when the dialect is not usable, or the text is UTF-16.
  package static func start(
    of head: some Sequence<UInt8>, _ dialect: CSVDialect
  ) throws(ParseFailure) -> Int {
    guard dialect.isUsable else {
      throw ParseFailure("the delimiter and the quote must be two different ASCII characters")
    }
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
      throw ParseFailure("the text is UTF-16", line: 1, column: 1, hint: "save the file as UTF-8")
    }
    return head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The next record as text, bytes that are not UTF-8 repaired; nil at the end. For headers and
  /// small files.
  package mutating func next() throws(ParseFailure) -> [String]? {
    var block = CSVBlock()
    guard try read(into: &block, records: 1) == 1 else { return nil }
    return block.fields.map { field in
      let source = field.isUnquoted ? block.unquoted : bytes
      return String(decoding: source[field.start..<field.start + field.count], as: UTF8.self)
    }
  }

  /// Replaces a block's records by the next ones.
  ///
  /// - Returns: how many records were read: fewer than asked only at the end.
  /// - Throws: ``ParseFailure`` at a quote that is never closed, a record with another number of
  ///   fields than the first, or a limit that is passed; the block then holds nothing of use.
  package mutating func read(into block: inout CSVBlock, records: Int) throws(ParseFailure) -> Int {
    block.removeAll()
    var scanner = CSVScanner(
      dialect: dialect, limits: limits, fieldCount: fieldCount, position: position, line: line)
    var problem: CSVScanner.Problem?
    bytes.withUnsafeBufferPointer { text in
      problem = scanner.scan(text, records: records, into: &block)
    }
    if let problem { throw failure(problem) }
    position = scanner.position
    line = scanner.line
    fieldCount = scanner.fieldCount
    return block.recordCount
  }

  /// What is wrong at a place of the text.
  package func failure(_ problem: CSVScanner.Problem) -> ParseFailure {
    bytes.withUnsafeBufferPointer { problem.failure(in: $0) }
  }
}

extension CSVScanner.Problem {
  /// The problem with line and column.
  ///
  /// - Parameters:
  ///   - text: whole, or a piece of it that begins with the line or before it.
  ///   - isFirst: whether the text begins where the piece does.
  package func failure(
    in text: UnsafeBufferPointer<UInt8>, isFirst: Bool = true
  ) -> ParseFailure {
    let before = text[..<min(position, text.count)]
    let lineStart = (before.lastIndex { $0 == 0x0A || $0 == 0x0D } ?? -1) + 1
    let mark = isFirst && lineStart == 0 && text.starts(with: [0xEF, 0xBB, 0xBF]) ? 1 : 0
    // Continuation bytes do not count: a column is a character.
    let column = 1 + before[lineStart...].count { $0 & 0xC0 != 0x80 } - mark
    return ParseFailure(message, line: line, column: max(1, column), hint: hint)
  }
}
