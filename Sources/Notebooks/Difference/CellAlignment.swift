/// Which cells of two notebooks are one and the same: by their ids, by what they hold, by what is similar.
struct CellAlignment {
  /// Pairs that rise in both.
  private(set) var pairs: [SequenceDifference.Match] = []

  init(_ old: NotebookSide, _ new: NotebookSide) {
    var known: [SequenceDifference.Match] = []
    if old.hasTrueIDs, new.hasTrueIDs {
      let places = Dictionary(
        new.document.cells.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first }
      )
      let shared = old.document.cells.enumerated().compactMap { index, cell in
        places[cell.id].map { SequenceDifference.Match(old: index, new: $0) }
      }
      // Of cells that moved the most that kept their order stay.
      known = LongestRise.indices(shared.map(\.new)).map { shared[$0] }
    }
    let taken = (Set(known.map(\.old)), Set(known.map(\.new)))
    var (a, b) = (0, 0)
    for anchor in known + [.init(old: old.document.cells.count, new: new.document.cells.count)] {
      alignEqual(old, new, a..<anchor.old, b..<anchor.new)
      if taken.0.contains(anchor.old), taken.1.contains(anchor.new) { pairs.append(anchor) }
      (a, b) = (anchor.old + 1, anchor.new + 1)
    }
  }

  /// Pairs cells with the same source, then similar ones between them.
  private mutating func alignEqual(
    _ old: NotebookSide, _ new: NotebookSide, _ olds: Range<Int>, _ news: Range<Int>
  ) {
    guard !olds.isEmpty, !news.isEmpty else { return }
    var interning = Interning()
    func key(_ cell: NotebookDocument.Cell) -> String { cell.kind.name + "\n" + cell.source }
    let difference = SequenceDifference(
      interning.numbers(olds.map { key(old.document.cells[$0]) }),
      interning.numbers(news.map { key(new.document.cells[$0]) }))
    var (a, b) = (olds.lowerBound, news.lowerBound)
    for match in difference.matches {
      let pair = SequenceDifference.Match(
        old: olds.lowerBound + match.old, new: news.lowerBound + match.new)
      alignSimilar(old, new, a..<pair.old, b..<pair.new)
      pairs.append(pair)
      (a, b) = (pair.old + 1, pair.new + 1)
    }
    alignSimilar(old, new, a..<olds.upperBound, b..<news.upperBound)
  }

  /// The pairs whose similarities add up to the most.
  private mutating func alignSimilar(
    _ old: NotebookSide, _ new: NotebookSide, _ olds: Range<Int>, _ news: Range<Int>
  ) {
    guard !olds.isEmpty, !news.isEmpty else { return }
    // So many changed cells in a row are another notebook.
    guard olds.count * news.count <= 40_000 else { return }
    let left = olds.map { CellLikeness(old.document.cells[$0]) }
    let right = news.map { CellLikeness(new.document.cells[$0]) }
    let width = news.count + 1
    var best = [Double](repeating: 0, count: (olds.count + 1) * width)
    var likeness = [Double](repeating: 0, count: olds.count * news.count)
    for i in olds.indices.map({ $0 - olds.lowerBound }).reversed() {
      for j in (0..<news.count).reversed() {
        let value = left[i].likeness(to: right[j])
        likeness[i * news.count + j] = value
        let paired = value >= CellLikeness.least ? value + best[(i + 1) * width + j + 1] : 0
        best[i * width + j] = max(paired, best[(i + 1) * width + j], best[i * width + j + 1])
      }
    }
    var (i, j) = (0, 0)
    while i < olds.count, j < news.count {
      let value = likeness[i * news.count + j]
      if value >= CellLikeness.least,
        best[i * width + j] == value + best[(i + 1) * width + j + 1]
      {
        pairs.append(.init(old: olds.lowerBound + i, new: news.lowerBound + j))
        (i, j) = (i + 1, j + 1)
      } else if best[(i + 1) * width + j] >= best[i * width + j + 1] {
        i += 1
      } else {
        j += 1
      }
    }
  }
}
