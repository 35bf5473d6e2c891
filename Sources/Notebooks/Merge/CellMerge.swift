/// Merges one cell that both sides have.
struct CellMerge {
  typealias Cell = NotebookDocument.Cell

  /// The cell, when it could be merged; both, when its source could not.
  enum Result {
    case one(Cell)
    case both(ours: Cell, theirs: Cell)
  }

  let result: Result
  /// What is in conflict, for a person.
  private(set) var conflicts: [String] = []

  /// - Parameter base: nil for a cell that both sides have added.
  init(_ base: Cell?, _ ours: Cell, _ theirs: Cell, _ options: MergeOptions) {
    var merged = ours
    var conflicts: [String] = []
    let strategy = options.ofInputs
    let (source, isConflict) = Self.source(base?.source, ours.source, theirs.source, strategy)
    let isKindInConflict =
      ours.kind != theirs.kind && ours.kind != base?.kind && theirs.kind != base?.kind
    merged.source = source
    if ours.kind == base?.kind { merged.kind = theirs.kind }
    merged.metadata = Self.metadata(base, ours, theirs, options, &conflicts)
    merged.attachments = Self.attachments(base, ours, theirs, options, &conflicts)
    merged.others = Self.others(base?.others, ours.others, theirs.others, options, &conflicts)
    Self.outputs(base, ours, theirs, options, &merged, &conflicts)
    if ours.id == base?.id { merged.id = theirs.id }
    guard isConflict || isKindInConflict, strategy == .inline else {
      if isKindInConflict, strategy == .useRemote { merged.kind = theirs.kind }
      if isKindInConflict, strategy == .useBase, let base { merged.kind = base.kind }
      result = .one(merged)
      self.conflicts = conflicts
      return
    }
    // Neither is what ran: both go without outputs.
    var (first, second) = (ours, theirs)
    if options.ofOutputs != .inline { (first.outputs, second.outputs) = ([], []) }
    if first.kind == .code { first.executionCount = nil }
    if second.kind == .code { second.executionCount = nil }
    first.metadata = merged.metadata
    second.metadata = merged.metadata
    result = .both(ours: first, theirs: second)
    self.conflicts = ["the source"] + conflicts
  }

  private static func source(
    _ base: String?, _ ours: String, _ theirs: String, _ strategy: MergeStrategy
  ) -> (text: String, isConflict: Bool) {
    if ours.hasSameBytes(as: theirs) { return (ours, false) }
    if let base, theirs.hasSameBytes(as: base) { return (ours, false) }
    if let base, ours.hasSameBytes(as: base) { return (theirs, false) }
    let texts = [base ?? "", ours, theirs].map(PythonLines.split)
    // The last line's end is no change of the line: a line behind it gave it one.
    var interning = Interning()
    let numbers = texts.map { lines in
      interning.numbers(lines.map(withoutEnd))
    }
    let merge = ThreeWay(base: numbers[0], ours: numbers[1], theirs: numbers[2])
    var isConflict = false
    var lines: [String] = []
    for region in merge.regions {
      switch region {
      case .base(let range): lines += texts[0][range]
      case .ours(let range): lines += texts[1][range]
      case .theirs(let range): lines += texts[2][range]
      case .conflict(let base, let mine, let other):
        isConflict = true
        switch strategy {
        case .useBase: lines += texts[0][base]
        case .useRemote: lines += texts[2][other]
        case .union: lines += texts[1][mine] + texts[2][other]
        case .inline, .useLocal, .remove, .clearAll: lines += texts[1][mine]
        }
      }
    }
    let endings = texts.map { $0.last?.utf8.last == 0x0A }
    for index in lines.indices.dropLast() where lines[index].utf8.last != 0x0A {
      lines[index] += "\n"
    }
    let wantsEnd = endings[1] == endings[0] ? endings[2] : endings[1]
    var text = lines.joined()
    if !wantsEnd { text = withoutEnd(text) }
    if wantsEnd, !text.isEmpty, text.utf8.last != 0x0A { text += "\n" }
    return (text, isConflict)
  }

  private static func withoutEnd(_ text: String) -> String {
    text.utf8.last == 0x0A ? String(decoding: text.utf8.dropLast(), as: UTF8.self) : text
  }

  // MARK: Metadata

  /// Under which key conflicts of metadata are noted.
  static let conflictKey = "merge-conflicts"

  static let transients: Set = [
    "collapsed", "autoscroll", "scrolled", "execution", "ExecuteTime",
  ]

  private static func metadata(
    _ base: Cell?, _ ours: Cell, _ theirs: Cell, _ options: MergeOptions,
    _ conflicts: inout [String]
  ) -> NotebookObject {
    var merge = ValueMerge(
      options.strategy, transient: options.ignoresTransients ? transients : [])
    let merged = merge.merge(base?.metadata ?? [:], ours.metadata, theirs.metadata)
    return noting(merge.conflicts, in: merged, &conflicts)
  }

  /// Metadata with a list of what both sides made of the same members.
  static func noting(
    _ found: [ValueMerge.Conflict], in metadata: NotebookObject, _ conflicts: inout [String]
  ) -> NotebookObject {
    guard !found.isEmpty else { return metadata }
    var metadata = metadata
    metadata[conflictKey] = .array(
      found.map { conflict in
        var entry: NotebookObject = ["path": .string(conflict.path.joined(separator: "."))]
        entry["base"] = conflict.base
        entry["ours"] = conflict.ours
        entry["theirs"] = conflict.theirs
        return .object(entry)
      })
    conflicts += found.map { "metadata `\($0.path.joined(separator: "."))`" }
    return metadata
  }

  /// Merges members that the format does not know, of a cell or a notebook; where both changed one, ours stays.
  static func others(
    _ base: NotebookObject?, _ ours: NotebookObject, _ theirs: NotebookObject,
    _ options: MergeOptions, _ conflicts: inout [String]
  ) -> NotebookObject {
    if ours == theirs || theirs.isEmpty && base?.isEmpty ?? true { return ours }
    var merge = ValueMerge(options.strategy, transient: [])
    let merged = merge.merge(base ?? [:], ours, theirs)
    conflicts += merge.conflicts.map { "the member `\($0.path.joined(separator: "."))`" }
    return merged
  }

  private static func attachments(
    _ base: Cell?, _ ours: Cell, _ theirs: Cell, _ options: MergeOptions,
    _ conflicts: inout [String]
  ) -> NotebookObject? {
    if ours.attachments == theirs.attachments || theirs.attachments == base?.attachments {
      return ours.attachments
    }
    if ours.attachments == base?.attachments { return theirs.attachments }
    var merge = ValueMerge(options.ofInputs, transient: [])
    let merged = merge.merge(
      base?.attachments ?? [:], ours.attachments ?? [:], theirs.attachments ?? [:])
    conflicts += merge.conflicts.map { "the attachment `\($0.path.first ?? "")`" }
    return merged.isEmpty && (ours.attachments == nil || theirs.attachments == nil) ? nil : merged
  }
}
