/// Goes through the cells of three notebooks.
struct NotebookMerger {
  private typealias Cell = NotebookDocument.Cell

  private(set) var conflicts: [String] = []
  private let base: [Cell]
  private let ours: [Cell]
  private let theirs: [Cell]
  private let metadata: [NotebookObject]
  private let others: [NotebookObject]
  private let options: MergeOptions
  /// By cells of the base: which cell of a side it is; nil when the side has it no more.
  private var kept: (ours: [Int?], theirs: [Int?])
  private var result: [Cell] = []

  init(
    _ base: NotebookSide, _ ours: NotebookSide, _ theirs: NotebookSide, _ options: MergeOptions
  ) {
    self.base = base.document.cells
    self.ours = ours.document.cells
    self.theirs = theirs.document.cells
    metadata = [base, ours, theirs].map(\.document.metadata)
    others = [base, ours, theirs].map(\.document.others)
    self.options = options
    kept = (Self.places(base, ours), Self.places(base, theirs))
  }

  private static func places(_ base: NotebookSide, _ side: NotebookSide) -> [Int?] {
    var places = [Int?](repeating: nil, count: base.document.cells.count)
    for pair in CellAlignment(base, side).pairs { places[pair.old] = pair.new }
    return places
  }

  mutating func merged() -> NotebookDocument {
    let next = (Self.next(kept.ours, ours.count), Self.next(kept.theirs, theirs.count))
    var (a, b) = (0, 0)
    for (index, cell) in base.enumerated() {
      // New cells stand behind the last cell of the base that their side has kept.
      add(ours[a..<max(a, next.0[index])], theirs[b..<max(b, next.1[index])])
      (a, b) = (max(a, next.0[index]), max(b, next.1[index]))
      switch (kept.ours[index], kept.theirs[index]) {
      case (let mine?, let other?):
        put(CellMerge(cell, ours[mine], theirs[other], options), at: index)
        (a, b) = (mine + 1, other + 1)
      case (let mine?, nil):
        putRemoved(cell, ours[mine], isOurs: true)
        a = mine + 1
      case (nil, let other?):
        putRemoved(cell, theirs[other], isOurs: false)
        b = other + 1
      case (nil, nil): break
      }
    }
    add(ours[a...], theirs[b...])
    var document = NotebookDocument(metadata: mergedMetadata(), cells: result)
    document.others = CellMerge.others(others[0], others[1], others[2], options, &conflicts)
    Self.makeUnique(&document.cells)
    return document
  }

  /// For every cell of the base: where on a side the next one stands that the side has kept.
  private static func next(_ kept: [Int?], _ count: Int) -> [Int] {
    var next = [Int](repeating: count, count: kept.count)
    var place = count
    for index in kept.indices.reversed() {
      place = kept[index] ?? place
      next[index] = place
    }
    return next
  }

  // MARK: Cells

  /// Cells that are new on one side, or on both at the same place.
  private mutating func add(_ mine: ArraySlice<Cell>, _ other: ArraySlice<Cell>) {
    if mine.isEmpty || other.isEmpty {
      result += mine + other
      return
    }
    var interning = Interning()
    func key(_ cell: Cell) -> String { cell.kind.name + "\n" + cell.source }
    let difference = SequenceDifference(
      interning.numbers(mine.map(key)), interning.numbers(other.map(key)))
    var (a, b) = (mine.startIndex, other.startIndex)
    for match in difference.matches {
      let (x, y) = (mine.startIndex + match.old, other.startIndex + match.new)
      addDifferent(mine[a..<x], other[b..<y])
      put(CellMerge(nil, mine[x], other[y], options), at: result.count)
      (a, b) = (x + 1, y + 1)
    }
    addDifferent(mine[a...], other[b...])
  }

  private mutating func addDifferent(_ mine: ArraySlice<Cell>, _ other: ArraySlice<Cell>) {
    guard !mine.isEmpty, !other.isEmpty else {
      result += mine + other
      return
    }
    switch options.ofInputs {
    case .useBase: break
    case .useLocal: result += mine
    case .useRemote: result += other
    case .union: result += mine + other
    case .inline, .remove, .clearAll:
      conflicts.append("\(mine.count) and \(other.count) new cells at the same place")
      putMarked(Array(mine), Array(other))
    }
  }

  private mutating func put(_ merge: CellMerge, at index: Int) {
    conflicts += merge.conflicts.map { "cell \(index + 1): \($0)" }
    switch merge.result {
    case .one(let cell): result.append(cell)
    case .both(let ours, let theirs): putMarked([ours], [theirs])
    }
  }

  /// A cell that one side took away.
  private mutating func putRemoved(_ cell: Cell, _ side: Cell, isOurs: Bool) {
    // Outputs come back with a run: only what somebody wrote is worth a question.
    let isChanged =
      side.kind != cell.kind || !side.source.hasSameBytes(as: cell.source)
      || Self.withoutTransients(side.metadata) != Self.withoutTransients(cell.metadata)
      || side.attachments != cell.attachments
    guard isChanged else { return }
    switch options.ofInputs {
    case .useBase: result.append(cell)
    case .useLocal: if isOurs { result.append(side) }
    case .useRemote: if !isOurs { result.append(side) }
    case .union: result.append(side)
    case .inline, .remove, .clearAll:
      conflicts.append("a cell that one side changed and the other took away")
      if isOurs { putMarked([side], []) } else { putMarked([], [side]) }
    }
  }

  private static func withoutTransients(_ metadata: NotebookObject) -> NotebookObject {
    NotebookObject(
      metadata.members.filter { !CellMerge.transients.contains($0.key) }.map { ($0.key, $0.value) })
  }

  /// Both sides with cells of Markdown around them that say which is which, as git marks lines.
  private mutating func putMarked(_ mine: [Cell], _ other: [Cell]) {
    mark("<<<<<<< \(options.oursLabel)")
    result += mine.map { Self.marked($0, "ours") }
    mark("=======")
    result += other.map { Self.marked($0, "theirs") }
    mark(">>>>>>> \(options.theirsLabel)")
  }

  private static func marked(_ cell: Cell, _ side: String) -> Cell {
    var cell = cell
    cell.metadata["merge-side"] = .string(side)
    return cell
  }

  private mutating func mark(_ text: String) {
    result.append(Cell(.markdown, id: "", source: text, metadata: ["merge-side": "mark"]))
  }

  /// The first cell with an id keeps it.
  private static func makeUnique(_ cells: inout [Cell]) {
    var identifiers = CellIdentifiers()
    var lacking: [Int] = []
    for index in cells.indices where cells[index].id.isEmpty || !identifiers.keep(cells[index].id) {
      lacking.append(index)
    }
    for index in lacking {
      let cell = cells[index]
      cells[index].id = identifiers.next(
        kind: cell.kind.name, index: index, source: cell.source)
    }
  }

  // MARK: Metadata

  /// What a kernel notes about itself is no conflict: the next run writes it anew.
  private mutating func mergedMetadata() -> NotebookObject {
    var merge = ValueMerge(
      options.strategy, transient: options.ignoresTransients ? ["language_info"] : [])
    let merged = merge.merge(metadata[0], metadata[1], metadata[2])
    var found: [String] = []
    let noted = CellMerge.noting(merge.conflicts, in: merged, &found)
    conflicts += found.map { "the notebook's \($0)" }
    return noted
  }
}
