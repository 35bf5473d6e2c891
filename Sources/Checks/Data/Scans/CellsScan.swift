import Compute

/// A word for each cell of a column, in the order of the rows, so that columns can be set beside each other.
///
/// 8 bytes a row: a number itself, seconds of a time, or a hash of a text. Two texts with one hash count as one here, which among
/// a million different ones happens once in forty million tables.
final class CellsScan: Scan, @unchecked Sendable {
  struct Sight: Sendable {
    var words: [UInt64] = []
    var hasTexts = false
  }

  /// A cell without a value.
  static let missing = Double.nan.bitPattern

  let column: String
  let type: ColumnType?
  let filter: RowExpression?
  /// One word for each row.
  let store: WordStore
  let budget: MemoryBudget
  /// Whether words are hashes of texts, some at least.
  private(set) var hasTexts = false
  /// Of times.
  private let format: TimeFormat?

  /// - Parameter type: nil: numbers where each cell of the column reads as one, and texts otherwise.
  init(
    _ column: String, as type: ColumnType?, where filter: RowExpression?, _ budget: MemoryBudget
  ) {
    self.column = column
    self.type = type
    self.filter = filter
    self.budget = budget
    store = WordStore(budget)
    switch type {
    case .date: format = TimeFormat("%Y-%m-%d")
    case .dateTime(let text): format = text.map { TimeFormat($0) } ?? .iso
    default: format = nil
    }
  }

  func look(at block: RowBlock) -> Sight {
    var sight = Sight()
    let mask = block.mask(filter)
    let rows = (0..<block.rowCount).filter { mask?[$0] ?? true }
    if let numbers = block.numbers(column) {
      sight.words = rows.map {
        numbers[$0].isNaN ? Self.missing : PlainValue.bits(numbers[$0])
      }
    } else if let cells = block.texts(column) {
      let words = (0..<cells.wordCount).map { word(cells.word($0), &sight.hasTexts) }
      sight.words = rows.map { row in
        let code = Int(cells.codes[row])
        return code < 0 ? Self.missing : words[code]
      }
    }
    return sight
  }

  func take(_ sight: Sight, at place: BlockPlace) throws {
    hasTexts = hasTexts || sight.hasTexts
    try store.append(sight.words)
  }

  private func word(_ bytes: UnsafeBufferPointer<UInt8>, _ hasTexts: inout Bool) -> UInt64 {
    // A time that cannot be read is none.
    if let format { return format.seconds(bytes).map(PlainValue.bits) ?? Self.missing }
    if type == nil {
      switch Cell(bytes) {
      case .whole(let value), .number(let value): return PlainValue.bits(value)
      case .missing, .text: break
      }
    }
    hasTexts = true
    let hash = RowHash.of(bytes)
    return hash == Self.missing ? 1 : hash
  }
}
