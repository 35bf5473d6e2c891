import Compute
import Learning
import Platform
import Support
import SystemPackage
import Testing

@Suite("Tables from files") struct TableFileTests {
  @Test("a column that turns to text late is read as it is spelled") func lateText() throws {
    let rows = (0..<9000).map { "\($0).50,\($0)\n" }.joined()
    let table = try TableFile.table(Array(("x,y\n" + rows + "end,1\n").utf8))
    #expect(table.rowCount == 9001)
    #expect(table.columns.map(\.kind) == [.text, .int])
    guard case .codes(_, let categories) = table.columns[0].values else { return }
    #expect(categories.first == "0.50")
    #expect(categories.last == "end")
    #expect(table.columns[0].census == Column.Census(numbers: 9000, texts: 1, firstText: 9000))
    #expect(table.lines.last == 9002)
  }

  @Test(
    "nameless and repeated columns get pandas' names",
    arguments: [
      ("a,a,a", ["a", "a.1", "a.2"]), (",b,", ["Unnamed: 0", "b", "Unnamed: 2"]),
      ("a,a.1,a", ["a", "a.1", "a.2"]), ("a,a,a.1", ["a", "a.2", "a.1"]),
      ("a,a,a.1,a.1", ["a", "a.2", "a.1", "a.1.1"]),
      (",Unnamed: 0,", ["Unnamed: 0.1", "Unnamed: 0", "Unnamed: 2"]),
      ("a,a,a,a.2,a.1", ["a", "a.3", "a.4", "a.2", "a.1"]),
    ])
  func names(header: String, expected: [String]) throws {
    let table = try TableFile.table(Array((header + "\n").utf8))
    #expect(table.columns.map(\.name) == expected)
    #expect(table.rowCount == 0)
  }

  @Test("rows know their lines") func lines() throws {
    let table = try TableFile.table(
      Array("a,b\r\n\r\n\"x\r\ny\",1\r\n2,3\r\n".utf8), source: "t.csv")
    #expect(Array(table.lines) == [3, 5])
    #expect(table.location(row: 1) == SourceLocation(file: "t.csv", line: 5))
    #expect(table.location() == SourceLocation(file: "t.csv"))
  }

  @Test("random bytes are a table or a failure with a line, never a crash", arguments: 0..<10)
  func hostile(seed: UInt64) {
    let words: [[UInt8]] =
      [
        ",", ",", ",", "\n", "\n", "\r\n", "\"", "NA", "1", "-2.5", "1e999", "inf", "x", "True",
        " ", "é",
      ].map { Array($0.utf8) } + [[0xFF], [0], [0xC3], [0xEF, 0xBB, 0xBF]]
    var stream = RandomStream(seed: seed, purpose: "hostile")
    for _ in 0..<300 {
      let bytes = (0..<stream.integer(below: 60)).flatMap { _ in
        words[stream.integer(below: words.count)]
      }
      do {
        let table = try TableFile.table(bytes)
        #expect(table.columns.allSatisfy { $0.count == table.rowCount })
        #expect(table.lines.count == table.rowCount)
        #expect(Set(table.columns.map { Array($0.name.utf8) }).count == table.columns.count)
      } catch {
        #expect(error.line != nil || error.message == "the file is empty")
      }
    }
  }

  @Test("the table is the same in whatever parts it is read", arguments: 0..<12)
  func parts(seed: UInt64) throws {
    var stream = RandomStream(seed: seed, purpose: "parts")
    let cells = [
      "1", "-2.5", "0", "1e3", "12345678901234567890", "", "NA", "x", "\"a,b\"", "\"two\nlines\"",
      "\"q\"\"q\"",
      "\"plain\"", "True", " 7 ", "5\" pipe", "inf", "-0", "한", ".5", "+3",
    ]
    for _ in 0..<25 {
      // Few kinds of cells in a table, so that some columns are of numbers.
      let own = (0..<1 + stream.integer(below: 6)).map { _ in cells[stream.integer(below: 20)] }
      let width = 1 + stream.integer(below: 4)
      let end = ["\n", "\r\n", "\r"][stream.integer(below: 3)]
      var text = (0..<width).map { "c\($0)" }.joined(separator: ",") + end
      for _ in 0..<stream.integer(below: 40) {
        if stream.integer(below: 9) == 0 {
          text += stream.integer(below: 2) == 0 ? end : "  " + end
        }
        let row = (0..<width).map { _ in own[stream.integer(below: own.count)] }
        text += row.joined(separator: ",") + end
      }
      if stream.integer(below: 3) == 0 { text.removeLast() }
      if stream.integer(below: 8) == 0 { text += "1,2,3,4,5" + end + "x" }
      let bytes = Array(text.utf8)
      func outcome(_ size: Int, _ threads: Int) -> String {
        do {
          let table = try TableFile.table(bytes, threads: threads, partSize: size)
          return "\(table.columns) \(Array(table.lines))"
        } catch { return "\(error)" }
      }
      let whole = outcome(1 << 30, 1)
      for size in [1, 2, 3, 7, 20, 50] {
        #expect(outcome(size, 1 + size % 3) == whole, "\(size): \(text.debugDescription)")
      }
    }
  }

  @Test("lines without keys, and arrays without rows and of any width, are no tables")
  func nothing() throws {
    let folder = try TemporaryFolder()
    let lines = folder.path.appending("t.jsonl")
    try FileSystem.write("{}\n{}\n", to: lines)
    #expect(throws: Failure.self) { try TableFile.read(lines) }
    let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (0, 4294967296, 4294967296), }"
    let array = folder.path.appending("t.npy")
    let start = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0]
    try FileSystem.write(start + Array(header.utf8), to: array)
    #expect(throws: Failure.self) { try TableFile.read(array) }
  }
}
