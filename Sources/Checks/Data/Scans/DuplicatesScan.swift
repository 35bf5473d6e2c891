import Compute

/// Rows that are equal in some columns. A row in which all of these are missing is equal to none.
///
/// A word of 8 bytes is kept for each row: a number itself, or a hash of the row's cells. Rows whose hashes are equal are read once
/// more and compared, so that what is found is exact.
final class DuplicatesScan: ComparingScan, @unchecked Sendable {
  let columns: [String]
  let filter: RowExpression?
  /// One word for each row, 0 where nothing is there.
  let store: WordStore
  let budget: MemoryBudget
  /// Reads rows again; set when the table is.
  private(set) var comparison: RowComparison?
  /// Whether a word stands for one number only, which it does when the column is one of numbers, each of them a double.
  private(set) var isExact = true

  struct Sight: Sendable {
    var words: [UInt64]
    var areExact: Bool
  }

  /// Rows that are not the first of their kind.
  struct Finding: Sendable {
    /// The first of them.
    var rows: [Int] = []
    var count = 0
    /// Rows that have a value.
    var considered = 0
  }

  init(_ columns: [String], where filter: RowExpression?, _ budget: MemoryBudget) {
    self.columns = columns
    self.filter = filter
    self.budget = budget
    store = WordStore(budget)
  }

  var comparedColumns: [String] { columns }

  func canCompare(by comparison: RowComparison) { self.comparison = comparison }

  func look(at block: RowBlock) -> Sight {
    var (words, areExact) = RowHash.words(of: block, columns)
    if let mask = block.mask(filter) {
      for row in words.indices where !mask[row] { words[row] = 0 }
    }
    return Sight(words: words, areExact: areExact)
  }

  func take(_ sight: Sight, at place: BlockPlace) throws {
    if !sight.areExact { isExact = false }
    try store.append(sight.words)
  }

  func finding() throws -> Finding {
    var finding = Finding()
    let repeated = try RepeatedWords(in: store, budget)
    finding.considered = repeated.considered
    guard repeated.count > 0 else { return finding }
    guard !isExact, let comparison else {
      finding.count = repeated.count
      finding.rows = try firstRows(repeated)
      return finding
    }
    let found = try comparison.compare(repeated.words, filter)
    guard found.rows == repeated.rows else { throw comparison.change }
    (finding.count, finding.rows) = (found.repeats, found.first)
    return finding
  }

  /// The first rows whose word stood in a row before.
  private func firstRows(_ repeated: RepeatedWords) throws -> [Int] {
    struct Enough: Error {}
    var rows: [Int] = []
    // So many words at a time as fit into memory; later ones only matter in rows before those that were found.
    try repeated.words.forEachChunk(of: max(1 << 10, budget.limit / 64)) { chunk in
      let wanted = WordSet(chunk)
      let last = rows.count == RowSample.most ? rows[rows.count - 1] : .max
      var (own, seen, row): ([Int], Set<UInt64>, Int) = ([], [], 0)
      do {
        try store.forEachBlock { words in
          for word in words {
            if word != 0, wanted.contains(word), !seen.insert(word).inserted { own.append(row) }
            if own.count == RowSample.most || row == last { throw Enough() }
            row += 1
          }
        }
      } catch is Enough {}
      rows = Array((rows + own).sorted().prefix(RowSample.most))
    }
    return rows
  }
}
