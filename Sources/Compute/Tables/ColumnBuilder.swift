import Platform

/// Collects the cells of one column and decides its type as pandas' `read_csv` does.
///
/// Numbers stay numbers until the first cell that is none. A column of numbers that turns out to be
/// text cannot be made text any more, because their spelling is gone: it then says
/// ``needsSecondReading``, and its cells have to be given once more to a builder made with
/// `asText`.
package struct ColumnBuilder: Sendable {
  package let name: String
  /// Whether the cells must be given once more to a builder made with `asText`.
  package private(set) var needsSecondReading = false

  private var census = Column.Census()
  private var state: State
  private var numbers: [Double] = []
  private var codes: [Int32] = []
  private var words = ByteDictionary()
  private var hasFraction = false
  package private(set) var rowCount = 0

  private enum State { case numbers, text }

  package init(name: String, asText: Bool = false) {
    self.name = name
    state = asText ? .text : .numbers
  }

  /// Adds the cells of the next rows.
  ///
  /// - Throws: ``ParseFailure``, without a line, for text that is not UTF-8; ``rowCount`` is then
  ///   the row it stands in.
  package mutating func append(
    _ cells: UnsafeBufferPointer<UnsafeBufferPointer<UInt8>>
  ) throws(ParseFailure) {
    var index = 0
    if state == .numbers { index = appendNumbers(cells) }
    while index < cells.count {
      try appendText(cells[index])
      rowCount += 1
      index += 1
    }
  }

  /// Adds cells up to the first one that is text, and returns how many that are.
  private mutating func appendNumbers(
    _ cells: UnsafeBufferPointer<UnsafeBufferPointer<UInt8>>
  ) -> Int {
    var wholes = 0
    let values = [Double](unsafeUninitializedCapacity: cells.count) { values, count in
      while count < cells.count {
        let value: Double
        switch Cell(cells[count]) {
        case .missing: value = .nan
        case .whole(let whole):
          wholes += 1
          value = whole
        case .number(let number):
          self.count(number, row: rowCount + count)
          value = number
        case .text: return
        }
        values.initializeElement(at: count, to: value)
        count += 1
      }
    }
    numbers += values
    census.numbers += wholes
    rowCount += values.count
    if values.count < cells.count { becomeText() }
    return values.count
  }

  private mutating func appendText(_ bytes: UnsafeBufferPointer<UInt8>) throws(ParseFailure) {
    switch Cell(bytes) {
    case .missing:
      codes.append(-1)
      return
    case .whole: census.numbers += 1
    case .number(let value): count(value, row: rowCount)
    case .text:
      census.texts += 1
      if census.firstText == nil { census.firstText = rowCount }
    }
    try appendWord(bytes)
  }

  private mutating func count(_ value: Double, row: Int) {
    census.numbers += 1
    hasFraction = true
    if value.isInfinite, census.firstInfinity == nil { census.firstInfinity = row }
  }

  private mutating func becomeText() {
    state = .text
    needsSecondReading = census.numbers > 0
    codes = Array(repeating: -1, count: rowCount)
    numbers = []
  }

  private mutating func appendWord(_ bytes: UnsafeBufferPointer<UInt8>) throws(ParseFailure) {
    guard let (code, isNew) = words.code(of: bytes) else {
      throw ParseFailure("column `\(name)` has too many different values")
    }
    if isNew, String(validating: bytes, as: UTF8.self) == nil {
      throw ParseFailure(
        "column `\(name)` holds text that is not UTF-8", hint: "save the file as UTF-8")
    }
    codes.append(code)
  }

  /// The column of all cells so far.
  package consuming func finish() -> Column {
    switch state {
    case .numbers:
      // pandas' integers have no missing value: one makes the column a float.
      let isWhole = !hasFraction && census.numbers == rowCount && rowCount > 0
      return Column(
        name: name, kind: isWhole ? .int : .float, values: .numbers(numbers), census: census)
    case .text:
      let categories = words.strings
      let truths = categories.map(Column.truth)
      if !truths.isEmpty, !truths.contains(nil), !codes.contains(-1) {
        let values = codes.map { truths[Int($0)] == true ? 1.0 : 0.0 }
        return Column(name: name, kind: .bool, values: .numbers(values), census: census)
      }
      return Column(
        name: name, kind: .text, values: .codes(codes, categories: categories), census: census)
    }
  }
}
