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

  private static func lines(_ notebook: Notebook, where isWanted: (NotebookCell) -> Bool) -> [Line]
  {
    notebook.cells.filter { $0.kind == .code && isWanted($0) }.flatMap { cell in
      cell.pieces.flatMap { piece in
        piece.text.split(separator: "\n", omittingEmptySubsequences: true).map {
          Line(text: $0, range: piece.range, cell: cell)
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
    for line in lines(notebook, where: { _ in true }) {
      let text = line.text.drop(while: \.isWhitespace)
      guard let sign = text.first, sign == "!" || sign == "%", !text.hasPrefix("%%") else {
        continue
      }
      var words = text.dropFirst().split(whereSeparator: \.isWhitespace)
      if words.first == "sudo" { words.removeFirst() }
      guard let found = installers.first(where: { words.starts(with: $0) }) else { continue }
      report(
        FileFinding(
          nil, line.range, ["what": "\(sign)" + found.joined(separator: " ")],
          cell: line.cell.number))
    }
  }

  // MARK: Paths

  static func paths(_ notebook: Notebook, _ report: (FileFinding) -> Void) {
    for line in lines(notebook, where: { _ in true }) {
      guard !line.text.drop(while: \.isWhitespace).hasPrefix("#"), let path = home(line.text) else {
        continue
      }
      report(FileFinding(nil, line.range, ["path": path], cell: line.cell.number))
    }
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
    for line in lines(notebook, where: { $0.tags.contains("parameters") }) {
      let name = line.text.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      guard !name.isEmpty, name.first?.isNumber == false else { continue }
      let rest = line.text.dropFirst(name.count).drop(while: \.isWhitespace)
      guard rest.first == "=", rest.dropFirst().first != "=", !line.text.contains("# type:") else {
        continue
      }
      report(FileFinding(nil, line.range, ["name": String(name)], cell: line.cell.number))
    }
  }
}
