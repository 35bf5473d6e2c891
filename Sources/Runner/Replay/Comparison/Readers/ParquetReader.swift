import Formats
import Platform

/// Tables of Apache Parquet, column by column, whatever their groups, pages and packing are.
struct ParquetReader: ContentReader {
  var name: String { "parquet" }

  func compare(_ old: [UInt8], _ new: [UInt8], into findings: inout Findings) throws {
    let (a, b) = (try ParquetFile(parsing: old), try ParquetFile(parsing: new))
    let names = (a.columns.map(\.name), b.columns.map(\.name))
    guard names.0 == names.1 else {
      return findings.add {
        let place = zip(names.0, names.1).prefix { $0 == $1 }.count
        let shown = { (names: [String]) in
          place < names.count ? OneLine.quoted(names[place]) : "nothing"
        }
        return "column \(place + 1): \(shown(names.0)) became \(shown(names.1))"
      }
    }
    guard a.rowCount == b.rowCount else {
      return findings.add { "\(a.rowCount) rows became \(b.rowCount)" }
    }
    for column in a.columns.indices {
      try compareColumn(column, a, b, &findings)
    }
  }

  private func compareColumn(
    _ index: Int, _ old: ParquetFile, _ new: ParquetFile, _ findings: inout Findings
  ) throws {
    let column = old.columns[index]
    guard column.meaning == new.columns[index].meaning else {
      return findings.add { "column \(OneLine.quoted(column.name)): its type became another" }
    }
    var (left, right) = (ParquetCells(old, index), ParquetCells(new, index))
    for row in 0..<old.rowCount {
      try findings.step()
      let (x, y) = (try left.next(), try right.next())
      guard x != y else { continue }
      let place = { "row \(row), column \(OneLine.quoted(column.name))" }
      switch (x, y) {
      case (.number(let x), .number(let y)): findings.numbers(x, y, at: place)
      case (.whole(let x), .number(let y)): findings.numbers(Double(x), y, at: place)
      case (.number(let x), .whole(let y)): findings.numbers(x, Double(y), at: place)
      default:
        if case (.whole(let x), .whole(let y)) = (x, y) { findings.measure(Double(x), Double(y)) }
        findings.add { "\(place()): \(x.shown) became \(y.shown)" }
      }
    }
  }
}

/// The cells of a column from the first row to the last.
private struct ParquetCells {
  enum Cell: Equatable {
    case missing
    case bool(Bool)
    case whole(Int64)
    case number(Double)
    case bytes(ArraySlice<UInt8>)

    var shown: String {
      switch self {
      case .missing: "nothing"
      case .bool(let value): "\(value)"
      case .whole(let value): "\(value)"
      case .number(let value): "\(value)"
      case .bytes(let bytes): OneLine.quoted(String(decoding: bytes, as: UTF8.self))
      }
    }
  }

  private let file: ParquetFile
  private let column: Int
  private var group = 0
  private var chunk: ParquetColumnChunk?
  private var page: ParquetPage?
  /// In the page: the row that is next, and its value among those that are there.
  private var row = 0
  private var value = 0

  init(_ file: ParquetFile, _ column: Int) {
    self.file = file
    self.column = column
  }

  mutating func next() throws -> Cell {
    while row >= page?.rowCount ?? 0 {
      (row, value) = (0, 0)
      page = try chunk?.next()
      guard page == nil else { continue }
      guard group < file.groupCount else { throw ParseFailure("rows are missing") }
      chunk = try file.chunk(column, group: group)
      group += 1
    }
    guard let page else { throw ParseFailure("rows are missing") }
    defer { row += 1 }
    if let isPresent = page.isPresent, !(row < isPresent.count && isPresent[row]) {
      return .missing
    }
    defer { value += 1 }
    return try cell(page.values, value)
  }

  private func cell(_ values: ParquetValues, _ index: Int) throws -> Cell {
    guard index < values.count else { throw ParseFailure("values are missing") }
    switch values {
    case .booleans(let values): return .bool(values[index])
    case .int32s(let values): return .whole(Int64(values[index]))
    case .int64s(let values): return .whole(values[index])
    case .floats(let values): return .number(Double(values[index]))
    case .doubles(let values): return .number(values[index])
    case .bytes(let values):
      let bytes = values[index]
      guard file.columns[column].meaning == .float16, bytes.count == 2 else { return .bytes(bytes) }
      let (low, high) = (bytes[bytes.startIndex], bytes[bytes.startIndex + 1])
      return .number(HalfPrecision.double(UInt16(high) << 8 | UInt16(low)))
    case .indices(let places):
      guard let dictionary = chunk?.dictionary else { throw ParseFailure("no dictionary") }
      if case .indices = dictionary { throw ParseFailure("a dictionary of places") }
      return try cell(dictionary, Int(places[index]))
    }
  }
}
