import Compute
import Formats
import Platform

/// Fills a column of parts from the pages of a Parquet file, in their order. One thread uses it at a time.
final class ParquetFiller {
  private let file: ParquetFile
  /// Which of the file's columns, what it holds, and what the table calls it.
  private let index: Int
  private let kind: ParquetKind
  private let name: String
  /// Which of the table's columns.
  private let column: Int
  private let stored: ParquetColumn

  private var chunk: ParquetColumnChunk?
  private var page: ParquetPage?
  /// In the page: the row that is next, and its value among those that are there.
  private var row = 0
  private var value = 0

  /// The chunk's dictionary as numbers, or as words.
  private var numbers: [Double] = []
  private var words: CellDictionary?

  init(_ file: ParquetFile, _ index: Int, _ kind: ParquetKind, name: String, column: Int) {
    self.file = file
    self.index = index
    self.kind = kind
    self.name = name
    self.column = column
    stored = file.columns[index]
  }

  /// Fills the first rows of an empty part.
  func fill(_ part: TablePart, rows: Int, group: Int) throws {
    if chunk?.group != group {
      chunk = try file.chunk(index, group: group)
      page = nil
      numbers = []
      words = nil
    }
    words?.beginPart()
    var filled = 0
    while filled < rows {
      if page.map({ row == $0.rowCount }) ?? true {
        page = nil
        page = try chunk?.next()
        (row, value) = (0, 0)
        guard page != nil else {
          throw ParseFailure("column `\(name)`: rows are missing")
        }
      }
      guard let page else { break }
      let count = min(rows - filled, page.rowCount - row)
      switch part.reading(of: column) {
      case .skipped: break
      case .declaredNumbers where kind == .text: try fillTexts(part, page, from: filled, count)
      case .numbers, .declaredNumbers: try fillNumbers(part, page, from: filled, count)
      case .text, .bytes: try fillTexts(part, page, from: filled, count)
      }
      filled += count
      row += count
    }
  }

  /// The page's next values, and which of its next rows have one.
  private func present(_ page: ParquetPage, _ count: Int) -> (values: Range<Int>, ArraySlice<Bool>?)
  {
    guard let isPresent = page.isPresent?[row..<row + count] else {
      return (value..<value + count, nil)
    }
    return (value..<value + isPresent.count(where: \.self), isPresent)
  }

  private func fillNumbers(
    _ part: TablePart, _ page: ParquetPage, from first: Int, _ count: Int
  ) throws {
    let converter = ParquetNumbers(column: stored)
    if numbers.isEmpty, let dictionary = chunk?.dictionary {
      numbers = converter.doubles(dictionary, dictionary: [])
    }
    if kind == .numbers(areWhole: false) { part.setHasFraction(column) }
    let (values, isPresent) = present(page, count)
    let target = part.numbersToFill(column, from: first)
    guard let base = target.baseAddress else { return }
    converter.write(page.values, values, dictionary: numbers, to: base)
    let greats = converter.greats(
      page.values, values, numbers: base, dictionary: chunk?.dictionary)
    value = values.upperBound
    guard let isPresent else {
      for great in greats { part.setGreat(great.value, column, row: first + great.place) }
      return
    }
    if !greats.isEmpty {
      let rows = isPresent.indices.filter { isPresent[$0] }.map { $0 - isPresent.startIndex }
      for great in greats { part.setGreat(great.value, column, row: first + rows[great.place]) }
    }
    // From the last on, each value moves to its row.
    var next = values.count
    for place in (0..<count).reversed() {
      if isPresent[isPresent.startIndex + place] {
        next -= 1
        base[place] = base[next]
      } else {
        base[place] = .nan
      }
    }
  }

  private func fillTexts(
    _ part: TablePart, _ page: ParquetPage, from first: Int, _ count: Int
  ) throws {
    let (values, isPresent) = present(page, count)
    var next = values.lowerBound
    value = values.upperBound
    // Rows that have a value, and rows that have none, as they follow each other.
    var place = 0
    while place < count {
      guard let isPresent else {
        try fillTexts(part, page.values, values, row: first)
        return
      }
      let run = isPresent.dropFirst(place).prefix { $0 }.count
      try fillTexts(part, page.values, next..<next + run, row: first + place)
      next += run
      place += run
      while place < count, !isPresent[isPresent.startIndex + place] {
        part.setMissing(column, row: first + place)
        place += 1
      }
    }
  }

  /// Fills rows that all have a value.
  private func fillTexts(
    _ part: TablePart, _ values: ParquetValues, _ range: Range<Int>, row: Int
  ) throws(ParseFailure) {
    let text = ParquetText(column: stored)
    switch values {
    case .indices(let indices):
      guard let words = words ?? dictionary(text) else { break }
      self.words = words
      try indices.withUnsafeBufferPointer { (indices) throws(ParseFailure) in
        try part.setWords(
          UnsafeBufferPointer(rebasing: indices[range]), of: words, column, row: row)
      }
    case .bytes(let bytes) where text.isPlain:
      try bytes.withPlaces(range) { (bytes, places) throws(ParseFailure) in
        try part.setTexts(bytes, places, column, row: row)
      }
    default:
      var row = row
      try text.forEach(values, in: range) { (text) throws(ParseFailure) in
        if let text {
          try part.setText(text, column, row: row)
        } else {
          part.setMissing(column, row: row)
        }
        row += 1
      }
    }
  }

  /// The chunk's dictionary as text.
  private func dictionary(_ text: ParquetText) -> CellDictionary? {
    guard let stored = chunk?.dictionary else { return nil }
    if case .bytes(let bytes) = stored, text.isPlain {
      return CellDictionary(bytes.storage, (0..<bytes.count).map { bytes.range($0) })
    }
    var words: [UInt8] = []
    var ranges: [Range<Int>?] = []
    text.forEach(stored) { (text) throws(Never) in
      let start = words.count
      words += text.map(Array.init) ?? []
      ranges.append(text == nil ? nil : start..<words.count)
    }
    return CellDictionary(words, ranges)
  }
}
