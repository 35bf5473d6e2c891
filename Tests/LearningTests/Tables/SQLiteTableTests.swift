import Compute
import Platform
import Support
import SystemPackage
import Testing

@testable import Learning

@Suite("Tables of SQLite databases") struct SQLiteTableTests {
  private let folder = try? TemporaryFolder()

  private func database(_ statements: String, name: String = "store.sqlite") throws -> FilePath {
    let bytes = SQLiteSamples.bytes(statements)
    try #require(!bytes.isEmpty, "the statements do not run")
    let path = try #require(folder).path.appending(name)
    try FileSystem.write(bytes, to: path)
    return path
  }

  @Test("a column is what its cells are; text behind numbers makes all of them text")
  func kinds() throws {
    let path = try database(
      """
      CREATE TABLE t (i, f, n, t, m);
      INSERT INTO t VALUES (1, 1, 1, 'NA', 1), (2, 2.5, NULL, '', 2.50), (3, 3, 3, NULL, 'x');
      """)
    let table = try TableFile.read(path)
    #expect(table.columns.map(\.name) == ["i", "f", "n", "t", "m"])
    #expect(table.columns.map(\.kind) == [.int, .float, .float, .text, .text])
    guard case .codes(let codes, let categories) = table.columns[4].values,
      case .codes(let texts, let words) = table.columns[3].values
    else { return }
    #expect(codes == [0, 1, 2])
    #expect(categories == ["1", "2.5", "x"])
    #expect(texts == [0, 1, -1])
    #expect(words == ["NA", ""])
    #expect(table.source == "\(path)#t")
  }

  @Test("a database of several tables needs a name")
  func names() throws {
    let path = try database(
      "CREATE TABLE a (x); CREATE TABLE b (y); CREATE VIEW c AS SELECT 1 AS z;")
    #expect(throws: Failure.self) { try TableFile.read(path) }
    let failure = #expect(throws: Failure.self) { try TableFile.read(path) }
    #expect(failure?.message == "the database `\(path)` has 3 tables: a, b, c")
    #expect(failure?.hint == "name one: `store.sqlite#a`")
    #expect(try TableFile.read(FilePath("\(path)#C")).columns.map(\.name) == ["z"])
    let other = #expect(throws: Failure.self) { try TableFile.read(FilePath("\(path)#d")) }
    #expect(other?.message == "there is no table `d` in the database `\(path)`")
    #expect(other?.hint == "it has: a, b, c")
  }

  @Test("bytes are refused with column and row") func blobs() throws {
    let path = try database("CREATE TABLE t (a, b); INSERT INTO t VALUES (1, 2), (3, x'00');")
    let failure = #expect(throws: Failure.self) { try TableFile.read(path) }
    #expect(failure?.message == "column `b` holds bytes (a blob) in row 2")
  }

  @Test("a file whose own name holds a # comes first, and other files hold one table")
  func places() throws {
    let path = try database("CREATE TABLE t (a); INSERT INTO t VALUES (7);", name: "a#t")
    #expect(try TableFile.read(path).columns.map(\.name) == ["a"])
    #expect(try TableFile.read(FilePath("\(path)#t")).columns.map(\.name) == ["a"])
    let csv = try #require(folder).path.appending("t.csv")
    try FileSystem.write("x\n1\n", to: csv)
    let failure = #expect(throws: Failure.self) { try TableFile.read(FilePath("\(csv)#t")) }
    #expect(failure?.hint == "leave `#t` out")
  }

  @Test("a database whose rows are still in its log is refused, and nothing is made beside one")
  func logs() throws {
    let path = try database("CREATE TABLE t (a); INSERT INTO t VALUES (7);")
    var bytes = try FileSystem.read(path)
    // The mode with a log, as its header has it.
    (bytes[18], bytes[19]) = (2, 2)
    try FileSystem.write(bytes, to: path)
    #expect(try TableFile.read(path).rowCount == 1)
    #expect(try FileSystem.names(in: #require(folder).path) == ["store.sqlite"])
    try FileSystem.write("frames", to: FilePath("\(path)-wal"))
    let failure = #expect(throws: Failure.self) { try TableFile.read(path) }
    #expect(failure?.code == .conflict)
  }

  @Test("300 changed databases are read or refused") func mutations() throws {
    let path = try database(
      """
      CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT); CREATE VIEW v AS SELECT b FROM t;
      INSERT INTO t VALUES (1, 'x'), (2, NULL), (3, 'a longer text than the others');
      """)
    let bytes = try FileSystem.read(path)
    var random = SeededRandom(seed: 3)
    for _ in 0..<300 {
      var changed = bytes
      for _ in 0...random.pick([0, 1, 3]) {
        let place = 16 + Int(random.next() % UInt64(changed.count - 16))
        changed[place] = random.pick([0, 1, 0x7F, 0xFF, UInt8(truncatingIfNeeded: random.next())])
      }
      try FileSystem.write(changed, to: path, durable: false)
      for table in ["t", "v"] {
        do { _ = try TableFile.read(FilePath("\(path)#\(table)")) } catch is Failure {}
      }
    }
  }
}
