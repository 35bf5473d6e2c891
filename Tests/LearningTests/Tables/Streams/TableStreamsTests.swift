import Compute
import Formats
import Glibc
import Platform
import Projects
import Support
import SystemPackage
import Testing

@testable import Learning

@Suite("Tables as streams") struct TableStreamsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func file(_ name: String, _ bytes: [UInt8]) throws -> FilePath {
    let path = folder.path.appending(name)
    try FileSystem.write(bytes, to: path, durable: false)
    return path
  }

  /// Compares a file's stream with its whole table, or the failures of both.
  @discardableResult
  private func compare(_ path: FilePath, partSize: Int = 64) throws -> (any TableStream)? {
    let whole: Table
    do {
      whole = try TableFile.read(path)
    } catch {
      let expected = try #require(error as? Failure)
      #expect(throws: expected, "\(path)") {
        let stream = try TableStreams.open(path, dialect: nil, partSize: partSize)
        _ = try StreamedTable.read(stream, .numbers, threads: 2)
      }
      return nil
    }
    let stream = try TableStreams.open(path, dialect: nil, partSize: partSize)
    #expect(stream.source == whole.source)
    #expect(stream.rowCount == nil || stream.rowCount == whole.rowCount)
    let isText = stream.kinds.allSatisfy { $0 == nil } && !whole.lines.isEmpty
    var bounds: Set<[Int]> = []
    for threads in 1...3 {
      let texts = try StreamedTable.read(stream, .text, threads: threads)
      let places = try StreamedTable.read(stream, .bytes, threads: threads)
      let numbers = try StreamedTable.read(
        stream, isText ? .declaredNumbers : .numbers, threads: threads)
      StreamedTable.compare(whole, numbers: numbers, texts: texts, "\(path) \(threads)")
      #expect(places.columns.map(\.texts) == texts.columns.map(\.texts), "\(path)")
      #expect(places.columns.map(\.missing) == texts.columns.map(\.missing), "\(path)")
      #expect(texts.sources.subtracting([whole.source]).isEmpty)
      bounds.formUnion([texts.bounds, places.bounds, numbers.bounds])
    }
    #expect(bounds.count <= 1, "parts depend on threads: \(bounds)")
    return stream
  }

  private static let rows = Array(
    ((0..<200).map {
      "\($0),\(Double($0) / 8),w\($0 % 7),\($0 % 9 == 0 ? "NA" : "\"a,\n\($0)\"")\n"
    })
    .joined().utf8)

  @Test("delimited text, as it is, packed, and of every delimiter") func texts() throws {
    let comma = Array("a,b,c,d\n".utf8) + Self.rows
    try compare(file("t.csv", comma))
    for (name, delimiter) in [
      ("t.tsv", "\t"), ("semicolon.csv", ";"), ("bar.csv", "|"), ("t.tab", "\t"),
    ] {
      let text = String(decoding: comma, as: UTF8.self).replacing(",", with: delimiter)
      try compare(file(name, Array(text.utf8)))
    }
    for name in ["t.csv.gz", "t.csv", "t.tsv.gz"] { try compare(file(name, Packing.gzip(comma))) }
    try compare(
      file("two.csv.gz", Packing.gzip(Array(comma[..<999])) + Packing.gzip(Array(comma[999...]))))
    try compare(file("t.csv.zst", Packing.zstd(comma)))
    try compare(file("empty.csv", []))
    try compare(file("empty.csv.gz", Packing.gzip([])))
    try compare(file("header.csv", Array("a,b\n".utf8)))
    try compare(file("ragged.csv", comma + Array("1,2\n".utf8)))
    try compare(file("cut.csv.gz", Packing.gzip(comma).dropLast(20)))
    try compare(file("damaged.csv.gz", Packing.gzip(comma).dropLast(8) + [0, 0, 0, 0, 0, 0, 0, 0]))
    try compare(file("cut.csv.zst", Packing.zstd(comma).dropLast(20)))
    try compare(file("utf16.csv", [0xFF, 0xFE, 0x61, 0]))
    try compare(folder.path.appending("nowhere.csv"))
    try compare(FilePath("\(folder.path)/t.csv#part"))
    try compare(folder.path)
  }

  @Test("a dialect is found out from as much of the text as the whole reader looks at")
  func sniffing() throws {
    // A line of another delimiter behind what is looked at, and one at its very end.
    for size in [65_000, 65_536 - 7, 65_536 - 4, 65_536 - 3, 65_536, 70_000] {
      let head = "a;b\n" + String(repeating: "1;2\n", count: 12)
      let long =
        head + "1;" + String(repeating: "x", count: max(0, size - head.utf8.count)) + "\n3;4\n"
      try compare(file("t.csv", Array(long.utf8)))
    }
  }

  @Test("Parquet: every sample") func parquet() throws {
    for (index, bytes) in ParquetFixtures.all.enumerated() {
      try compare(file("\(index).parquet", bytes))
    }
    try compare(file("cut.parquet", Array(ParquetFixtures.plainV2Zstd.dropLast(9))))
  }

  @Test("SQLite: cells of every kind, tables and views, and what cannot be read") func sqlite()
    throws
  {
    let many = (0..<20_000).map { "(\($0), \($0).25, 'w\($0 % 11)', NULL)" }.joined(separator: ",")
    let path = try file(
      "t.sqlite",
      SQLiteSamples.bytes(
        """
        CREATE TABLE t (a INTEGER, b REAL, c TEXT, d); INSERT INTO t VALUES \(many);
        CREATE TABLE mixed (a, b INT, c DOUBLE); INSERT INTO mixed VALUES (1, 'x', 2), ('NA', 2, 'y'), (NULL, 2.5, ''), (9007199254740993, NULL, 1);
        CREATE TABLE none (a INT, b); CREATE VIEW v AS SELECT b, a + 1 AS sum FROM t;
        CREATE TABLE bytes (a, b); INSERT INTO bytes VALUES (1, 2), (1, x'00');
        """))
    let stream = try compare(FilePath("\(path)#t"))
    #expect(stream?.kinds == [.int, .float, .text, nil])
    for table in ["mixed", "none", "v", "bytes", "nothing"] {
      try compare(FilePath("\(path)#\(table)"))
    }
    try compare(path)
    // A column that is not wanted may hold what it likes.
    let bytes = try TableStreams.open(FilePath("\(path)#bytes"))
    let table = try StreamedTable.read(bytes, .text, threads: 1, readings: [.numbers, .skipped])
    #expect(table.columns[0].texts == ["1.0", "1.0"])
    let mixed = try TableStreams.open(FilePath("\(path)#mixed"))
    let declared = try StreamedTable.read(mixed, .declaredNumbers, threads: 1)
    #expect(declared.columns[0].texts == ["1.0", nil, nil, "9007199254740992.0"])
    #expect(declared.columns[0].strays == StrayCells(count: 1, first: [.init(row: 1, text: "NA")]))
    #expect(declared.columns.map(\.missing.count) == [1, 1, 0])
  }

  @Test("arrays of every type, order and shape, and archives of them") func arrays() throws {
    let types: [(String, Int)] = [
      ("|b1", 1), ("|i1", 1), ("|u1", 1), ("<i2", 2), (">i2", 2), ("<u4", 4), (">i4", 4),
      ("<i8", 8),
      (">u8", 8), ("<f2", 2), ("<f4", 4), (">f4", 4), ("<f8", 8), (">f8", 8),
    ]
    var random = SeededRandom(seed: 3)
    var arrays: [(String, [UInt8])] = []
    for (type, size) in types {
      for shape in [[7], [5, 3], [4, 2, 3], [0, 2], [9000, 20]] {
        for order in ["False", "True"] where shape.count > 1 || order == "False" {
          if shape[0] == 9000, type != "<f4" { continue }
          let count = shape.reduce(1, *) * size
          let bytes = Self.array(
            type, shape, order, (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) })
          let letters = type.replacing("<", with: "l").replacing(">", with: "b").replacing(
            "|", with: "")
          let name = "\(letters)-\(shape.count)-\(order)"
          try compare(file("\(name).npy", bytes))
          if shape == [5, 3] { arrays.append((name, bytes)) }
        }
      }
    }
    try ZipWriter.write(to: folder.path.appending("t.npz")) { zip in
      for (name, bytes) in arrays { _ = try zip.add("\(name).npy", bytes) }
      _ = try zip.add("readme.txt", Array("x".utf8))
    }
    try compare(folder.path.appending("t.npz"))
    try ZipWriter.write(to: folder.path.appending("unequal.npz")) { zip in
      _ = try zip.add("x.npy", Self.array("|u1", [2], "False", [1, 2]))
      _ = try zip.add("y.npy", Self.array("|u1", [3], "False", [1, 2, 3]))
    }
    try compare(folder.path.appending("unequal.npz"))
    try ZipWriter.write(to: folder.path.appending("none.npz")) { _ in }
    try compare(folder.path.appending("none.npz"))
    try compare(file("one.npy", Self.array("|u1", [], "False", [1])))
    try compare(file("cut.npy", Self.array("<f8", [9], "False", [1])))
    try compare(file("objects.npy", Self.array("|O", [1], "False", [1])))
    try compare(
      file("gzipped.npy.gz", Packing.gzip(Self.array("<i2", [3, 2], "True", Array(0..<12)))))
    let idx: [UInt8] = [0, 0, 0x0C, 2, 0, 0, 0, 2, 0, 0, 0, 2] + (0..<16).map { UInt8($0) }
    try compare(file("t-idx2-ubyte", idx))
    try compare(file("t-idx2-ubyte.gz", Packing.gzip(idx)))
  }

  private static func array(
    _ type: String, _ shape: [Int], _ order: String, _ body: [UInt8]
  ) -> [UInt8] {
    let sizes = shape.map { "\($0)," }.joined()
    let header = "{'descr': '\(type)', 'fortran_order': \(order), 'shape': (\(sizes)), }\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
      + body
  }

  @Test("JSON Lines, as they are and packed") func lines() throws {
    let text = (0..<300).map {
      "{\"a\": \($0), \"b\": \"x\($0 % 5)\", \"c\": \($0 % 3 == 0 ? "null" : "0.5")}\n"
    }.joined()
    try compare(file("t.jsonl", Array(text.utf8)))
    try compare(file("t.ndjson.gz", Packing.gzip(Array(text.utf8))))
    try compare(file("bad.jsonl", Array((text + "{").utf8)))
    try compare(file("empty.jsonl", []))
  }

  @Test("several files are one, in the order of their names, when their columns are the same")
  func patterns() throws {
    try FileSystem.createDirectory(folder.path.appending("parts"))
    for (name, rows) in [("b", "3,4\n5,6\n"), ("a", "1,2\n"), ("c", "7,8\n")] {
      _ = try file("parts/\(name).csv", Array(("x,y\n" + rows).utf8))
    }
    let stream = try TableStreams.open(folder.path.appending("parts/*.csv"))
    let table = try StreamedTable.read(stream, .numbers, threads: 2)
    #expect(table.names == ["x", "y"])
    #expect(table.columns[0].texts == ["1.0", "3.0", "5.0", "7.0"])
    #expect(table.lines == [2, 2, 3, 2])
    #expect(table.bounds == [0, 1, 3])
    #expect(table.sources.count == 3)
    #expect(stream.source == "\(folder.path)/parts/*.csv")
    _ = try file("parts/bad.csv", Array("x,z\n1,2\n".utf8))
    let failure = #expect(throws: Failure.self) {
      try TableStreams.open(folder.path.appending("parts/*.csv"))
    }
    #expect(
      failure?.message
        == "column 2 of `\(folder.path)/parts/bad.csv` is `z`, that of `\(folder.path)/parts/a.csv` is `y`"
    )
    _ = try file("parts/bad.csv", Array("x\n1\n".utf8))
    #expect(
      #expect(throws: Failure.self) { try TableStreams.open(folder.path.appending("parts/*.csv")) }?
        .message
        == "`\(folder.path)/parts/bad.csv` has 1 columns, `\(folder.path)/parts/a.csv` has 2")
    #expect(
      #expect(throws: Failure.self) { try TableStreams.open(folder.path.appending("no/*.csv")) }?
        .code == .notFound)
    // A file whose own name looks like a pattern is a file.
    let own = try file("[1].csv", Array("x\n1\n".utf8))
    #expect(try TableStreams.open(own).names == ["x"])
  }

  @Test("a pipe is read once") func pipes() async throws {
    let text = Array("a,b,c,d\n".utf8) + Self.rows
    for (name, bytes) in [("pipe.csv", text), ("pipe.csv.gz", Packing.gzip(text))] {
      let pipe = folder.path.appending(name)
      #expect(pipe.withPlatformString { mkfifo($0, 0o600) } == 0)
      let writer = Task.detached {
        let target = try FileDescriptor.open(pipe, .writeOnly)
        defer { try? target.close() }
        try FileSystem.writeAll(target.rawValue, bytes, to: pipe)
      }
      let stream = try TableStreams.open(pipe, dialect: nil, partSize: 100)
      #expect(!stream.canReadAgain)
      let table = try StreamedTable.read(stream, .text, threads: 2)
      try await writer.value
      #expect(
        table.columns.map(\.texts)
          == StreamedTable.cells(try TableFile.table(text, asText: ["a", "b"])))
      let failure = #expect(throws: Failure.self) {
        try StreamedTable.read(stream, .text, threads: 2)
      }
      #expect(failure?.code == .unsupported)
    }
  }

  @Test("a file that has changed since it was opened is told") func changed() throws {
    let path = try file("t.csv", Array("a,b\n1,2\n".utf8))
    let stream = try TableStreams.open(path)
    _ = try file("t.csv", Array("a,c\n1,2\n".utf8))
    let failure = #expect(throws: Failure.self) {
      try StreamedTable.read(stream, .text, threads: 1)
    }
    #expect(failure?.code == .conflict)
  }

  @Test(
    "declared types are read by SQLite's rules",
    arguments: [
      ("INTEGER", .int), ("bigint unsigned", .int), ("VARCHAR(20)", .text), ("clob", .text),
      ("REAL", .float), ("double precision", .float), ("BLOB", nil), ("DECIMAL(10,2)", nil),
      ("DATE", nil), ("", nil),
    ] as [(String, Column.Kind?)])
  func declaredTypes(type: String, kind: Column.Kind?) {
    #expect(SQLiteStream.kind(type) == kind)
  }
}
