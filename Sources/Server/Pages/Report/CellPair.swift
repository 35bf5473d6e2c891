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

  /// Cells of the same source belong together, in their order; those between them by their place.
  static func pairs(_ first: NotebookDocument, _ second: NotebookDocument) -> [CellPair] {
    let (a, b) = (story(first), story(second))
    let language = first.language ?? "python"
    var pairs: [CellPair] = []
    func add(_ x: ArraySlice<NotebookDocument.Cell>, _ y: ArraySlice<NotebookDocument.Cell>) {
      for offset in 0..<max(x.count, y.count) {
        pairs.append(
          CellPair(
            first: offset < x.count ? x[x.startIndex + offset] : nil,
            second: offset < y.count ? y[y.startIndex + offset] : nil, language: language))
      }
    }
    var (left, right) = (0, 0)
    for (i, j) in common(a.map(\.source), b.map(\.source)) {
      add(a[left..<i], b[right..<j])
      add(a[i...i], b[j...j])
      (left, right) = (i + 1, j + 1)
    }
    add(a[left...], b[right...])
    return pairs
  }

  /// Without the head that says which run it was.
  private static func story(_ document: NotebookDocument) -> [NotebookDocument.Cell] {
    document.cells.filter { $0.metadata["reprise"]?["header"]?.bool != true }
  }

  /// The places of a longest common subsequence.
  private static func common(_ a: [String], _ b: [String]) -> [(Int, Int)] {
    // Beyond some thousand cells by their place alone.
    guard a.count * b.count <= 4_000_000 else {
      return zip(a.indices, b.indices).filter { a[$0] == b[$1] }
    }
    var lengths = [[Int]](
      repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in a.indices.reversed() {
      for j in b.indices.reversed() {
        lengths[i][j] =
          a[i] == b[j] ? lengths[i + 1][j + 1] + 1 : max(lengths[i + 1][j], lengths[i][j + 1])
      }
    }
    var (i, j) = (0, 0)
    var pairs: [(Int, Int)] = []
    while i < a.count, j < b.count {
      if a[i] == b[j] {
        pairs.append((i, j))
        (i, j) = (i + 1, j + 1)
      } else if lengths[i + 1][j] >= lengths[i][j + 1] {
        i += 1
      } else {
        j += 1
      }
    }
    return pairs
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
