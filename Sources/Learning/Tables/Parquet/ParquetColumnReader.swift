import Compute
import Formats
import Platform

/// Reads a column of a Parquet file, page by page.
struct ParquetColumnReader {
  let file: ParquetFile
  /// Which of the file's columns, and what the table calls it.
  let index: Int
  let name: String
  /// Whether numbers and truth values are wanted as text.
  let asText: Bool

  var column: ParquetColumn { file.columns[index] }

  /// - Throws: ``ParseFailure`` for what is no column of a table.
  func check() throws(ParseFailure) { _ = try kind }

  private var kind: ParquetKind {
    get throws(ParseFailure) { try ParquetKind(column, named: name) }
  }

  func read() throws -> Column {
    switch try kind {
    case .text: return try text()
    case _ where asText: return try text()
    case .numbers(let areWhole): return try numbers(areWhole: areWhole)
    case .truths:
      let column = try numbers(areWhole: false)
      // As in CSV: truth values with missing ones among them are text.
      return column.missingCount > 0
        ? try text() : Column(name: name, kind: .bool, values: column.values)
    }
  }

  private func pages(
    _ body: (ParquetPage, ParquetColumnChunk) throws(ParseFailure) -> Void
  ) throws {
    for group in 0..<file.groupCount where file.rowCount(ofGroup: group) > 0 {
      var chunk = try file.chunk(index, group: group)
      while let page = try chunk.next() { try body(page, chunk) }
    }
  }

  private func numbers(areWhole: Bool) throws -> Column {
    let converter = ParquetNumbers(column: column)
    var numbers: [Double] = []
    numbers.reserveCapacity(file.rowCount)
    var dictionary: [Double]?
    var group = -1
    try pages { (page, chunk) throws(ParseFailure) in
      if chunk.group != group { (group, dictionary) = (chunk.group, nil) }
      if dictionary == nil, let stored = chunk.dictionary {
        dictionary = converter.doubles(stored, dictionary: [])
      }
      let values = converter.doubles(page.values, dictionary: dictionary ?? [])
      guard let isPresent = page.isPresent else {
        numbers += values
        return
      }
      var next = 0
      for isPresent in isPresent {
        numbers.append(isPresent ? values[next] : .nan)
        next += isPresent ? 1 : 0
      }
    }
    // pandas' integers have no missing value: one makes the column a float.
    let isWhole = areWhole && !numbers.isEmpty && !numbers.contains(where: \.isNaN)
    return Column(name, numbers, kind: isWhole ? .int : .float)
  }

  private func text() throws -> Column {
    let speller = ParquetText(column: column)
    var builder = TextBuilder(name: name, rows: file.rowCount)
    /// Of the dictionary's values.
    var known: [Int32]?
    var group = -1
    try pages { (page, chunk) throws(ParseFailure) in
      if chunk.group != group { (group, known) = (chunk.group, nil) }
      if known == nil, let stored = chunk.dictionary {
        known = try codes(stored, speller, builder)
      }
      let codes: [Int32]
      if case .indices(let indices) = page.values {
        let known = known ?? []
        codes = indices.map { known[Int($0)] }
      } else {
        codes = try self.codes(page.values, speller, builder)
      }
      var next = 0
      for row in 0..<page.rowCount {
        let isPresent = page.isPresent?[row] ?? true
        builder.append(code: isPresent ? codes[next] : -1)
        next += isPresent ? 1 : 0
      }
    }
    return builder.finish()
  }

  private func codes(
    _ values: ParquetValues, _ speller: ParquetText, _ builder: TextBuilder
  ) throws(ParseFailure) -> [Int32] {
    var codes: [Int32] = []
    codes.reserveCapacity(values.count)
    try speller.forEach(values) { (text) throws(ParseFailure) in
      codes.append(try text.map { (text) throws(ParseFailure) in try builder.code(of: text) } ?? -1)
    }
    return codes
  }
}
