/// What a part holds.
extension TablePart {
  package var columnCount: Int { columns.count }

  /// How a column's cells are at hand: a column of ``Reading/numbers`` may have become one of text.
  package func reading(of column: Int) -> Reading { columns[column].reading }

  /// Whether a column's cells are text, and some of them were read as numbers before that was known: they look missing.
  package func isLost(_ column: Int) -> Bool { columns[column].isLost }

  /// Whether a number of a column was written as a fraction, such as `1.0`, or cannot be whole.
  package func hasFraction(_ column: Int) -> Bool { columns[column].hasFraction }

  /// The cells of a column of numbers, NaN where one is missing or a stray; nil when it is none.
  package func numbers(of column: Int) -> UnsafeBufferPointer<Double>? {
    guard columns[column].reading.isOfNumbers else { return nil }
    return UnsafeBufferPointer(start: columns[column].numbers, count: rowCount)
  }

  /// What cells of a column of declared numbers are exactly, where a double does not say it; nil when it says all.
  package func greats(of column: Int) -> GreatWholes? {
    let notes = columns[column].notes.takeUnretainedValue()
    return notes.greats.isEmpty ? nil : notes.greats
  }

  /// The cells of a column of text; nil when it is none. No row may be added behind this.
  package func texts(of column: Int) -> TextCells? {
    let cells = columns[column]
    let codes = UnsafeBufferPointer(start: cells.codes, count: rowCount)
    if cells.reading == .bytes, cells.asked == .text {
      let notes = numbered(column)
      return TextCells(
        codes: codes,
        places: UnsafeBufferPointer(start: cells.places, count: rowCount), order: notes.order)
    }
    guard cells.reading == .text else { return nil }
    let notes = sorted(column)
    return TextCells(codes: codes, words: cells.words.takeUnretainedValue(), order: notes.order)
  }

  /// The cells of a column of bytes; nil when it is none.
  package func bytes(of column: Int) -> ByteCells? {
    guard columns[column].asked == .bytes else { return nil }
    return ByteCells(
      places: UnsafeBufferPointer(start: columns[column].places, count: rowCount))
  }

  /// The cells of a column of declared numbers that are none.
  package func strays(of column: Int) -> StrayCells {
    columns[column].notes.takeUnretainedValue().strays
  }

  /// How many cells of a column are missing; none of one that is skipped. Cells that are lost count as what they are.
  package func missing(of column: Int) -> MissingCells {
    let cells = columns[column]
    if isTyped { return MissingCells(count: typedMissingCount(cells)) }
    let notes = cells.reading == .text ? sorted(column) : cells.notes.takeUnretainedValue()
    var missing = MissingCells()
    for (word, count) in notes.missing.enumerated() where count > 0 {
      missing.count += count
      missing.spellings[Cell.missingWords[word].description] = count
    }
    return missing
  }

  private func typedMissingCount(_ cells: PartColumn) -> Int {
    let rows = 0..<rowCount
    switch cells.reading {
    case .skipped: return 0
    case .numbers, .declaredNumbers:
      let strays = cells.notes.takeUnretainedValue().strays.count
      return rows.count { cells.numbers[$0].isNaN } - strays
    case .text: return rows.count { cells.codes[$0] < 0 }
    case .bytes: return rows.count { cells.places[$0].count < 0 }
    }
  }

  /// Gives each cell of a column of text that was read as bytes a code of its own.
  private func numbered(_ column: Int) -> PartColumn.Notes {
    let notes = columns[column].notes.takeUnretainedValue()
    guard !notes.isSorted else { return notes }
    notes.isSorted = true
    let (codes, places) = (columns[column].codes, columns[column].places)
    var next: Int32 = 0
    for row in 0..<rowCount {
      let isThere = places[row].count >= 0
      codes[row] = isThere ? next : -1
      if isThere { next += 1 }
    }
    if Int(next) < rowCount {
      notes.order = (0..<rowCount).filter { codes[$0] >= 0 }.map(Int32.init)
    }
    return notes
  }

  /// Takes the words that stand for missing cells out of a column of text.
  private func sorted(_ column: Int) -> PartColumn.Notes {
    let notes = columns[column].notes.takeUnretainedValue()
    guard !notes.isSorted else { return notes }
    notes.isSorted = true
    let words = columns[column].words.takeUnretainedValue()
    guard !isTyped,
      (0..<words.count).contains(where: { Cell.missingWord(words.value($0)) != nil })
    else { return notes }
    var order: [Int32] = []
    var new = [Int32](repeating: -1, count: words.count)
    /// The missing word that a code stands for, by code.
    var missing: [Int: Int] = [:]
    for code in 0..<words.count {
      if let word = Cell.missingWord(words.value(code)) {
        missing[code] = word
      } else {
        new[code] = Int32(truncatingIfNeeded: order.count)
        order.append(Int32(truncatingIfNeeded: code))
      }
    }
    notes.order = order
    let codes = columns[column].codes
    for row in 0..<rowCount where codes[row] >= 0 {
      let code = Int(codes[row])
      codes[row] = new[code]
      if codes[row] < 0, let word = missing[code] { notes.missing[word] += 1 }
    }
    return notes
  }
}
