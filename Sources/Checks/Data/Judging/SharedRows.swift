import Compute

/// Rows of a table that another table has too.
struct SharedRows {
  private(set) var count = 0
  /// Rows that have a value.
  private(set) var considered = 0
  /// The first rows that are shared.
  private(set) var first: [Int] = []

  /// - Parameters:
  ///   - own: of the table whose rows are counted.
  ///   - other: of the other table, in the same columns.
  /// - Throws: ``Failure``: a table cannot be read again, or has changed.
  init(of own: DuplicatesScan, in other: DuplicatesScan) throws {
    let words = WordStore(own.budget)
    var rows = Rows()
    let groups = try WordGroups(of: other.store)
    // An index takes 24 bytes for each word, and what is known of it 9.
    for range in groups.ranges(of: max(1 << 8, own.store.roomInMemory / 5)) {
      try add(range, own.store, other.store, to: words, &rows)
    }
    considered = try WordGroups(of: own.store).total
    guard !(own.isExact && other.isExact), let ownRows = own.comparison,
      let otherRows = other.comparison
    else {
      count = rows.own
      return
    }
    first = []
    var found = Rows()
    try words.forEachChunk(of: ownRows.step) { try compare($0, ownRows, otherRows, &found) }
    guard found.other == rows.other else { throw otherRows.change }
    guard found.own == rows.own else { throw ownRows.change }
  }

  /// How many rows of either table have a word that is in both.
  private struct Rows {
    var own = 0
    var other = 0
  }

  /// Finds the words of some groups that are in both stores.
  private mutating func add(
    _ groups: Range<Int>, _ own: WordStore, _ other: WordStore, to words: WordStore,
    _ rows: inout Rows
  ) throws {
    var index = WordIndex()
    var counts: [Int] = []
    try other.forEachBlock { block in
      for word in block where word != 0 && groups.contains(WordGroups.group(word)) {
        let (place, isNew) = index.add(word)
        if isNew { counts.append(1) } else { counts[place] += 1 }
      }
    }
    var isShared = [Bool](repeating: false, count: counts.count)
    var row = 0
    var samples: [Int] = []
    try own.forEachBlock { block in
      for word in block {
        if word != 0, groups.contains(WordGroups.group(word)), let place = index.place(of: word) {
          isShared[place] = true
          rows.own += 1
          if samples.count < RowSample.most { samples.append(row) }
        }
        row += 1
      }
    }
    let places = isShared.indices.filter { isShared[$0] }
    rows.other += places.reduce(0) { $0 + counts[$1] }
    try words.append(places.map { index.words[$0] }.sorted())
    note(samples)
  }

  /// Reads the rows of both tables with some words once more.
  private mutating func compare(
    _ words: [UInt64], _ own: RowComparison, _ other: RowComparison, _ found: inout Rows
  ) throws {
    let known = WordTable()
    try other.forEachRow(with: words, nil) { row in
      found.other += 1
      _ = try known.number(row.cells)
    }
    let kinds = known.count
    var samples: [Int] = []
    try own.forEachRow(with: words, nil) { row in
      found.own += 1
      guard try known.number(row.cells).code < kinds else { return }
      count += 1
      if samples.count < RowSample.most { samples.append(row.number) }
    }
    note(samples)
  }

  private mutating func note(_ rows: [Int]) {
    first = Array((first + rows).sorted().prefix(RowSample.most))
  }
}
