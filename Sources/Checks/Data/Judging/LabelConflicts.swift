import Compute

/// Rows with equal features and different labels.
struct LabelConflicts {
  private(set) var count = 0
  private(set) var considered = 0
  /// The first rows of them.
  private(set) var first: [Int] = []

  /// - Throws: ``Failure``: the table cannot be read again, or has changed.
  init(_ scan: LabelsScan) throws {
    let groups = try WordGroups(of: scan.store, stride: 2)
    considered = groups.total
    // Hashes of features that stand beside different labels, and how many rows have one.
    let mixed = WordStore(scan.budget)
    var rows = 0
    // An index of hashes takes 24 bytes for each, and what is known of it 17.
    for range in groups.ranges(of: max(1 << 8, scan.store.roomInMemory / 6)) {
      try Self.add(range, of: scan.store, to: mixed, &rows)
    }
    guard mixed.count > 0 else { return }
    guard let comparison = scan.comparison else {
      preconditionFailure("a table that cannot be read again")
    }
    let found = try compare(mixed, scan.filter, by: comparison)
    guard found == rows else { throw comparison.change }
  }

  /// Finds the hashes of some groups that stand beside different labels.
  private static func add(
    _ groups: Range<Int>, of store: WordStore, to mixed: WordStore, _ rows: inout Int
  ) throws {
    var index = WordIndex()
    var labels: [UInt64] = []
    var counts: [Int] = []
    var isMixed: [Bool] = []
    try store.forEachBlock { words in
      for place in stride(from: 0, to: words.count - 1, by: 2) where words[place] != 0 {
        guard groups.contains(WordGroups.group(words[place])) else { continue }
        let (own, isNew) = index.add(words[place])
        if isNew {
          labels.append(words[place + 1])
          counts.append(1)
          isMixed.append(false)
        } else {
          counts[own] += 1
          if labels[own] != words[place + 1] { isMixed[own] = true }
        }
      }
    }
    let places = isMixed.indices.filter { isMixed[$0] }
    rows += places.reduce(0) { $0 + counts[$1] }
    try mixed.append(places.map { index.words[$0] }.sorted())
  }

  /// What is known of rows with the same features.
  private struct Known {
    var label: Int
    var count = 1
    var isMixed = false
  }

  /// Reads the rows with some hashes once more.
  ///
  /// - Returns: how many there are.
  private mutating func compare(
    _ words: WordStore, _ filter: RowExpression?, by comparison: RowComparison
  ) throws -> Int {
    var rows = 0
    try words.forEachChunk(of: comparison.step) { chunk in
      let (features, labels) = (WordTable(), WordTable())
      var known: [Known] = []
      // The first rows of each kind, in order: which of them count is known in the end.
      var early: [(row: Int, kind: Int)] = []
      try comparison.forEachRow(with: chunk, filter) { row in
        rows += 1
        let kind = try features.number(row.cells)
        let label = try labels.number(row.label).code
        if kind.isNew {
          known.append(Known(label: label))
        } else {
          known[kind.code].count += 1
          if known[kind.code].label != label { known[kind.code].isMixed = true }
        }
        if known[kind.code].count <= RowSample.most { early.append((row.number, kind.code)) }
      }
      count += known.reduce(0) { $0 + ($1.isMixed ? $1.count : 0) }
      let own = early.lazy.filter { known[$0.kind].isMixed }.map(\.row).prefix(RowSample.most)
      first = Array((first + own).sorted().prefix(RowSample.most))
    }
    return rows
  }
}
