/// A column of a part, laid out for the inner loops. A part frees what it allocates.
struct PartColumn {
  /// What was asked for, and what has become of it.
  let asked: TablePart.Reading
  var reading: TablePart.Reading
  /// Of ``TablePart/capacity`` each; only the one that `reading` needs is used.
  var numbers: UnsafeMutablePointer<Double>
  var codes: UnsafeMutablePointer<Int32>
  var places: UnsafeMutablePointer<ByteCells.Place>
  /// Those of a column of text; in a part of a text, missing ones and numbers as they are spelled are among them.
  let words: Unmanaged<WordTable>
  let notes: Unmanaged<Notes>
  /// A number that is not whole was among them.
  var hasFraction = false
  /// Numbers were read, and their spelling is needed.
  var isLost = false
  /// How often a column of text has been read as bytes since it was seen whether its cells differ.
  private var fillsAsBytes = 0

  /// What is seldom written to.
  final class Notes {
    /// How often each of ``Cell/missingWords`` stood in a column that is none of text.
    var missing = [Int](repeating: 0, count: Cell.missingWords.count)
    var strays = StrayCells()
    /// Of declared numbers.
    var greats = GreatWholes()
    let bytes = ByteStore()
    /// What else cells point into.
    var kept: [AnyObject] = []
    /// Whether codes of missing words have become -1, and those of others follow each other.
    var isSorted = false
    /// Which words are left then; nil when all.
    var order: [Int32]?

    func removeAll() {
      for index in missing.indices where missing[index] != 0 { missing[index] = 0 }
      if strays.count > 0 { strays = StrayCells() }
      if !greats.isEmpty { greats.removeAll() }
      bytes.removeAll()
      if !kept.isEmpty { kept = [] }
      isSorted = false
      order = nil
    }
  }

  init(_ reading: TablePart.Reading, capacity: Int) {
    asked = reading
    self.reading = reading
    numbers = .allocate(capacity: reading.isOfNumbers ? capacity : 0)
    codes = .allocate(capacity: reading == .text ? capacity : 0)
    places = .allocate(capacity: reading == .bytes ? capacity : 0)
    words = .passRetained(WordTable())
    notes = .passRetained(Notes())
  }

  func deallocate() {
    numbers.deallocate()
    codes.deallocate()
    places.deallocate()
    words.release()
    notes.release()
  }

  mutating func grow(_ rows: Int, to capacity: Int) {
    switch reading {
    case .numbers, .declaredNumbers: Self.grow(&numbers, rows, to: capacity)
    case .text: Self.grow(&codes, rows, to: capacity)
    case .bytes:
      Self.grow(&places, rows, to: capacity)
      // Nothing is in them yet.
      if asked == .text { Self.grow(&codes, 0, to: capacity) }
    case .skipped: break
    }
  }

  private static func grow<Value>(
    _ values: inout UnsafeMutablePointer<Value>, _ count: Int, to capacity: Int
  ) {
    let new = UnsafeMutablePointer<Value>.allocate(capacity: capacity)
    new.moveInitialize(from: values, count: count)
    values.deallocate()
    values = new
  }

  /// Forgets all rows, and keeps the memory.
  ///
  /// - Parameter rows: as many as there were.
  mutating func removeAll(rows: Int, capacity: Int) {
    let chosen = asked == .text ? nextTextReading(rows) : asked
    words._withUnsafeGuaranteedRef { $0.removeAll() }
    notes._withUnsafeGuaranteedRef { $0.removeAll() }
    hasFraction = false
    isLost = false
    guard reading != chosen else { return }
    if asked == .text {
      places.deallocate()
      places = .allocate(capacity: chosen == .bytes ? capacity : 0)
      codes.deallocate()
      codes = .allocate(capacity: capacity)
      reading = chosen
      return
    }
    codes.deallocate()
    codes = .allocate(capacity: 0)
    numbers.deallocate()
    numbers = .allocate(capacity: capacity)
    reading = asked
  }

  /// Text whose cells mostly differ is not looked up: that would cost more than it saves. Now and then it is seen whether they
  /// still do.
  private mutating func nextTextReading(_ rows: Int) -> TablePart.Reading {
    if reading == .bytes {
      fillsAsBytes += 1
      return fillsAsBytes < 64 ? .bytes : .text
    }
    fillsAsBytes = 0
    let different = words._withUnsafeGuaranteedRef { $0.count }
    return rows >= 256 && different > rows / 4 * 3 ? .bytes : .text
  }

  /// Makes a column of numbers one of text, of which the first rows are missing, or are lost.
  mutating func becomeText(rows: Int, capacity: Int) {
    isLost = (0..<rows).contains { !numbers[$0].isNaN }
    numbers.deallocate()
    numbers = .allocate(capacity: 0)
    codes.deallocate()
    codes = .allocate(capacity: capacity)
    codes.initialize(repeating: -1, count: rows)
    reading = .text
  }

  func noteMissing(_ word: Int, count: Int = 1) {
    notes._withUnsafeGuaranteedRef { $0.missing[word] += count }
  }

  func noteGreat(_ value: GreatWhole, row: Int) {
    notes._withUnsafeGuaranteedRef { $0.greats.append(value, row: row) }
  }

  func noteStray(_ text: UnsafeBufferPointer<UInt8>, row: Int) {
    notes._withUnsafeGuaranteedRef { $0.strays.append(text, row: row) }
  }
}
