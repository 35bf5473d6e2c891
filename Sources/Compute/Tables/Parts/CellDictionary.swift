import Platform

/// Words that cells of typed parts are taken from by number, so that none is looked up for each row that has it.
///
/// It is used for one column, by one thread at a time; parts keep it as long as their cells point into it.
package final class CellDictionary {
  package let count: Int
  private let storage: UnsafeMutablePointer<UInt8>
  fileprivate let places: UnsafeMutablePointer<ByteCells.Place>
  /// For each word its code in the part that is filled; ``unknown`` until it is met there.
  fileprivate let codes: UnsafeMutablePointer<Int32>
  fileprivate static let unknown: Int32 = -2
  /// The words as numbers, and whether each is a fraction or none at all; empty until they are needed.
  private var numbers: [Double] = []
  private var kinds: [NumberKind] = []
  /// The first word that is no text; nil until it is looked for.
  private var firstBad: Int??

  fileprivate enum NumberKind: UInt8 {
    case missing, whole, fraction, stray
  }

  /// - Parameters:
  ///   - words: one behind the other.
  ///   - ranges: where in them each stands; nil for one that means a missing cell.
  package init(_ words: [UInt8], _ ranges: some Collection<Range<Int>?>) {
    count = ranges.count
    let storage = UnsafeMutablePointer<UInt8>.allocate(capacity: words.count)
    words.withUnsafeBufferPointer { words in
      if let base = words.baseAddress { storage.update(from: base, count: words.count) }
    }
    self.storage = storage
    places = .allocate(capacity: count)
    codes = .allocate(capacity: count)
    for (index, range) in ranges.enumerated() {
      (places + index).initialize(to: .missing)
      guard let range else { continue }
      precondition(range.lowerBound >= 0 && range.upperBound <= words.count, "a word elsewhere")
      places[index] = ByteCells.Place(
        start: UnsafePointer(storage + range.lowerBound), count: range.count)
    }
    beginPart()
  }

  deinit {
    storage.deallocate()
    places.deallocate()
    codes.deallocate()
  }

  /// Forgets the codes that words had in the part before.
  package func beginPart() { codes.initialize(repeating: Self.unknown, count: count) }

  fileprivate func word(_ index: Int) -> UnsafeBufferPointer<UInt8>? {
    let place = places[index]
    return place.count < 0 ? nil : UnsafeBufferPointer(start: place.start, count: place.count)
  }

  /// The first word that is not UTF-8.
  fileprivate var bad: Int? {
    if let firstBad { return firstBad }
    let bad = (0..<count).first { index in word(index).map { !UTF8Bytes.areValid($0) } ?? false }
    firstBad = .some(bad)
    return bad
  }

  fileprivate func withNumbers(
    _ body: (UnsafeBufferPointer<Double>, UnsafeBufferPointer<NumberKind>) -> Void
  ) {
    if numbers.isEmpty {
      numbers = Array(repeating: .nan, count: count)
      kinds = Array(repeating: .missing, count: count)
      for index in 0..<count {
        guard let word = word(index) else { continue }
        switch Cell(word) {
        case .whole(let value): (numbers[index], kinds[index]) = (value, .whole)
        case .number(let value): (numbers[index], kinds[index]) = (value, .fraction)
        case .missing, .text: kinds[index] = .stray
        }
      }
    }
    numbers.withUnsafeBufferPointer { numbers in
      kinds.withUnsafeBufferPointer { body(numbers, $0) }
    }
  }
}

extension TablePart {
  /// Sets the cells of some rows to words of a dictionary, which has begun this part.
  ///
  /// - Parameters:
  ///   - indices: of words, all of which must be there.
  ///   - row: the first row.
  /// - Throws: ``ParseFailure`` for a dictionary with text that is not UTF-8.
  /// - Precondition: the column is none of ``Reading/numbers``.
  package func setWords(
    _ indices: UnsafeBufferPointer<Int32>, of dictionary: CellDictionary, _ column: Int, row: Int
  ) throws(ParseFailure) {
    if dictionary.bad != nil { throw notUTF8(column) }
    switch columns[column].reading {
    case .skipped: break
    case .numbers: preconditionFailure("text in a column of numbers")
    case .bytes:
      keep(dictionary, column)
      let places = columns[column].places + row
      for (place, index) in indices.enumerated() { places[place] = dictionary.places[Int(index)] }
    case .text:
      let (codes, known) = (columns[column].codes + row, dictionary.codes)
      for (place, index) in indices.enumerated() {
        let index = Int(index)
        if known[index] == CellDictionary.unknown {
          known[index] =
            try dictionary.word(index).map { (word) throws(ParseFailure) in
              try code(of: word, column)
            } ?? -1
        }
        codes[place] = known[index]
      }
    case .declaredNumbers:
      let target = columns[column].numbers + row
      var hasFraction = false
      dictionary.withNumbers { numbers, kinds in
        for (place, index) in indices.enumerated() {
          let index = Int(index)
          target[place] = numbers[index]
          hasFraction = hasFraction || kinds[index] == .fraction
          if kinds[index] == .stray, let word = dictionary.word(index) {
            columns[column].noteStray(word, row: row + place)
          }
        }
      }
      if hasFraction { columns[column].hasFraction = true }
    }
  }

  /// Sets the cells of some rows to texts one after the other.
  ///
  /// - Parameters:
  ///   - bytes: that the texts lie in.
  ///   - places: where each begins and how many bytes it has; all must lie in the bytes.
  /// - Throws: ``ParseFailure`` for text that is not UTF-8.
  package func setTexts(
    _ bytes: UnsafeBufferPointer<UInt8>,
    _ places: UnsafeBufferPointer<(start: UInt32, count: UInt32)>, _ column: Int, row: Int
  ) throws(ParseFailure) {
    func text(_ index: Int) -> UnsafeBufferPointer<UInt8> {
      let place = places[index]
      return UnsafeBufferPointer(
        start: bytes.baseAddress.map { $0 + Int(place.start) }, count: Int(place.count))
    }
    switch columns[column].reading {
    case .skipped: break
    case .bytes:
      // All at once: most often they lie one behind the other.
      let total = places.reduce(0) { $0 + Int($1.count) }
      let first = Int(places.lazy.map(\.start).min() ?? 0)
      let end = places.lazy.map { Int($0.start) + Int($0.count) }.max() ?? 0
      guard let base = bytes.baseAddress, end - first <= 2 * total + 4096 else {
        for index in places.indices { try setBytes(text(index), column, row: row + index) }
        return
      }
      let kept = columns[column].notes._withUnsafeGuaranteedRef { notes in
        notes.bytes.keep(UnsafeBufferPointer(start: base + first, count: end - first))
      }
      let target = columns[column].places + row
      for (index, place) in places.enumerated() {
        guard UTF8Bytes.areValid(text(index)) else { throw notUTF8(column) }
        target[index] = ByteCells.Place(
          start: kept.baseAddress.map { $0 + Int(place.start) - first }, count: Int(place.count))
      }
    case .text:
      let target = columns[column].codes + row
      let problem = columns[column].words._withUnsafeGuaranteedRef { words -> Bool in
        for index in places.indices {
          let text = text(index)
          if let code = words.knownCode(of: text) {
            target[index] = code
          } else if UTF8Bytes.areValid(text), let (code, _) = words.code(of: text) {
            target[index] = code
          } else {
            return true
          }
        }
        return false
      }
      if problem {
        // Says which, and why.
        for index in places.indices { try setWord(text(index), column, row: row + index) }
      }
    case .numbers, .declaredNumbers:
      for index in places.indices { try setText(text(index), column, row: row + index) }
    }
  }
}
