import Formats
import Platform
import Support
import Testing

@Suite("CSV reading") struct CSVReaderTests {
  @Test(
    "records are those of RFC 4180",
    arguments: [
      ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
      ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
      ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
      ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
      ("\"a,\"\"x\"\"\",\"b\nc\"\n,\n", [["a,\"x\"", "b\nc"], ["", ""]]),
      ("\u{FEFF}a\n1\n", [["a"], ["1"]]),
      ("\u{FEFF}\"a\"\n1\n", [["a"], ["1"]]),
      ("a\n\n  \n\t\n1\n\n", [["a"], ["1"]]),
      ("a\n\"\"\n", [["a"], [""]]),
      ("a\n \"x\"\n", [["a"], [" \"x\""]]),
      ("\"ab\"cd,e\"f\n", [["abcd", "e\"f"]]),
      ("\"a\"\"\"b,c\n", [["a\"b", "c"]]),
      ("\"a\r\nb\",c\r\n", [["a\r\nb", "c"]]),
      (",\n", [["", ""]]),
      ("", []),
      ("\n\r\n", []),
      (" \t ", []),
      ("é,日本\n", [["é", "日本"]]),
    ] as [(String, [[String]])])
  func records(text: String, expected: [[String]]) throws {
    #expect(try read(Array(text.utf8)) == expected)
  }

  @Test(
    "other delimiters and quotes", arguments: [(";", "\""), ("\t", "\""), ("|", "'"), (" ", "\"")])
  func dialects(delimiter: Character, quote: Character) throws {
    let dialect = CSVDialect(
      delimiter: try #require(delimiter.asciiValue), quote: try #require(quote.asciiValue))
    let text = "a\(delimiter)\(quote)b\(delimiter)c\(quote)\n"
    #expect(try read(Array(text.utf8), dialect) == [["a", "b\(delimiter)c"]])
  }

  @Test("a line of delimiters is no blank line") func tabs() throws {
    #expect(try read(Array("a\tb\n\t\n".utf8), .tabs) == [["a", "b"], ["", ""]])
  }

  @Test(
    "broken text is refused where it breaks",
    arguments: [
      ("a,b\n1,2,3\n", "expected 2 fields, found 3", 2, 1),
      ("a,b\n1,2\n\n3\n", "expected 2 fields, found 1", 4, 1),
      ("a\n1,2\n", "expected 1 field, found 2", 2, 1),
      ("a,b\n\"x\ny\",1\n3\n", "expected 2 fields, found 1", 4, 1),
      ("a,b\r\n\"x\r\ny\",1\r\n3\r\n", "expected 2 fields, found 1", 4, 1),
      ("a,b\r\"x\ry\",1\r3\r", "expected 2 fields, found 1", 4, 1),
      ("a,b\né,\"x\n1,2\n", "a quoted field that is never closed", 2, 3),
      ("\u{FEFF}\"x", "a quoted field that is never closed", 1, 1),
      ("a\n\"x\"\"", "a quoted field that is never closed", 2, 1),
    ])
  func refuses(text: String, message: String, line: Int, column: Int) {
    let problem = #expect(throws: ParseFailure.self) { try read(Array(text.utf8)) }
    #expect(problem?.message == message)
    #expect(problem?.line == line)
    #expect(problem?.column == column)
  }

  @Test(
    "UTF-16 is refused", arguments: [[0xFF, 0xFE, 0x61, 0], [0xFE, 0xFF, 0, 0x61]] as [[UInt8]])
  func utf16(bytes: [UInt8]) {
    let problem = #expect(throws: ParseFailure.self) { try CSVReader(bytes) }
    #expect(problem?.message == "the text is UTF-16")
  }

  @Test(
    "delimiters that cannot be told apart are refused",
    arguments: [("\"", "\""), ("\n", "\""), ("\r", "\""), ("\0", "\"")])
  func unusable(delimiter: Character, quote: Character) throws {
    let dialect = CSVDialect(
      delimiter: try #require(delimiter.utf8.first), quote: try #require(quote.asciiValue))
    #expect(throws: ParseFailure.self) { try CSVReader([], dialect: dialect) }
  }

  @Test("limits hold") func limits() throws {
    let limits = CSVLimits(fields: 3, fieldBytes: 4)
    #expect(try read(Array("a,b,cccc\n".utf8), limits: limits).count == 1)
    #expect(throws: ParseFailure.self) { try read(Array("a,b,c,d\n".utf8), limits: limits) }
    #expect(throws: ParseFailure.self) { try read(Array("abcde\n".utf8), limits: limits) }
    #expect(throws: ParseFailure.self) { try read(Array("\"ab\"\"cd\"\n".utf8), limits: limits) }
  }

  @Test("blocks of any size give the same records", arguments: [1, 2, 3, 7, 1000])
  func blocks(size: Int) throws {
    let text = (0..<50).map { "\($0),\"x\"\"\($0)\",\n" }.joined()
    let bytes = Array(text.utf8)
    var reader = try CSVReader(bytes)
    var block = CSVBlock()
    var second: [String] = []
    var lines: [Int] = []
    while try reader.read(into: &block, records: size) > 0 {
      lines += block.lines
      bytes.withUnsafeBufferPointer { text in
        for record in 0..<block.recordCount {
          block.withFields(ofRecord: record, in: text) { fields in
            second.append(String(decoding: fields[1], as: UTF8.self))
          }
        }
      }
    }
    #expect(second == (0..<50).map { "x\"\($0)" })
    #expect(lines == Array(1...50))
  }

  @Test("random bytes are records or a failure, never a crash", arguments: 0..<20)
  func hostile(seed: UInt64) {
    var generator = SeededRandom(seed: seed)
    let alphabet = Array("\",,;\n\r\t ab\u{0}\u{80}\u{FF}".utf8) + [0xEF, 0xBB, 0xBF, 0xFF, 0xFE]
    for _ in 0..<500 {
      let bytes = (0..<Int(generator.next() % 40)).map { _ in
        alphabet[Int(generator.next() % UInt64(alphabet.count))]
      }
      guard let records = try? read(bytes) else { continue }
      #expect(Set(records.map(\.count)).count <= 1)
    }
  }

  private func read(
    _ bytes: [UInt8], _ dialect: CSVDialect = .commas, limits: CSVLimits = CSVLimits()
  ) throws -> [[String]] {
    var reader = try CSVReader(bytes, dialect: dialect, limits: limits)
    var records: [[String]] = []
    while let record = try reader.next() { records.append(record) }
    return records
  }
}

@Suite("CSV writing") struct CSVWriterTests {
  @Test("quotes only what has to be quoted") func quotes() {
    var writer = CSVWriter()
    writer.write(["a", "b,c", "say \"x\"", "", "two\nlines", " d "])
    writer.write([""])
    writer.write([])
    let text = "a,\"b,c\",\"say \"\"x\"\"\",,\"two\nlines\", d \n\"\"\n\n"
    #expect(String(decoding: writer.bytes, as: UTF8.self) == text)
  }

  @Test("a byte order mark that is a field's own is no mark of the file") func mark() throws {
    var writer = CSVWriter()
    writer.write(["\u{FEFF}a", "b"])
    var reader = try CSVReader(writer.bytes)
    #expect(try reader.next() == ["\u{FEFF}a", "b"])
  }

  @Test("what is written reads back the same", arguments: 0..<20)
  func roundTrip(seed: UInt64) throws {
    var generator = SeededRandom(seed: seed)
    let pieces = [",", "\"", "\n", "\r", " ", "a", "é", "\t", ";"]
    let width = 1 + Int(generator.next() % 4)
    let records = (0..<30).map { _ in
      (0..<width).map { _ in
        (0..<Int(generator.next() % 5)).map { _ in
          pieces[Int(generator.next() % UInt64(pieces.count))]
        }.joined()
      }
    }
    var writer = CSVWriter()
    for record in records { writer.write(record) }
    var reader = try CSVReader(writer.bytes)
    for record in records { #expect(try reader.next() == record) }
    #expect(try reader.next() == nil)
  }
}
