import Notebooks
import Patterns
import Platform
import Python

/// A file that rules look at: its bytes may be those of the work tree, of git's index or of an example.
package final class CheckedFile {
  /// From the project's root.
  package let path: String
  package let bytes: [UInt8]
  package let language: Language
  /// The machines of patterns of the thread that looks at it.
  let matchers: PatternMatchers
  package private(set) lazy var lines = LineTable(bytes)
  /// The file as a notebook; nil when it is none.
  package private(set) lazy var notebook: Result<Notebook, ParseFailure>? = {
    guard language == .notebook else { return nil }
    return Result { () throws(ParseFailure) in try Notebook(parsing: bytes) }
  }()
  /// The code cells of a notebook of Python.
  package private(set) lazy var cells: JoinedCells? = {
    guard case .success(let notebook)? = notebook,
      ["python", "ipython"].contains(notebook.language.lowercased())
    else { return nil }
    return JoinedCells(notebook)
  }()
  /// The file as Python, or the cells of a notebook; nil when it is neither.
  package private(set) lazy var python: PythonSource? = {
    if language == .python { return PythonSource(path: path, bytes: bytes, matchers) }
    guard let cells else { return nil }
    let source = PythonSource(path: path, bytes: cells.bytes, matchers)
    source.isNotebook = true
    source.cellEnds = cells.parts.map(\.range.upperBound)
    return source
  }()

  /// The file as values, by the format that it was read as.
  private var read: [DataDocuments.Format: Result<DataDocuments, ParseFailure>] = [:]

  package init(
    path: String, bytes: [UInt8], _ matchers: PatternMatchers = PatternMatchers()
  ) {
    self.path = path
    self.matchers = matchers
    self.bytes = bytes
    language = Language(path: path, bytes: bytes)
  }

  /// Whether it can be shown: UTF-8 without NUL.
  package private(set) lazy var isText =
    !bytes.contains(0) && String(validating: bytes, as: UTF8.self) != nil

  /// The values of a file of settings, which is read once for all rules.
  func documents(_ format: DataDocuments.Format) -> Result<DataDocuments, ParseFailure> {
    if let known = read[format] { return known }
    let documents = Result { () throws(ParseFailure) in try DataDocuments(bytes, format) }
    read[format] = documents
    return documents
  }

  /// Line and column, from 1, the column in characters.
  package func place(of offset: Int) -> (line: Int, column: Int) {
    let offset = min(offset, bytes.count)
    let line = lines.line(of: offset)
    let start = lines.start(ofLine: line)
    let column = bytes[start..<max(start, offset)].count { $0 & 0xC0 != 0x80 }
    return (line, column + 1)
  }

  /// The text of a line without its end.
  package func text(ofLine line: Int) -> String {
    guard line >= 1, line <= lines.count else { return "" }
    let start = lines.start(ofLine: line)
    var end = line < lines.count ? lines.start(ofLine: line + 1) : bytes.count
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return String(decoding: bytes[start..<min(end, start + 2000)], as: UTF8.self)
  }
}
