import Formats
import Platform
import Support
import Testing

@Suite("JSON") struct JSONTests {
  @Test(
    "values are read and written back",
    arguments: [
      "null", "true", "false", "0", "-5", "9223372036854775807", "0.1", "-1.5", "\"\"",
      "\"a\\\"b\\\\c\\n\\t\\u0001é😀\"", "[]", "{}",
      "[1,[2,{\"a\":null}]]", "{\"b\":1,\"a\":2,\"b\":3}",
    ])
  func roundTrip(text: String) throws { #expect(try JSONValue(parsing: text).text() == text) }

  @Test(
    "what is no JSON is refused with its place",
    arguments: [
      ("", 1, 1), ("tru", 1, 1), ("[1,]", 1, 4), ("{\"a\" 1}", 1, 6), ("{a: 1}", 1, 2),
      ("01", 1, 3), ("1 2", 1, 3), ("\"a", 1, 3),
      ("[1\n,é]", 2, 2), ("\"\\x\"", 1, 3), ("1.", 1, 3), ("-", 1, 2), ("NaN", 1, 1),
      ("\"\t\"", 1, 2), ("1e", 1, 3),
    ])
  func places(text: String, line: Int, column: Int) throws {
    let failure = try #require(throws: ParseFailure.self) { try JSONValue(parsing: text) }
    #expect([failure.line, failure.column] == [line, column], "\(failure)")
  }

  @Test("numbers keep being whole while they fit") func numbers() throws {
    #expect(try JSONValue(parsing: "9223372036854775808") == .double(9_223_372_036_854_775_808))
    #expect(try JSONValue(parsing: "1e2") == .double(100))
    #expect(
      try JSONValue(parsing: "[NaN,-Infinity]", allowsNonFinite: true).text()
        == "[\"NaN\",\"-Infinity\"]")
  }

  @Test("surrogate pairs join, lone ones become U+FFFD") func surrogates() throws {
    #expect(try JSONValue(parsing: "\"\\ud83d\\ude00\"") == "😀")
    #expect(try JSONValue(parsing: "\"\\ud83dx\"") == "\u{FFFD}x")
  }

  @Test("keys are sorted when asked, and indented") func layout() throws {
    let value: JSONValue = ["b": [1, 2], "a": [:]]
    #expect(
      value.text(.indented, sortingKeys: true)
        == "{\n  \"a\": {},\n  \"b\": [\n    1,\n    2\n  ]\n}")
  }

  @Test("deep nesting and random bytes end in a failure") func hostile() {
    #expect(throws: ParseFailure.self) {
      try JSONValue(parsing: String(repeating: "[", count: 100_000))
    }
    var random = SeededRandom(seed: 5)
    let alphabet = Array("{}[]\",:\\u0123eE+-.truefalsn \n".utf8) + [0xC3, 0xFF, 0]
    for _ in 0..<5000 {
      let bytes = (0..<(random.next() % 24)).map { _ in
        alphabet[Int(random.next() % UInt64(alphabet.count))]
      }
      _ = try? JSONValue(parsing: bytes)
    }
  }
}
