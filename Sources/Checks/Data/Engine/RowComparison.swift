import Compute
import Learning
import Platform

/// Reads rows of a table again, and compares the cells of those whose hashes are equal.
struct RowComparison: Sendable {
  let stream: any TableStream
  let readings: [TablePart.Reading]
  let places: [String: Int]
  let threads: Int
  let columns: [String]
  /// One whose cells are wanted too, and do not belong to the hash.
  var label: String?
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

  /// So many hashes at a time that their cells fit into memory, at 64 bytes a row.
  var step: Int { max(1 << 10, budget.limit / 64) }

  /// - Parameter words: hashes, each once.
  /// - Throws: ``Failure``: the table cannot be read again.
  func compare(_ words: WordStore, _ filter: RowExpression?) throws -> Outcome {
    var outcome = Outcome()
    try words.forEachChunk(of: step) { chunk in
      let known = WordTable()
      var first: [Int] = []
      try forEachRow(with: chunk, filter) { row in
        outcome.rows += 1
        guard try !known.number(row.cells).isNew else { return }
        outcome.repeats += 1
        if first.count < RowSample.most { first.append(row.number) }
      }
      outcome.first = Array((outcome.first + first).sorted().prefix(RowSample.most))
    }
    return outcome
  }

  /// A row as it is compared.
  struct Row {
    var number: Int
    /// What stands in its cells, so that other cells have other bytes.
    var cells: UnsafeBufferPointer<UInt8>
    /// The same of the label.
    var label: UnsafeBufferPointer<UInt8>
  }

  /// Gives the rows that have one of some hashes, in order.
  func forEachRow(
    with words: [UInt64], _ filter: RowExpression?, _ body: (Row) throws -> Void
  ) throws {
    let wanted = WordSet(words)
    var firstRow = 0
    try stream.read(readings, threads: threads) { part -> Sight in
      var block = RowBlock(part, places: places)
      if let filter { block.evaluate(filter) }
      return look(at: block, wanted, filter)
    } take: { sight in
      try sight.bytes.withUnsafeBufferPointer { bytes in
        var start = 0
        for (index, row) in sight.rows.enumerated() {
          let (middle, end) = sight.ends[index]
          try body(
            Row(
              number: firstRow + row, cells: UnsafeBufferPointer(rebasing: bytes[start..<middle]),
              label: UnsafeBufferPointer(rebasing: bytes[middle..<end])))
          start = end
        }
      }
      firstRow += sight.rowCount
    }
  }

  /// What is told when another number of rows has the hashes than before.
  var change: Failure {
    Failure(
      .conflict, "`\(source)` has changed while it was tested",
      hint: "test it when nobody writes to it")
  }

  private struct Sight: Sendable {
    var rowCount: Int
    /// Rows with one of the hashes, and where the bytes of the cells and of the label of each end.
    var rows: [Int] = []
    var ends: [(Int, Int)] = []
    var bytes: [UInt8] = []
  }

  private func look(
    at block: RowBlock, _ wanted: WordSet, _ filter: RowExpression?
  ) -> Sight {
    var sight = Sight(rowCount: block.rowCount)
    let mask = block.mask(filter)
    let hashes = RowHash.words(of: block, columns).words
    for (row, hash) in hashes.enumerated() where hash != 0 && wanted.contains(hash) {
      if let mask, !mask[row] { continue }
      for column in columns { add(column, row, block, &sight.bytes) }
      let middle = sight.bytes.count
      if let label { add(label, row, block, &sight.bytes) }
      sight.rows.append(row)
      sight.ends.append((middle, sight.bytes.count))
    }
    return sight
  }

  /// What stands in a cell, so that no other cells give the same bytes: how long a text is stands before it.
  private func add(_ column: String, _ row: Int, _ block: RowBlock, _ bytes: inout [UInt8]) {
    func add(_ word: UInt64) {
      withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
    }
    if let cells = block.numbers(column) {
      if let great = block.greats(column)?[row] {
        // What no number's bits are stands in front.
        add(.max - 1)
        add(UInt64(truncatingIfNeeded: great.value))
        return add(great.value < 0 ? 1 : 0)
      }
      add(cells[row].isNaN ? .max : PlainValue.bits(cells[row]))
    } else if let cells = block.texts(column) {
      guard cells.codes[row] >= 0 else { return add(.max) }
      let word = cells.word(Int(cells.codes[row]))
      add(UInt64(word.count))
      bytes.append(contentsOf: word)
    }
  }
}

extension WordTable {
  /// The number of some bytes, a new one when they come for the first time.
  ///
  /// - Throws: ``Failure``: there are too many.
  func number(_ bytes: UnsafeBufferPointer<UInt8>) throws -> (code: Int, isNew: Bool) {
    guard let (code, isNew) = code(of: bytes) else {
      throw Failure(.unsupported, "there are too many different rows to compare")
    }
    return (Int(code), isNew)
  }
}
