import Compute
import Formats
import Platform
import Projects
import SystemPackage

@testable import Learning

extension FuzzTarget {
  /// JSON Lines as a table.
  static let jsonLines = FuzzTarget(
    name: "jsonl",
    seeds: [
      "{\"a\": 1, \"b\": \"x\"}\n{\"b\": null, \"c\": true}\n", "\n{\"a\":1e400}\r\n{\"a\":[{}]}",
      "{\"a\":1,\"a\":2}\n",
    ],
    words: ["{\"a\":", "null", "true", "NaN", "1e400", "[]", "{}", "\n", "\\u0000", "\\ud800"]
  ) { bytes in
    let naive: Table
    do throws(ParseFailure) {
      naive = try NaiveJSONLines.table(bytes)
    } catch {
      do throws(ParseFailure) {
        _ = try JSONLines.table(bytes, source: "t.jsonl")
      } catch let own {
        return require(own == error, "\(own), not \(error)")
      }
      return require(false, "a table, not \(error)")
    }
    let table = try JSONLines.table(bytes, source: "t.jsonl")
    hold(table)
    require(table.columns.map(\.kind) == naive.columns.map(\.kind), "other kinds")
    require(StreamedTable.cells(table) == StreamedTable.cells(naive), "other cells")
  }

  /// NumPy's arrays, MNIST's, and archives of arrays.
  static let numpy = FuzzTarget(
    name: "numpy", seeds: [], words: ["'descr'", "'<f8'", "'fortran_order': True", "(2, 3)", "PK"],
    binarySeeds: {
      [array("<f8", "(2, 2)", 32), array(">i2", "(3,)", 6), [0, 0, 8, 1, 0, 0, 0, 1, 7]]
    }
  ) { bytes in
    if let array = try? NumPyArray(parsing: bytes) {
      require(
        array.values.count == NumPyArray.count(of: array.shape), "a shape of other numbers")
      if let table = try? TableFile.table(array, source: nil) { hold(table) }
    }
    if let array = try? NumPyArray(parsingIDX: bytes),
      let table = try? TableFile.table(array, source: nil)
    {
      hold(table)
    }
    guard bytes.starts(with: Array("PK".utf8)) else { return }
    let file = workFolder.appending("t.npz")
    try FileSystem.write(bytes, to: file, durable: false)
    hold(try TableFile.arrays(ofArchive: file))
  }

  /// Parquet, as pyarrow wrote it.
  static let parquet = FuzzTarget(
    name: "parquet", seeds: [], words: ["PAR1", "PARE", "UTF8", "\u{15}\u{0}", "\u{4c}"],
    binarySeeds: { ParquetFixtures.all }
  ) { bytes in
    for asText in [false, true] {
      let file = try ParquetFile(parsing: bytes)
      let names = asText ? Set(file.columns.map(\.name)) : []
      let table = try TableFile.parquet({ file }, asText: names, source: nil, threads: 1)
      hold(table)
      holdSame(table, try ParquetStream({ file }, source: nil, partSize: 64))
    }
  }

  /// Databases that somebody else may have written.
  static let sqlite = FuzzTarget(
    name: "sqlite", seeds: [],
    words: ["SQLite format 3\u{0}", "CREATE TABLE", "CREATE VIEW", "table"],
    binarySeeds: {
      [
        SQLiteSamples.bytes(
          "CREATE TABLE t (a, b TEXT); INSERT INTO t VALUES (1, 'x'), (2.5, NULL);"),
        SQLiteSamples.bytes(
          "CREATE TABLE t (a INTEGER PRIMARY KEY, b) WITHOUT ROWID; CREATE VIEW v AS SELECT b FROM t;"
        ),
      ]
    }
  ) { bytes in
    let file = workFolder.appending("t.sqlite")
    try FileSystem.write(bytes, to: file, durable: false)
    let database = try SQLiteFile(file)
    for table in try database.tables.prefix(3) {
      let place = TablePlace(FilePath("\(file)#\(table)"))
      let table = try SQLiteTable.read(place, asText: [])
      hold(table)
      holdSame(table, try SQLiteStream(place, partSize: 64))
    }
  }

  /// A table that could be read as a whole can be read row by row, and is the same.
  private static func holdSame(_ table: Table, _ stream: any TableStream) {
    do {
      let texts = try StreamedTable.read(stream, .text, threads: 2)
      let numbers = try StreamedTable.read(stream, .declaredNumbers, threads: 1)
      require(texts.names == table.columns.map(\.name), "other columns")
      for (index, column) in table.columns.enumerated() {
        let own = column.kind == .text ? texts.columns[index] : numbers.columns[index]
        require(own.texts == StreamedTable.cells(table)[index], "other cells in \(column.name)")
      }
    } catch {
      require(false, "a table that is none as a stream: \(error)")
    }
  }

  private static func array(_ type: String, _ shape: String, _ size: Int) -> [UInt8] {
    let header = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
      + [UInt8](repeating: 3, count: size)
  }

  /// What has to hold for every table.
  private static func hold(_ table: Table) {
    for column in table.columns {
      require(column.count == table.rowCount, "columns of different lengths")
      guard case .codes(let codes, let categories) = column.values else { continue }
      require(
        codes.allSatisfy { $0 >= -1 && $0 < Int32(categories.count) }, "a code without a category")
    }
  }
}
