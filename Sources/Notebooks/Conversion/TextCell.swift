/// A cell on its way between a notebook and a text: lines and options in their order.
struct TextCell {
  var kind: NotebookDocument.Cell.Kind
  /// Without line ends; at least one, which may be empty.
  var source: [String]
  var options: CellOptions

  init(_ kind: NotebookDocument.Cell.Kind, source: [String], options: CellOptions = CellOptions()) {
    self.kind = kind
    self.source = source
    self.options = options
  }

  /// Lines of a cell's source; a line end at the end is followed by an empty one.
  static func lines(of source: String) -> [String] {
    let lines = PythonLines.splitWithoutEnds(source)
    return lines.isEmpty ? [""] : source.utf8.last == 0x0A ? lines + [""] : lines
  }
}
