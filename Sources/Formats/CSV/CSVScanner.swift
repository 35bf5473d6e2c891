/// Finds the fields of CSV text: the inner loop of ``CSVReader``, a state machine over bytes with
/// no I/O.
///
/// No byte is read before its index is compared with the end.
///
/// A text may be given in pieces, each from the beginning of a record: what its end cuts off is left for the next piece.
package struct CSVScanner {
  let dialect: CSVDialect
  let limits: CSVLimits
  /// Fields in a record; nil takes those of the first.
  var fieldCount: Int?
  /// The byte where the next line begins, and the line's number, counted from 1.
  package var position: Int
  package var line: Int
  /// Whether the text ends where its bytes end.
  let isWhole: Bool
  /// Whether the end of the bytes was met before that of the record, or of the blank line, that begins at `position`.
  package private(set) var isCutOff = false

  /// What is wrong with the text, and where.
  package struct Problem {
    package var message: String
    package var position: Int
    package var line: Int
    package var hint: String?

    package init(message: String, position: Int, line: Int, hint: String? = nil) {
      self.message = message
      self.position = position
      self.line = line
      self.hint = hint
    }
  }

  package init(
    dialect: CSVDialect, limits: CSVLimits = CSVLimits(), fieldCount: Int?, position: Int,
    line: Int, isWhole: Bool = true
  ) {
    self.dialect = dialect
    self.limits = limits
    self.fieldCount = fieldCount
    self.position = position
    self.line = line
    self.isWhole = isWhole
  }

  /// Appends up to `records` records to a block, of those that begin before a byte of the text; blank lines before it are
  /// passed over.
  package mutating func scan(
    _ text: UnsafeBufferPointer<UInt8>, records: Int, before end: Int = .max,
    into block: inout CSVBlock
  ) -> Problem? {
    isCutOff = false
    while block.recordCount < records {
      skipBlankLines(text, before: end)
      guard !isCutOff, position < min(end, text.count) else { break }
      let first = block.fields.count
      let start = (position: position, line: line)
      if let problem = scanRecord(text, into: &block) { return problem }
      let count = block.fields.count - first
      if isCutOff {
        (position, line) = start
        block.fields.removeLast(count)
        break
      }
      if let fieldCount, fieldCount != count {
        return Problem(
          message: "expected \(fields(fieldCount)), found \(count)", position: start.position,
          line: start.line, hint: "put double quotes around a field that holds the delimiter")
      }
      fieldCount = count
      block.lines.append(start.line)
      block.recordCount += 1
    }
    block.fieldCount = fieldCount ?? 0
    return nil
  }

  private func fields(_ count: Int) -> String { count == 1 ? "1 field" : "\(count) fields" }

  /// Moves past lines of nothing but spaces and tabs; a delimiter is no blank.
  private mutating func skipBlankLines(_ text: UnsafeBufferPointer<UInt8>, before end: Int) {
    while position < end {
      var ahead = position
      while ahead < text.count, text[ahead] == 0x20 || text[ahead] == 0x09,
        text[ahead] != dialect.delimiter, text[ahead] != dialect.quote
      {
        ahead += 1
      }
      guard ahead < text.count else {
        isCutOff = !isWhole
        if isWhole { position = ahead }
        return
      }
      guard text[ahead] == 0x0A || text[ahead] == 0x0D else { return }
      guard isWhole || text[ahead] == 0x0A || ahead + 1 < text.count else {
        isCutOff = true
        return
      }
      position = ahead
      skipLineEnd(text)
    }
  }

  /// Moves past LF, CRLF or CR, which `position` is at.
  private mutating func skipLineEnd(_ text: UnsafeBufferPointer<UInt8>) {
    let isReturn = text[position] == 0x0D
    position += 1
    if isReturn {
      // An LF may follow.
      if position == text.count { isCutOff = !isWhole }
      if position < text.count, text[position] == 0x0A { position += 1 }
    }
    line += 1
  }

  private mutating func scanRecord(
    _ text: UnsafeBufferPointer<UInt8>, into block: inout CSVBlock
  ) -> Problem? {
    let first = block.fields.count
    let start = (position: position, line: line)
    let furthest = limits.recordBytes < Int.max - position ? position + limits.recordBytes : .max
    while true {
      guard position <= furthest else {
        return Problem(
          message: "a line is longer than \(limits.recordBytes) bytes", position: start.position,
          line: start.line)
      }
      if position < text.count, text[position] == dialect.quote {
        if let problem = scanQuotedField(text, into: &block) { return problem }
      } else {
        let room = limits.fields - (block.fields.count - first)
        scanPlainFields(text, into: &block, limit: room, furthest: furthest)
        let field = block.fields[block.fields.count - 1]
        if field.count > limits.fieldBytes { return tooLong(field.start, line) }
      }
      guard !isCutOff, position < text.count else {
        isCutOff = !isWhole
        return nil
      }
      guard text[position] == dialect.delimiter else {
        skipLineEnd(text)
        return nil
      }
      guard block.fields.count - first < limits.fields else {
        return Problem(
          message: "more than \(limits.fields) fields in a line", position: position, line: line)
      }
      position += 1
    }
  }

  private func tooLong(_ position: Int, _ line: Int) -> Problem {
    Problem(
      message: "a field is longer than \(limits.fieldBytes) bytes", position: position,
      line: line, hint: "is a closing quote missing?")
  }

  /// Appends unquoted fields, at least one, and moves to the delimiter or line end after the last:
  /// before a quoted field, at the end of the line, after a field that is too long, or when there
  /// are as many as the limit allows, or the last one begins too far from the record's beginning.
  private mutating func scanPlainFields(
    _ text: UnsafeBufferPointer<UInt8>, into block: inout CSVBlock, limit: Int, furthest: Int
  ) {
    let (delimiter, quote, longest) = (dialect.delimiter, dialect.quote, limits.fieldBytes)
    // Most bytes are letters and digits, above everything that means something.
    let highest = max(delimiter, 0x0D)
    var (start, ahead, room) = (position, position, limit)
    while ahead < text.count {
      let byte = text[ahead]
      if byte > highest || byte != delimiter && byte != 0x0A && byte != 0x0D {
        ahead += 1
        continue
      }
      let count = ahead - start
      room -= 1
      if byte != delimiter || room <= 0 || count > longest || ahead >= furthest
        || ahead + 1 == text.count || text[ahead + 1] == quote
      {
        break
      }
      block.fields.append(.init(start: start, count: count, isUnquoted: false))
      ahead += 1
      start = ahead
    }
    block.fields.append(.init(start: start, count: ahead - start, isUnquoted: false))
    position = ahead
  }

  /// Moves to the next delimiter, line end or the end of the text.
  private mutating func scanPlain(_ text: UnsafeBufferPointer<UInt8>) {
    let delimiter = dialect.delimiter
    var ahead = position
    while ahead < text.count {
      let byte = text[ahead]
      if byte == delimiter || byte == 0x0A || byte == 0x0D { break }
      ahead += 1
    }
    position = ahead
  }

  private mutating func scanQuotedField(
    _ text: UnsafeBufferPointer<UInt8>, into block: inout CSVBlock
  ) -> Problem? {
    let opening = (position: position, line: line)
    let quote = dialect.quote
    position += 1
    var start = position
    let copied = block.unquoted.count
    while true {
      // One byte more than a field may have.
      let longest = limits.fieldBytes - (block.unquoted.count - copied) + 1
      let stop = longest < text.count - start ? start + longest : text.count
      while position < stop, text[position] != quote {
        // A CRLF is one line: its CR is not counted.
        if text[position] == 0x0A
          || text[position] == 0x0D && (position + 1 == text.count || text[position + 1] != 0x0A)
        {
          line += 1
        }
        position += 1
      }
      guard position - start < longest else { return tooLong(opening.position, opening.line) }
      guard position < text.count else {
        isCutOff = !isWhole
        block.fields.append(.init(start: start, count: 0, isUnquoted: false))
        return isWhole
          ? Problem(
            message: "a quoted field that is never closed", position: opening.position,
            line: opening.line, hint: "close it with \(Character(Unicode.Scalar(quote)))") : nil
      }
      position += 1
      if position < text.count, text[position] == quote {
        // The first quote of the pair goes with what stands before it.
        block.unquoted.append(contentsOf: text[start..<position])
        position += 1
        start = position
      } else {
        break
      }
    }
    let closing = position - 1
    scanPlain(text)
    let count = block.unquoted.count - copied + closing - start + position - closing - 1
    guard count <= limits.fieldBytes else { return tooLong(opening.position, opening.line) }
    if block.unquoted.count == copied, position == closing + 1 {
      block.fields.append(.init(start: start, count: closing - start, isUnquoted: false))
      return nil
    }
    block.unquoted.append(contentsOf: text[start..<closing])
    block.unquoted.append(contentsOf: text[(closing + 1)..<position])
    block.fields.append(.init(start: copied, count: count, isUnquoted: true))
    return nil
  }
}
