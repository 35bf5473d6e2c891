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
    /// Where the cell's strings end in the text; none when something of the cell is masked.
    fileprivate var pieceEnds: [Int] = []
  }

  package private(set) var bytes: [UInt8] = []
  package private(set) var parts: [Part] = []
  private let notebook: Notebook

  package init(_ notebook: Notebook) {
    self.notebook = notebook
    var line = 1
    for cell in notebook.cells where cell.kind == .code {
      let start = bytes.count
      let source = cell.source
      let masked = CellMagics.masked(source)
      bytes += masked.utf8
      if bytes.count > start, bytes.last != 0x0A { bytes.append(0x0A) }
      var part = Part(cell: cell.number, firstLine: line, range: start..<bytes.count)
      if masked.hasSameBytes(as: source) {
        var end = start
        part.pieceEnds = cell.pieces.map {
          end += $0.text.utf8.count
          return end
        }
      }
      parts.append(part)
      line += bytes[start...].count { $0 == 0x0A }
    }
  }

  /// The cell of a line of the text, and the line in it, from 1.
  package func place(line: Int) -> (cell: Int, line: Int)? {
    var index = parts.firstPlace { $0.firstLine > line } - 1
    while index >= 0, parts[index].range.isEmpty { index -= 1 }
    guard index >= 0 else { return nil }
    return (parts[index].cell, line - parts[index].firstLine + 1)
  }

  /// Where bytes of the text stand in the notebook's file; nil for those that are masked, and those of two strings.
  package func fileRange(_ range: Range<Int>) -> Range<Int>? {
    let index = parts.firstPlace { $0.range.upperBound >= range.upperBound }
    guard index < parts.count, parts[index].range.lowerBound <= range.lowerBound else { return nil }
    let part = parts[index]
    let number = part.pieceEnds.firstPlace { $0 >= range.upperBound }
    guard number < part.pieceEnds.count else { return nil }
    let start = number == 0 ? part.range.lowerBound : part.pieceEnds[number - 1]
    guard start <= range.lowerBound else { return nil }
    let piece = notebook.cells[part.cell - 1].pieces[number]
    guard let first = escapedOffset(piece, range.lowerBound - start),
      let last = escapedOffset(piece, range.upperBound - start)
    else { return nil }
    return first..<last
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

extension Array {
  /// Where the first item stands of those for which something holds, which stand behind all others; the end when there is none.
  fileprivate func firstPlace(where holds: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
