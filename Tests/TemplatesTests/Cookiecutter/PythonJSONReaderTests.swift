import Testing

@testable import Templates

@Suite("JSON as Python reads it") struct PythonJSONReaderTests {
  @Test(
    "what is no JSON gets CPython's message",
    arguments: [
      ("", "Expecting value: line 1 column 1 (char 0)"),
      ("{,}", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
      ("[1,]", "Expecting value: line 1 column 4 (char 3)"),
      ("{\"a\" 1}", "Expecting ':' delimiter: line 1 column 6 (char 5)"),
      ("{\"a\": 1\n \"b\": 2}", "Expecting ',' delimiter: line 2 column 2 (char 9)"),
      ("{} x", "Extra data: line 1 column 4 (char 3)"),
      ("[01]", "Expecting ',' delimiter: line 1 column 3 (char 2)"),
      ("\"abc", "Unterminated string starting at: line 1 column 1 (char 0)"),
      ("\"a\tb\"", "Invalid control character at: line 1 column 3 (char 2)"),
      ("\"\\q\"", "Invalid \\escape: line 1 column 2 (char 1)"),
      ("\"\\u12x4\"", "Invalid \\uXXXX escape: line 1 column 3 (char 2)"),
      ("\u{FEFF}{}", "Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)"),
    ]) func messages(text: String, message: String)
  {
    let error = #expect(throws: PythonJSONReader.Invalid.self) { try PythonJSONReader.read(text) }
    #expect(error?.message == message)
  }

  @Test(
    "numbers become the text that Python prints",
    arguments: [
      ("5", "5"), ("1.50", "1.5"), ("1e20", "1e+20"), ("-0.0", "-0.0"), ("NaN", "nan"),
      ("123456789012345678901234567890", "123456789012345678901234567890"), ("1E-7", "1e-07"),
    ]) func numbers(text: String, printed: String) throws
  {
    #expect(try PythonJSONReader.read(text).pythonText == printed)
  }

  @Test("a repeated key keeps its first place and its last value") func repeated() throws {
    let value = try PythonJSONReader.read(#"{"a": 1, "b": 2, "a": 3}"#)
    #expect(value.pythonRepr == "OrderedDict([('a', 3), ('b', 2)])")
  }

  @Test("what is written is what Python writes") func writing() throws {
    let value = try PythonJSONReader.read(#"{"é": ["\u0001", "😀"], "e": {}, "l": []}"#)
    #expect(value.json() == #"{"\u00e9": ["\u0001", "\ud83d\ude00"], "e": {}, "l": []}"#)
    #expect(
      value.json(indent: 2, sortsKeys: true)
        == "{\n  \"e\": {},\n  \"l\": [],\n  \"\\u00e9\": [\n    \"\\u0001\",\n    \"\\ud83d\\ude00\"\n  ]\n}"
    )
  }

  @Test("deep nesting is refused") func depth() {
    #expect(throws: PythonJSONReader.Invalid.self) {
      try PythonJSONReader.read(String(repeating: "[", count: 100_000))
    }
  }
}
