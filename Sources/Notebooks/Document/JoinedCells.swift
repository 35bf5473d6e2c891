import Platform

/// The code cells of a notebook as one text of Python: magics and shell lines are masked, and every place can be found
/// again.
package struct JoinedCells: Sendable {
  /// Where a cell begins in the text.
  package struct Part: Sendable {
    /// The cell's number, from 1.
    package var cell: Int
    /// The first line of the text that is the cell's, from 1.
    package var firstLine: Int
    /// In bytes of the text.
    package var range: Range<Int>
  }

  package private(set) var bytes: [UInt8] = []
  package private(set) var parts: [Part] = []
  private let notebook: Notebook

  package init(_ notebook: Notebook) {
    self.notebook = notebook
    var line = 1
    for cell in notebook.cells where cell.kind == .code {
      let start = bytes.count
      bytes += CellMagics.masked(cell.source).utf8
      if bytes.count > start, bytes.last != 0x0A { bytes.append(0x0A) }
      parts.append(Part(cell: cell.number, firstLine: line, range: start..<bytes.count))
      line += bytes[start...].count { $0 == 0x0A }
    }
  }

  /// The cell of a line of the text, and the line in it, from 1.
  package func place(line: Int) -> (cell: Int, line: Int)? {
    guard let part = parts.last(where: { $0.firstLine <= line && !$0.range.isEmpty }) else {
      return nil
    }
    return (part.cell, line - part.firstLine + 1)
  }

  /// Where bytes of the text stand in the notebook's file; nil for those that are masked, and those of two strings.
  package func fileRange(_ range: Range<Int>) -> Range<Int>? {
    guard
      let part = parts.first(where: {
        $0.range.lowerBound <= range.lowerBound && range.upperBound <= $0.range.upperBound
      })
    else { return nil }
    let cell = notebook.cells[part.cell - 1]
    guard
      Array(cell.source.utf8).starts(with: bytes[part.range].dropLast())
        || cell.source.utf8.elementsEqual(bytes[part.range])
    else { return nil }
    var place = part.range.lowerBound
    for piece in cell.pieces {
      let end = place + piece.text.utf8.count
      if range.lowerBound >= place, range.upperBound <= end, range.lowerBound < end || range.isEmpty
      {
        guard let start = escapedOffset(piece, range.lowerBound - place),
          let stop = escapedOffset(piece, range.upperBound - place)
        else { return nil }
        return start..<stop
      }
      place = end
    }
    return nil
  }

  /// Where a byte of a string's text stands in the file.
  private func escapedOffset(_ piece: NotebookCell.Piece, _ wanted: Int) -> Int? {
    var offset = piece.range.lowerBound + 1
    let end = piece.range.upperBound - 1
    var count = 0
    while offset < end, count < wanted {
      if notebook.bytes[offset] == UInt8(ascii: "\\"), offset + 1 < end {
        guard notebook.bytes[offset + 1] == UInt8(ascii: "u") else {
          offset += 2
          count += 1
          continue
        }
        // A surrogate pair is two escapes for one character.
        guard offset + 6 <= end,
          let unit = UInt32(
            String(decoding: notebook.bytes[(offset + 2)..<(offset + 6)], as: UTF8.self), radix: 16)
        else { return nil }
        if unit >= 0xD800, unit < 0xE000 {
          offset += 12
          count += 4
        } else {
          offset += 6
          count += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3
        }
      } else {
        offset += 1
        count += 1
      }
    }
    return count == wanted && offset <= end ? offset : nil
  }
}
