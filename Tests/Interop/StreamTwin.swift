import Compute
import Formats
import Learning
import Platform
import SystemPackage
import Testing

/// A table that is read row by row must be the one that is read as a whole.
enum StreamTwin {
  /// Cells of a column as text, nil where missing; numbers bit for bit.
  typealias Cells = [String?]

  static func compare(
    _ path: FilePath, dialect: CSVDialect? = nil, with table: Table, _ about: Comment
  ) throws {
    // Few rows in a part, so that pages and parts end in different places; and many.
    try compare(
      TableStreams.open(path, dialect: dialect, partSize: 200 + 100 * table.columns.count),
      threads: 2, with: table, about)
    try compare(TableStreams.open(path, dialect: dialect), threads: 1, with: table, about)
  }

  private static func compare(
    _ stream: any TableStream, threads: Int, with table: Table, _ about: Comment
  ) throws {
    #expect(stream.names == table.columns.map(\.name), about)
    #expect(stream.source == table.source, about)
    #expect(stream.rowCount == nil || stream.rowCount == table.rowCount, about)
    let texts = try cells(stream, .text, threads)
    let bytes = try cells(stream, .bytes, threads)
    #expect(texts == bytes, about)
    let numbers = try cells(stream, .declaredNumbers, threads)
    for (index, column) in table.columns.enumerated() {
      let (own, whole): (Cells, Cells) =
        switch column.values {
        case .codes(let codes, let categories):
          (texts[index], codes.map { $0 < 0 ? nil : categories[Int($0)] })
        case .numbers(let values) where column.kind == .bool && stream.kinds[index] == nil:
          (texts[index].map { $0?.lowercased() }, values.map { $0 == 1 ? "true" : "false" })
        case .numbers(let values):
          (numbers[index], values.map(spelled))
        }
      #expect(own.count == whole.count, "\(about) \(column.name)")
      if let row = zip(own, whole).map({ $0 == $1 }).firstIndex(of: false) {
        #expect(own[row] == whole[row], "\(about) \(column.name), row \(row), as a stream")
      }
    }
  }

  private static func spelled(_ value: Double) -> String? {
    value.isNaN ? nil : String(value.bitPattern, radix: 16)
  }

  private static func cells(
    _ stream: any TableStream, _ reading: TablePart.Reading, _ threads: Int
  ) throws -> [Cells] {
    var all = stream.names.map { _ in Cells() }
    try stream.read(stream.names.map { _ in reading }, threads: threads) { part in
      (0..<part.columnCount).map { column -> Cells in
        if let numbers = part.numbers(of: column) { return numbers.map(spelled) }
        if let texts = part.texts(of: column) { return (0..<part.rowCount).map { texts.text($0) } }
        guard let bytes = part.bytes(of: column) else { return [] }
        return (0..<bytes.count).map { row in
          bytes[row].map { String(decoding: $0, as: UTF8.self) }
        }
      }
    } take: { part in
      for (column, cells) in part.enumerated() { all[column] += cells }
    }
    return all
  }
}
