import Compute
import Learning

/// Reads rows of a table again, and compares the cells of those whose hashes are equal.
struct RowComparison: Sendable {
  let stream: any TableStream
  let readings: [TablePart.Reading]
  let places: [String: Int]
  let threads: Int
  let columns: [String]
  let budget: MemoryBudget

  var source: String { stream.source ?? "the table" }

  struct Outcome: Sendable {
    /// How many rows have one of the hashes.
    var rows = 0
    /// How many of these are equal to one before.
    var repeats = 0
    /// The first of those.
    var first: [Int] = []
  }

  /// - Parameter words: hashes, in ascending order.
  /// - Throws: ``Failure``: the table cannot be read again.
  func compare(_ words: [UInt64], _ filter: RowExpression?) throws -> Outcome {
    var outcome = Outcome()
    // So many that their cells fit into memory, at 64 bytes a row.
    let step = max(1 << 10, budget.limit / 64)
    for start in stride(from: 0, to: words.count, by: step) {
      let found = try compare(Array(words[start..<min(words.count, start + step)])[...], filter)
      outcome.rows += found.rows
      outcome.repeats += found.repeats
      outcome.first = Array((outcome.first + found.first).sorted().prefix(RowSample.most))
    }
    return outcome
  }

  private struct Sight: Sendable {
    var rowCount: Int
    /// Rows with one of the hashes, and where the bytes of each end.
    var rows: [Int] = []
    var ends: [Int] = []
    var bytes: [UInt8] = []
  }

  private func compare(_ words: ArraySlice<UInt64>, _ filter: RowExpression?) throws -> Outcome {
    let wanted = WordSet(words)
    let known = WordTable()
    var outcome = Outcome()
    var firstRow = 0
    try stream.read(readings, threads: threads) { part -> Sight in
      var block = RowBlock(part, places: places)
      if let filter { block.evaluate(filter) }
      return look(at: block, wanted, filter)
    } take: { sight in
      var start = 0
      for (row, end) in zip(sight.rows, sight.ends) {
        let isNew = sight.bytes[start..<end].withUnsafeBufferPointer { known.code(of: $0)?.isNew }
        start = end
        outcome.rows += 1
        guard isNew == false else { continue }
        outcome.repeats += 1
        if outcome.first.count < RowSample.most { outcome.first.append(firstRow + row) }
      }
      firstRow += sight.rowCount
    }
    return outcome
  }

  private func look(
    at block: RowBlock, _ wanted: WordSet, _ filter: RowExpression?
  ) -> Sight {
    var sight = Sight(rowCount: block.rowCount)
    let mask = block.mask(filter)
    let hashes = RowHash.rows(of: block, columns)
    for (row, hash) in hashes.enumerated() where hash != 0 && wanted.contains(hash) {
      if let mask, !mask[row] { continue }
      for column in columns { add(column, row, block, &sight.bytes) }
      sight.rows.append(row)
      sight.ends.append(sight.bytes.count)
    }
    return sight
  }

  /// What stands in a cell, so that no other cells give the same bytes: how long a text is stands before it.
  private func add(_ column: String, _ row: Int, _ block: RowBlock, _ bytes: inout [UInt8]) {
    func add(_ word: UInt64) {
      withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
    }
    if let cells = block.numbers(column) {
      add(cells[row].isNaN ? .max : PlainValue.bits(cells[row]))
    } else if let cells = block.texts(column) {
      guard cells.codes[row] >= 0 else { return add(.max) }
      let word = cells.word(Int(cells.codes[row]))
      add(UInt64(word.count))
      bytes.append(contentsOf: word)
    }
  }
}
