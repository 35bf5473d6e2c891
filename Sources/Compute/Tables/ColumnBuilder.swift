import Platform

/// Puts a column together from the parts of a table, in their order, typed as pandas' `read_csv` does.
///
/// A column of numbers stays one until a part has text in it. The spelling of its numbers is gone then: it
/// ``needsSecondReading`` of all parts, with cells kept as text.
package struct ColumnBuilder {
  package let name: String
  /// Whether the parts must be read once more, this column as text.
  package private(set) var needsSecondReading = false

  private var isText: Bool
  private var numbers: [Double] = []
  private var hasFraction = false
  private var hasNumbers = false
  private var codes: [Int32] = []
  private let words = WordTable()
  /// What each word is, and in how many rows it stands.
  private var cells: [Cell] = []
  private var counts: [Int] = []
  private var count = 0

  /// - Parameter rows: how many there will be, about.
  package init(name: String, asText: Bool = false, rows: Int = 0) {
    self.name = name
    isText = asText
    if asText { codes.reserveCapacity(rows) } else { numbers.reserveCapacity(rows) }
  }

  /// Adds the cells of a part's column, which is read as numbers or as text.
  package mutating func append(_ index: Int, of part: TablePart) {
    guard !needsSecondReading else { return }
    if let cells = part.numbers(of: index) {
      let hasOwn = cells.contains { !$0.isNaN }
      if isText {
        if hasOwn { return giveUp() }
        codes.append(contentsOf: repeatElement(-1, count: part.rowCount))
      } else {
        numbers.append(contentsOf: cells)
        hasFraction = hasFraction || part.hasFraction(index)
        hasNumbers = hasNumbers || hasOwn
      }
    } else if let texts = part.texts(of: index) {
      if part.isLost(index) || !isText && hasNumbers { return giveUp() }
      if !isText {
        isText = true
        codes = Array(repeating: -1, count: count)
        numbers = []
      }
      append(texts)
    }
    count += part.rowCount
  }

  private mutating func giveUp() {
    needsSecondReading = true
    numbers = []
    codes = []
  }

  private mutating func append(_ texts: TextCells) {
    var known: [Int32] = []
    known.reserveCapacity(texts.wordCount)
    for code in 0..<texts.wordCount {
      let word = texts.word(code)
      guard let (code, isNew) = words.code(of: word) else {
        known.append(-1)
        continue
      }
      known.append(code)
      guard isNew else { continue }
      cells.append(Cell(word))
      counts.append(0)
    }
    let start = codes.count
    codes.append(contentsOf: texts.codes)
    codes.withUnsafeMutableBufferPointer { codes in
      counts.withUnsafeMutableBufferPointer { counts in
        for row in start..<codes.count where codes[row] >= 0 {
          let code = known[Int(codes[row])]
          codes[row] = code
          if code >= 0 { counts[Int(code)] += 1 }
        }
      }
    }
  }

  /// The column of all cells so far.
  package consuming func finish() -> Column {
    isText ? text() : number()
  }

  private func number() -> Column {
    var census = Column.Census()
    for (row, value) in numbers.enumerated() where !value.isNaN {
      census.numbers += 1
      if value.isInfinite, census.firstInfinity == nil { census.firstInfinity = row }
    }
    // pandas' integers have no missing value: one makes the column a float.
    let isWhole = !hasFraction && census.numbers == count && count > 0
    return Column(
      name: name, kind: isWhole ? .int : .float, values: .numbers(numbers), census: census)
  }

  private func text() -> Column {
    let categories = words.strings
    let census = textCensus
    let truths = categories.map(Column.truth)
    if !truths.isEmpty, !truths.contains(nil), !codes.contains(-1) {
      let values = codes.map { truths[Int($0)] == true ? 1.0 : 0.0 }
      return Column(name: name, kind: .bool, values: .numbers(values), census: census)
    }
    return Column(
      name: name, kind: .text, values: .codes(codes, categories: categories), census: census)
  }

  private var textCensus: Column.Census {
    var census = Column.Census()
    /// Codes are in the order of first appearance: the first of a kind names the first row.
    var (firstText, firstInfinity): (Int32?, Int32?) = (nil, nil)
    for (code, cell) in cells.enumerated() {
      switch cell {
      case .text:
        census.texts += counts[code]
        if firstText == nil { firstText = Int32(code) }
      case .number(let value):
        census.numbers += counts[code]
        if value.isInfinite, firstInfinity == nil { firstInfinity = Int32(code) }
      case .whole: census.numbers += counts[code]
      case .missing: break
      }
    }
    census.firstText = firstText.flatMap { codes.firstIndex(of: $0) }
    census.firstInfinity = firstInfinity.flatMap { codes.firstIndex(of: $0) }
    return census
  }
}
