/// The cells of a column of text in some rows: each different text once, or where most differ each cell by itself. Valid as long as
/// the part holds these rows.
package struct TextCells {
  /// For each row which word stands there; -1 where the cell is missing.
  package let codes: UnsafeBufferPointer<Int32>
  /// How many words there are, each of which stands in a row.
  package let wordCount: Int

  private let source: Source
  /// Which of the source's words these are; nil when all.
  private let order: [Int32]?

  private enum Source {
    case words(WordTable)
    case places(UnsafeBufferPointer<ByteCells.Place>)
  }

  init(codes: UnsafeBufferPointer<Int32>, words: WordTable, order: [Int32]?) {
    self.codes = codes
    source = .words(words)
    self.order = order
    wordCount = order?.count ?? words.count
  }

  /// - Parameter order: the rows that have a cell; nil when all have.
  init(
    codes: UnsafeBufferPointer<Int32>, places: UnsafeBufferPointer<ByteCells.Place>,
    order: [Int32]?
  ) {
    self.codes = codes
    source = .places(places)
    self.order = order
    wordCount = order?.count ?? places.count
  }

  /// A word's bytes, UTF-8; words are in the order of their first rows.
  @inline(__always)
  package func word(_ code: Int) -> UnsafeBufferPointer<UInt8> {
    let index = order.map { Int($0[code]) } ?? code
    switch source {
    case .words(let words): return words.value(index)
    case .places(let places):
      return UnsafeBufferPointer(start: places[index].start, count: max(0, places[index].count))
    }
  }

  /// The cell of a row as text; nil when it is missing.
  package func text(_ row: Int) -> String? {
    let code = Int(codes[row])
    return code < 0 ? nil : String(decoding: word(code), as: UTF8.self)
  }
}
