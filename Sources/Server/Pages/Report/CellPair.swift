import Notebooks

/// A cell of one notebook and what stands in its place in another; nil where there is none.
struct CellPair {
  let first: NotebookDocument.Cell?
  let second: NotebookDocument.Cell?
  let language: String

  /// Whether both have the same source and put out the same.
  var isSame: Bool {
    guard let first, let second else { return false }
    return first.kind == second.kind && first.source == second.source
      && first.outputs == second.outputs
  }

  /// The cells of two notebooks that belong together.
  static func pairs(_ first: NotebookDocument, _ second: NotebookDocument) -> [CellPair] {
    story(first).aligned(with: story(second)).map {
      CellPair(first: $0.first, second: $0.second, language: first.language ?? "python")
    }
  }

  /// Without the head that says which run it was.
  private static func story(_ document: NotebookDocument) -> NotebookDocument {
    var story = document
    story.cells.removeAll { $0.metadata["reprise"]?["header"]?.bool == true }
    return story
  }

  /// Both beside each other; the source once where it is the same.
  var html: HTML {
    let isSameSource = first?.source == second?.source && first?.kind == second?.kind
    if isSameSource, let first {
      return """
        <div class="pair">\(NotebookView(bare(first, outputs: false)).html)<div class="two">\
        <div>\(outputs(first))</div><div>\(second.map(outputs))</div></div></div>

        """
    }
    return """
      <div class="pair two"><div>\(first.map { NotebookView(bare($0, outputs: true)).html })</div>\
      <div>\(second.map { NotebookView(bare($0, outputs: true)).html })</div></div>

      """
  }

  private func bare(_ cell: NotebookDocument.Cell, outputs: Bool) -> NotebookDocument {
    var cell = cell
    if !outputs { cell.outputs = [] }
    return NotebookDocument(
      metadata: ["language_info": ["name": .string(language)]], cells: [cell])
  }

  private func outputs(_ cell: NotebookDocument.Cell) -> HTML {
    "<div class=\"notebook\"><div class=\"cell\">\(cell.outputs.prefix(NotebookView.outputs).map { OutputView($0).html })</div></div>"
  }
}
