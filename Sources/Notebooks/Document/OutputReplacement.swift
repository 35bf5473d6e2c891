import Formats
import Platform

/// Other outputs for cells of a notebook, put into its file so that every other byte stays.
package struct OutputReplacement: Sendable {
  /// An output as it is to stand in the file.
  package enum Output: Sendable {
    /// The bytes of the one that is there, by its place in the cell.
    case kept(Int)
    case new(NotebookJSON)
  }

  private let notebook: Notebook
  private var edits: JSONEdits

  /// - Throws: ``ParseFailure`` for what is no notebook of nbformat 4.
  package init(in bytes: [UInt8]) throws(ParseFailure) {
    notebook = try Notebook(parsing: bytes)
    guard notebook.format == 4 else {
      throw ParseFailure(
        "outputs can be put into notebooks of nbformat 4 only, and this is one of 3",
        hint: "open it in Jupyter and save it, which makes it one of 4")
    }
    edits = JSONEdits(bytes)
  }

  /// Puts outputs into a cell; nothing happens where there is no such cell, or one without `outputs`.
  ///
  /// - Parameter cell: its place among all cells.
  package mutating func replace(outputsOf cell: Int, with outputs: [Output]) {
    guard notebook.cells.indices.contains(cell) else { return }
    let node = notebook.cells[cell].node
    guard let list = node["outputs"],
      let key = node.members?.last(where: { $0.key == "outputs" })?.keyRange
    else { return }
    let style = Style(of: notebook.bytes, atKey: key.lowerBound)
    let items = list.items ?? []
    let texts = outputs.compactMap { output -> String? in
      switch output {
      case .new(let value): style.laidOut(value.outputText())
      case .kept(let place) where items.indices.contains(place):
        String(decoding: notebook.bytes[items[place].range], as: UTF8.self)
      case .kept: nil
      }
    }
    edits.replace(list, with: style.list(texts))
  }

  /// The file with what was put in.
  package var bytes: [UInt8] { TextEdit.apply(edits.sorted(), to: notebook.bytes) }
}

/// How a file sets its JSON out, seen at the `outputs` of a cell.
private struct Style {
  /// What stands before the key on its line; nil when lines are not used to set it out.
  private let base: String?
  /// A level's, of which the key is at the third.
  private let unit: String
  private let lineEnd: String

  init(of bytes: [UInt8], atKey key: Int) {
    var start = key
    while start > 0, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
    guard start > 0, bytes[start - 1] == 0x0A else {
      (base, unit, lineEnd) = (nil, "", "\n")
      return
    }
    let space = bytes[start..<key]
    base = String(decoding: space, as: UTF8.self)
    let isWhole = !space.isEmpty && space.count % 3 == 0
    unit = isWhole ? String(decoding: space.prefix(space.count / 3), as: UTF8.self) : " "
    lineEnd = start > 1 && bytes[start - 2] == 0x0D ? "\r\n" : "\n"
  }

  /// An output in this style.
  ///
  /// - Parameter text: as nbformat writes it: line ends stand between values only, behind them a space a level.
  func laidOut(_ text: String) -> String {
    let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
      .map { Substring($0) }
    guard let base else {
      return lines.map { $0.drop { $0 == " " } }.enumerated().map { index, line in
        // Between two items a space, as `json.dumps` has it.
        line.hasSuffix(",") && index < lines.count - 1 ? line + " " : String(line)
      }.joined()
    }
    return lines.enumerated().map { index, line in
      guard index > 0 else { return String(line) }
      let depth = line.prefix { $0 == " " }.count
      return base + unit + String(repeating: unit, count: depth) + line.dropFirst(depth)
    }.joined(separator: lineEnd)
  }

  func list(_ items: [String]) -> String {
    guard !items.isEmpty else { return "[]" }
    guard let base else { return "[" + items.joined(separator: ", ") + "]" }
    let inner = lineEnd + base + unit
    return "[" + inner + items.joined(separator: "," + inner) + lineEnd + base + "]"
  }
}
