import Compute
import Formats
import Glibc
import Platform

/// The lines of JSON Lines as rows.
struct JSONRecords: TextRecords {
  let keys: JSONKeys

  func read(
    _ part: TablePart, _ piece: TextPiece, from start: Int, before end: Int
  ) -> TextOutcome {
    var outcome = TextOutcome(start: start)
    var row = JSONRow()
    /// For each column the row that had it last, and which of its members.
    var rows = [Int](repeating: -1, count: keys.count)
    var members = [Int](repeating: 0, count: keys.count)
    while outcome.end < min(end, piece.bytes.count) {
      guard let line = Self.line(of: piece.bytes, from: outcome.end, isWhole: piece.isWhole) else {
        outcome.isCutOff = true
        break
      }
      if !JSONRow.isBlank(line.bytes) {
        do throws(ParseFailure) {
          try row.read(line.bytes, number: outcome.lines + 1)
          place(row, part.rowCount, &rows, &members)
          part.reserve()
          for column in 0..<keys.count {
            let value =
              rows[column] == part.rowCount ? row.members[members[column]].value : .missing
            try set(value, column, part)
          }
          part.take(1, line: outcome.lines + 1)
        } catch {
          outcome.problem = error
          outcome.problem?.line = outcome.lines + 1
          outcome.problem?.offset = outcome.end
          break
        }
      }
      outcome.end = line.end
      outcome.lines += 1
    }
    if outcome.problem == nil, !piece.isWhole, outcome.end < end { outcome.isCutOff = true }
    return outcome
  }

  /// Finds the columns of a row's members; of a key that is there twice the last value counts, as for Python.
  private func place(_ row: JSONRow, _ number: Int, _ rows: inout [Int], _ members: inout [Int]) {
    var guess = 0
    for (index, member) in row.members.enumerated() {
      // A key that was not there when the lines were looked at first is of no column.
      guard let place = keys.place(of: member.key, guess: guess) else { continue }
      guess = place + 1
      rows[place] = number
      members[place] = index
    }
  }

  private func set(
    _ value: JSONRow.Value, _ column: Int, _ part: TablePart
  ) throws(ParseFailure) {
    let row = part.rowCount
    let wantsNumbers =
      switch part.reading(of: column) {
      case .numbers, .declaredNumbers: true
      case .text, .bytes, .skipped: false
      }
    switch value {
    case .missing: part.setMissing(column, row: row)
    case .truth(let truth) where wantsNumbers:
      part.setNumber(truth ? 1 : 0, isWhole: true, column, row: row)
    case .truth(let truth): try part.setText(truth ? "True" : "False", column, row: row)
    case .whole(let value) where wantsNumbers:
      part.setWhole(value, column, row: row)
    case .unsigned(let value) where wantsNumbers:
      part.setNumber(Double(value), isWhole: false, column, row: row)
      if let great = GreatWhole(value) { part.setGreat(great, column, row: row) }
    case .unsigned(let value): try part.setText("\(value)", column, row: row)
    case .whole(let value): try part.setText("\(value)", column, row: row)
    case .number(let value) where wantsNumbers:
      part.setNumber(value, isWhole: false, column, row: row)
    case .number(let value): try part.setText(JSONValue.double(value).text(), column, row: row)
    case .text(let text): try part.setText(text, column, row: row)
    case .spelled(let text):
      try text.withUnsafeBufferPointer { (text) throws(ParseFailure) in
        try part.setText(text, column, row: row)
      }
    }
  }

  // MARK: Lines

  /// The line that begins at a place, without its end, and where the next one begins; nil when the piece ends before it.
  @inline(__always)
  private static func line(
    of text: UnsafeBufferPointer<UInt8>, from start: Int, isWhole: Bool
  ) -> (bytes: UnsafeBufferPointer<UInt8>, end: Int)? {
    guard let base = text.baseAddress else { return nil }
    let newline = memchr(base + start, 0x0A, text.count - start)
    guard let newline else {
      // A line that is too long already need not end.
      guard isWhole || text.count - start > JSONRow.longestLine else { return nil }
      return (UnsafeBufferPointer(start: base + start, count: text.count - start), text.count)
    }
    let count = UnsafeRawPointer(newline) - UnsafeRawPointer(base) - start
    return (UnsafeBufferPointer(start: base + start, count: count), start + count + 1)
  }

  /// Calls a closure with each line of a text that is not blank, its number, counted from 1, and the bytes in front of it.
  static func forEachLine(
    of window: TextWindow,
    _ body: (UnsafeBufferPointer<UInt8>, Int, Int) throws(ParseFailure) -> Void
  ) throws {
    var (place, number, step) = (0, 0, 1 << 18)
    while true {
      try window.hold(from: place, to: place + step)
      guard place < window.end else {
        if window.isAtEnd { return }
        continue
      }
      let begin = place
      while place < window.end,
        let line = line(of: window.bytes, from: place - window.start, isWhole: window.isAtEnd)
      {
        number += 1
        if !JSONRow.isBlank(line.bytes) { try body(line.bytes, number, place) }
        place = window.start + line.end
      }
      if place == begin { step *= 2 }
    }
  }
}
