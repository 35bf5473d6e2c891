import Formats
import Notebooks

/// What lines of code cells tell about a notebook as a whole; a place is the line's string in the file.
enum CellLineCheck {
  /// A line of a code cell.
  private struct Line {
    var text: Substring
    /// In bytes of the file: the string that holds it.
    var range: Range<Int>
    var cell: NotebookCell
  }

  /// Goes through the lines of code cells, of those strings alone whose bytes say that they may hold what is looked for:
  /// characters are slow to look through, and next to no string does.
  private static func visit(
    _ notebook: Notebook, where mayHold: (NotebookCell, UnsafeBufferPointer<UInt8>) -> Bool,
    _ look: (Line) -> Void
  ) {
    for cell in notebook.cells where cell.kind == .code {
      for piece in cell.pieces {
        var text = piece.text
        guard text.withUTF8({ mayHold(cell, $0) }) else { continue }
        for line in text.split(separator: "\n", omittingEmptySubsequences: true) {
          look(Line(text: line, range: piece.range, cell: cell))
        }
      }
    }
  }

  // MARK: Installing

  /// Words behind `!` or `%` that change the environment.
  private static let installers: [[Substring]] = [
    ["pip", "install"], ["pip3", "install"], ["conda", "install"], ["mamba", "install"],
    ["uv", "pip", "install"], ["uv", "add"], ["poetry", "add"], ["apt", "install"],
    ["apt-get", "install"], ["python", "-m", "pip", "install"],
  ]

  static func installs(_ notebook: Notebook, _ report: (FileFinding) -> Void) {
    visit(notebook, where: { _, bytes in bytes.contains { $0 == 0x21 || $0 == 0x25 } }) { line in
      let text = line.text.drop(while: \.isWhitespace)
      guard let sign = text.first, sign == "!" || sign == "%", !text.hasPrefix("%%") else { return }
      var words = text.dropFirst().split(whereSeparator: \.isWhitespace)
      if words.first == "sudo" { words.removeFirst() }
      guard let found = installers.first(where: { words.starts(with: $0) }) else { return }
      report(
        FileFinding(
          nil, line.range, ["what": "\(sign)" + found.joined(separator: " ")],
          cell: line.cell.number))
    }
  }

  // MARK: Paths

  static func paths(_ notebook: Notebook, _ report: (FileFinding) -> Void) {
    visit(notebook, where: { _, bytes in mayHoldPath(bytes) }) { line in
      guard !line.text.drop(while: \.isWhitespace).hasPrefix("#"), let path = home(line.text) else {
        return
      }
      report(FileFinding(nil, line.range, ["path": path], cell: line.cell.number))
    }
  }

  /// Whether something in quotes begins as a path of ``home(_:)`` does.
  private static func mayHoldPath(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    for place in bytes.indices.dropLast(2) where bytes[place] == 0x22 || bytes[place] == 0x27 {
      switch (bytes[place + 1], bytes[place + 2]) {
      case (UInt8(ascii: "C"), UInt8(ascii: ":")): return true
      case (UInt8(ascii: "/"), UInt8(ascii: "h")), (UInt8(ascii: "/"), UInt8(ascii: "U")),
        (UInt8(ascii: "/"), UInt8(ascii: "r")), (UInt8(ascii: "/"), UInt8(ascii: "c")):
        return true
      default: continue
      }
    }
    return false
  }

  /// A path in quotes that begins in somebody's home.
  private static func home(_ text: Substring) -> String? {
    for quote in ["\"", "'"] {
      for start in [
        "/home/", "/Users/", "/root/", "/content/drive/", "C:\\\\Users", "C:\\Users", "C:/Users",
      ] {
        guard let range = text.firstRange(of: quote + start) else { continue }
        return String(text[text.index(after: range.lowerBound)...].prefix { String($0) != quote })
      }
    }
    return nil
  }

  // MARK: Parameters

  /// Parameters without a type: `alpha = 0.5` where `alpha: float = 0.5` tells what is meant.
  static func parameters(_ notebook: Notebook, _ report: (FileFinding) -> Void) {
    guard notebook.language == "python" else { return }
    visit(notebook, where: { cell, _ in cell.tags.contains("parameters") }) { line in
      let name = line.text.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      guard !name.isEmpty, name.first?.isNumber == false else { return }
      let rest = line.text.dropFirst(name.count).drop(while: \.isWhitespace)
      guard rest.first == "=", rest.dropFirst().first != "=", !line.text.contains("# type:") else {
        return
      }
      report(FileFinding(nil, line.range, ["name": String(name)], cell: line.cell.number))
    }
  }
}
