import Notebooks
import Platform
import Testing

@Suite("JSON of notebooks") struct NotebookJSONTests {
  private func read(_ text: String) throws(ParseFailure) -> NotebookJSON {
    try NotebookJSON(parsing: Array(text.utf8))
  }

  @Test(
    "numbers are written as Python writes them",
    arguments: [
      ("1", "1"), ("-0", "0"), ("123456789012345678901234567890", "123456789012345678901234567890"),
      ("1.50", "1.5"), ("1.0", "1.0"), ("1e2", "100.0"), ("0.0000001", "1e-07"), ("1E16", "1e+16"),
      ("1e400", "Infinity"), ("-1e400", "-Infinity"), ("1e-400", "0.0"), ("-0.0", "-0.0"),
      ("NaN", "NaN"), ("Infinity", "Infinity"), ("-Infinity", "-Infinity"),
    ])
  func numbers(text: String, expected: String) throws {
    #expect(try read(text).text() == expected)
  }

  @Test(
    "texts that are no JSON are refused at their place",
    arguments: [
      ("", 1, 1), ("{", 1, 2), ("[1,]", 1, 4), ("{\n \"a\" 1}", 2, 6), ("01", 1, 1),
      ("\"a\nb\"", 1, 3), ("\"\\x\"", 1, 2), ("\"\\u12g4\"", 1, 2), ("\"open", 1, 1), ("1 2", 1, 3),
      ("nul", 1, 1), ("-", 1, 2), ("1.", 1, 3), ("1e", 1, 3), ("{\"é\": tru}", 1, 7),
    ])
  func refused(text: String, line: Int, column: Int) {
    let failure = #expect(throws: ParseFailure.self) { try read(text) }
    #expect(failure?.line == line && failure?.column == column, "\(String(describing: failure))")
  }

  @Test("bytes that are not UTF-8 are refused at their place")
  func notUTF8() {
    let failure = #expect(throws: ParseFailure.self) {
      try NotebookJSON(parsing: [0x5B, 0x0A, 0x22, 0xFF, 0x22, 0x5D])
    }
    #expect(failure?.line == 2 && failure?.column == 2)
  }

  @Test("values may lie 500 deep, and no deeper")
  func depth() throws {
    let deep = { (count: Int) in
      String(repeating: "[", count: count) + String(repeating: "]", count: count)
    }
    #expect(try read(deep(500)).array?.count == 1)
    #expect(throws: ParseFailure.self) { try read(deep(501)) }
    #expect(throws: ParseFailure.self) { try read(deep(100_000)) }
  }

  @Test("escapes are read, and lone surrogates become U+FFFD")
  func escapes() throws {
    let text = #""\ud83d\ude00 \ud800 \udc00\ud800x \ud800\u0041 \b\f\n\r\t\/\\\" é""#
    #expect(
      try read(text).string
        == "😀 \u{FFFD} \u{FFFD}\u{FFFD}x \u{FFFD}A \u{8}\u{C}\n\r\t/\\\" é")
  }

  @Test("keys are told apart and sorted by code points, the last of equal ones stays")
  func keys() throws {
    let text =
      "{\"b\": 1, \"\u{65}\u{301}\": 2, \"\u{e9}\": 3, \"b\": 4, \"\u{10000}\": 5, \"\u{ffff}\": 6}"
    #expect(
      try read(text).text()
        == "{\n \"b\": 4,\n \"\u{65}\u{301}\": 2,\n \"\u{e9}\": 3,\n \"\u{ffff}\": 6,\n \"\u{10000}\": 5\n}"
    )
  }

  @Test("members are set, changed in place and taken away")
  func members() {
    var value: NotebookJSON = ["z": 1, "a": [true, .null, 1.5]]
    value["m"] = "text"
    value["z"] = nil
    value["new"]?["inner"] = 1
    #expect(value == ["a": [true, .null, 1.5], "m": "text"])
    var object: NotebookObject = [:]
    object["list", default: []]["inner"] = 2
    #expect(object == ["list": ["inner": 2]])
    #expect(object.removeValue(forKey: "list") == ["inner": 2])
    #expect(object.isEmpty)
  }

  @Test("control characters are escaped, and nothing else")
  func written() {
    let value: NotebookJSON = .string("\u{1}\u{1f}\u{7f}\u{8}\u{c}\n\r\t\"\\/\u{2028}é😀")
    #expect(value.text() == "\"\\u0001\\u001f\u{7f}\\b\\f\\n\\r\\t\\\"\\\\/\u{2028}é😀\"")
  }

  @Test("a text of megabytes is written in pieces and whole")
  func pieces() throws {
    let long = String(repeating: "0123456789abcde\n", count: 100_000) + "\"end\""
    var largest = 0
    var bytes: [UInt8] = []
    try NotebookJSONWriter.write(to: { piece in
      largest = max(largest, piece.count)
      bytes += piece
    }) { try $0.write([.string(long), .string(String(repeating: "x", count: 1_000_000))]) }
    let value = try NotebookJSON(parsing: bytes)
    #expect(value.array?[0].string == long)
    #expect(value.array?[1].string?.count == 1_000_000)
    #expect(largest < 1 << 20)
  }
}
