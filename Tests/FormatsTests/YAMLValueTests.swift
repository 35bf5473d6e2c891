import Formats
import Platform
import Testing

@Suite("YAML values") struct YAMLValueTests {
  @Test(
    "plain scalars have PyYAML's types",
    arguments: [
      ("", .none), ("~", .none), ("null", .none), ("nULL", .string("nULL")), ("yes", .bool(true)),
      ("Off", .bool(false)), ("y", .string("y")), ("5", .int(5)), ("-0", .int(0)), ("010", .int(8)),
      ("08", .string("08")), ("0o17", .string("0o17")), ("0x1F", .int(31)), ("-0b11", .int(-3)),
      ("1_000", .int(1000)), ("12:30", .int(750)), ("-1:2:3", .int(-3723)),
      ("12:60", .string("12:60")),
      ("9223372036854775807", .int(.max)), ("9223372036854775808", .bigInt("9223372036854775808")),
      ("-9223372036854775808", .int(.min)),
      ("0xFFFFFFFFFFFFFFFFFF", .bigInt("4722366482869645213695")),
      (".5", .float(0.5)), ("-.5", .string("-.5")), ("1.", .float(1)), ("1e5", .string("1e5")),
      ("1e-1", .string("1e-1")), ("1.5e+3", .float(1500)), ("1.5e3", .string("1.5e3")),
      ("1:30.5", .float(90.5)), (".inf", .float(.infinity)), ("-.INF", .float(-.infinity)),
      ("<<x", .string("<<x")), ("a b", .string("a b")), ("'5'", .string("5")),
      ("\"\\x41\"", .string("A")),
      ("!!str 5", .string("5")), ("!!int '5'", .int(5)), ("!!float 5", .float(5)),
      ("! '5'", .int(5)),
      ("!!binary aGk=", .bytes([0x68, 0x69])), ("[1, two]", .list([.int(1), .string("two")])),
      ("!!set {a, b}", .set([.string("a"), .string("b")])),
      ("!!omap [a: 1]", .list([.tuple([.string("a"), .int(1)])])),
    ] as [(String, YAMLValue)])
  func scalars(text: String, expected: YAMLValue) throws {
    #expect(try YAMLValue(parsing: "v: \(text)\n")["v"] == expected)
  }

  @Test(
    "dates and times",
    arguments: [
      ("2020-01-02", "2020-01-02"), ("2000-02-29", "2000-02-29"), ("2020-1-2", "2020-1-2"),
      ("2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43.100000-05:00"),
      ("2001-12-14 21:59:43 Z", "2001-12-14 21:59:43+00:00"),
      ("2001-12-14 1:02:03", "2001-12-14 01:02:03"),
      ("2001-12-14 21:59:43.1234567", "2001-12-14 21:59:43.123456"),
    ])
  func dates(text: String, expected: String) throws {
    #expect(try YAMLValue(parsing: text).pythonText == expected)
  }

  @Test("keys that Python holds equal are one key, the first written, with the last value")
  func equalKeys() throws {
    #expect(try YAMLValue(parsing: "{1: a, 1.0: b, true: c}").pythonRepr == "{1: 'c'}")
    #expect(try YAMLValue(parsing: "{0: a, -0.0: b, no: c}").pythonRepr == "{0: 'c'}")
    #expect(try YAMLValue(parsing: "{a: 1, b: 2, a: 3}").pythonRepr == "{'a': 3, 'b': 2}")
    #expect(try YAMLValue(parsing: "{1: a, '1': b}").pythonRepr == "{1: 'a', '1': 'b'}")
    let same = "{? 2001-12-14T21:59:43Z : a, ? 2001-12-14T22:59:43+01:00 : b}"
    #expect(try YAMLValue(parsing: same).entries?.count == 1)
    // Text is compared by its code points, not by how it looks.
    #expect(try YAMLValue(parsing: "{\"\\u00e9\": 1, \"e\\u0301\": 2}").entries?.count == 2)
  }

  @Test("`<<` merges: own keys win, then earlier sources") func merges() throws {
    let text = "a: &a {x: 1, y: 1}\nb: &b {x: 2, z: 2}\nc: {<<: [*a, *b], y: 3}\n"
    #expect(try YAMLValue(parsing: text)["c"]?.pythonRepr == "{'x': 1, 'z': 2, 'y': 3}")
  }

  @Test("no document is None", arguments: ["", "# only a comment\n", "---\n", "~", "\u{FEFF}"])
  func empty(text: String) throws { #expect(try YAMLValue(parsing: text) == .none) }

  @Test(
    "what is wrong is told with its place",
    arguments: [
      ("a: [1, 2\nb: 3\n", 2, 2), ("a: 1\n\tb: 2\n", 2, 1), ("a: b: c\n", 1, 5),
      ("- a\n- *b\n", 2, 3),
      ("a: &x 1\nb: &x 2\n", 2, 4), ("&a [*a]", 1, 5), ("a: 1\n---\nb: 2\n", 2, 1),
      ("v: !foo 5", 1, 4),
      ("v: 2020-02-30", 1, 4), ("v: 0b_", 1, 4), ("é: !!int x", 1, 4), ("? [a]\n: b\n", 1, 3),
      ("{<<: x}", 1, 6),
      ("a: \"x", 1, 6), ("a: 'b\u{1}'", 1, 6), ("a: @b", 1, 4), ("v: !!binary a", 1, 4),
    ])
  func places(text: String, line: Int, column: Int) throws {
    let failure = try #require(throws: ParseFailure.self) { try YAMLValue(parsing: text) }
    #expect([failure.line, failure.column] == [line, column], "\(failure)")
  }

  @Test("bytes that are no UTF-8 text are told with line and column")
  func bytes() throws {
    let bad = try #require(throws: ParseFailure.self) {
      try YAMLValue(parsing: Array("a: é\nb: ".utf8) + [0xC3, 0x28])
    }
    #expect(
      bad
        == ParseFailure(
          "bytes that are not UTF-8", line: 2, column: 4, hint: "save the file as UTF-8"))
    let utf16 = try #require(throws: ParseFailure.self) {
      try YAMLValue(parsing: [0xFF, 0xFE, 0x61, 0])
    }
    #expect(utf16.message == "UTF-16 text")
    let nul = try #require(throws: ParseFailure.self) {
      try YAMLValue(parsing: Array("a: b\0".utf8))
    }
    #expect(nul.column == 5)
  }
}
