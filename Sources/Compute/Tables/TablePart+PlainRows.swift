import Glibc
import Platform

extension TablePart {
  /// What the inner loop knows of a text.
  package struct PlainText {
    package var bytes: UnsafePointer<UInt8>
    /// Where the text's last newline is: every loop ends there, so none asks for the end of the text.
    package var lastNewline: Int
    package var delimiter: UInt8
    package var quote: UInt8

    package init(
      bytes: UnsafePointer<UInt8>, lastNewline: Int, delimiter: UInt8, quote: UInt8
    ) {
      self.bytes = bytes
      self.lastNewline = lastNewline
      self.delimiter = delimiter
      self.quote = quote
    }
  }

  /// Reads rows that have nothing special about them, up to the first that has: numbers of at most 19 digits, text without
  /// quotes or in one pair of them, as many fields as there are columns, a line each.
  ///
  /// - Parameters:
  ///   - position: where a line begins.
  ///   - line: its number; moved on.
  ///   - end: rows that begin here or behind it are not read.
  /// - Returns: where the first line begins that was not read.
  package func readPlainRows(
    _ text: PlainText, from position: Int, line: inout Int, before end: Int
  ) -> Int {
    var position = position
    let end = min(end, text.lastNewline)
    while position < end {
      reserve()
      let room = capacity - rowCount
      var rows = 0
      var at = text.bytes + position
      let stop = text.bytes + end
      while rows < room, at < stop {
        guard let next = readRow(text, at, rowCount + rows) else { break }
        at = next
        rows += 1
      }
      if rows > 0 {
        take(rows, line: line)
        line += rows
        position = at - text.bytes
      }
      if rows < room { break }
    }
    return position
  }

  /// Reads the cells of a row into their places; nil when something about it is special.
  @inline(__always)
  private func readRow(
    _ text: PlainText, _ start: UnsafePointer<UInt8>, _ row: Int
  ) -> UnsafePointer<UInt8>? {
    let (delimiter, quote) = (text.delimiter, text.quote)
    let last = columns.count - 1
    // Blanks may be all that there is in the line.
    if start[0] <= 0x20, start[0] != delimiter { return nil }
    var at = start
    var index = 0
    while true {
      let cells = columns.baseAddress.unsafelyUnwrapped + index
      let field = at
      switch cells.pointee.reading {
      case .numbers:
        if let number = PlainNumber(&at) {
          cells.pointee.numbers[row] = number.value
          if number.isFraction { cells.pointee.hasFraction = true }
        } else {
          at = field
        }
      case .text, .skipped: break
      }
      var end = at
      if !(at > field && (at[0] == delimiter || at[0] == 0x0A)) {
        // No plain number.
        var contents = field
        if field[0] == quote {
          contents += 1
          at = contents
          while at[0] != quote, at[0] != 0x0A, at[0] != 0x0D { at += 1 }
          guard at[0] == quote else { return nil }
          end = at
          at += 1
          guard at[0] == delimiter || at[0] == 0x0A || at[0] == 0x0D else { return nil }
        } else {
          at = field
          while at[0] != delimiter, at[0] != 0x0A, at[0] != 0x0D { at += 1 }
          end = at
        }
        let bytes = UnsafeBufferPointer(start: contents, count: end - contents)
        guard bytes.count < 1 << 20, keep(bytes, cells, row) else { return nil }
      }
      if index < last {
        guard at[0] == delimiter else { return nil }
        at += 1
        index += 1
        continue
      }
      if at[0] == 0x0D { at += 1 }
      return at[0] == 0x0A ? at + 1 : nil
    }
  }

  /// Keeps a cell that is no plain number; false when its row is special.
  private func keep(
    _ bytes: UnsafeBufferPointer<UInt8>, _ cells: UnsafeMutablePointer<Cells>, _ row: Int
  ) -> Bool {
    switch cells.pointee.reading {
    case .skipped: return true
    case .numbers:
      switch Cell(bytes) {
      case .missing: cells.pointee.numbers[row] = .nan
      case .whole(let value): cells.pointee.numbers[row] = value
      case .number(let value):
        cells.pointee.numbers[row] = value
        cells.pointee.hasFraction = true
      case .text: return false
      }
      return true
    case .text:
      return cells.pointee.words._withUnsafeGuaranteedRef { words in
        if let code = words.knownCode(of: bytes) {
          cells.pointee.codes[row] = code
          return true
        }
        guard String(validating: bytes, as: UTF8.self) != nil, let (code, _) = words.code(of: bytes)
        else { return false }
        cells.pointee.codes[row] = code
        return true
      }
    }
  }
}
