import Formats
import Testing

@Suite("Python's texts") struct PythonTests {
  @Test(
    "repr of floats",
    arguments: [
      (0.1, "0.1"), (1, "1.0"), (-0.0, "-0.0"), (1e16, "1e+16"), (1e15, "1000000000000000.0"),
      (1e-4, "0.0001"),
      (1e-5, "1e-05"), (1.5e-7, "1.5e-07"), (123456789.123456789, "123456789.12345679"),
      (.infinity, "inf"),
      (-.infinity, "-inf"), (.nan, "nan"), (1e22, "1e+22"),
      (1.7976931348623157e308, "1.7976931348623157e+308"),
      (.leastNonzeroMagnitude, "5e-324"), (9_999_999_999_999_998, "9999999999999998.0"),
      (1500, "1500.0"),
    ] as [(Double, String)])
  func floats(value: Double, expected: String) { #expect(PythonText.repr(value) == expected) }

  @Test(
    "repr of texts",
    arguments: [
      ("abc", "'abc'"), ("it's", "\"it's\""), ("'\"", "'\\'\"'"), ("\\\t\n\r", "'\\\\\\t\\n\\r'"),
      ("\u{0}\u{7F}", "'\\x00\\x7f'"),
      ("é😀", "'é😀'"), ("\u{A0}\u{AD}", "'\\xa0\\xad'"), ("\u{200B}\u{2028}", "'\\u200b\\u2028'"),
      ("\u{E0001}\u{378}", "'\\U000e0001\\u0378'"), ("e\u{301}", "'e\u{301}'"),
      ("\r\n", "'\\r\\n'"),
    ])
  func texts(text: String, expected: String) { #expect(PythonText.repr(text) == expected) }

  @Test(
    "str and repr of values",
    arguments: [
      ("[1, 'a', 1.0, yes, ~]", "[1, 'a', 1.0, True, None]"), ("{a: {b: []}}", "{'a': {'b': []}}"),
      ("[2020-01-02]", "[datetime.date(2020, 1, 2)]"), ("!!omap [a: 1]", "[('a', 1)]"),
      ("!!set {a}", "{'a'}"),
      (
        "[2001-12-14 01:02:00 +05:30]",
        "[datetime.datetime(2001, 12, 14, 1, 2, tzinfo=datetime.timezone(datetime.timedelta(seconds=19800)))]"
      ),
      (
        "[2001-12-14 01:02:03.5 -1]",
        "[datetime.datetime(2001, 12, 14, 1, 2, 3, 500000, tzinfo=datetime.timezone(datetime.timedelta(days=-1, seconds=82800)))]"
      ),
      ("!!binary J/8=", "b\"'\\xff\""), ("text", "text"), ("!!set {}", "set()"),
      ("12345678901234567890", "12345678901234567890"),
    ])
  func values(text: String, expected: String) throws {
    #expect(try YAMLValue(parsing: text).pythonText == expected)
  }

  @Test("a short format cannot fill the memory") func bomb() throws {
    let format = String(repeating: "{a:>1000000}", count: 1000)
    let error = try #require(throws: PythonFormatError.self) {
      try PythonFormat.text(format) { _ in "x" }
    }
    #expect(error.kind == .unsupported)
    #expect(try PythonFormat.text("{a:>131072}") { _ in "x" }.utf8.count == 131_072)
    let long = String(repeating: "x", count: 100_000)
    #expect(throws: PythonFormatError.self) {
      try PythonFormat.text(String(repeating: "{a}", count: 11)) { _ in long }
    }
  }

  @Test(
    "shlex.quote",
    arguments: [
      ("", "''"), ("abc", "abc"), ("a b", "'a b'"), ("it's", "'it'\"'\"'s'"),
      ("a/b.c-d_e@%+=:,", "a/b.c-d_e@%+=:,"),
      ("é", "'é'"), ("$HOME", "'$HOME'"), ("a\nb", "'a\nb'"),
    ])
  func quotes(text: String, expected: String) { #expect(ShellWord.quoted(text) == expected) }

  @Test(
    "str.format",
    arguments: [
      ("--a {a}", "--a 0.5"), ("{{a}}", "{a}"), ("{max-depth}", "'x y'"), ("{a!r}", "'0.5'"),
      ("{a:>6}|", "   0.5|"),
      ("{a:*^7.2s}", "**0.***"), ("{a:05}", "0.500"), ("{a[0]}{a[2]}", "05"),
      ("{a:{w}}|", "0.5    |"), ("", ""), ("{{{a}}}", "{0.5}"),
    ])
  func formats(format: String, expected: String) throws {
    #expect(
      try PythonFormat.text(format) { ["a": "0.5", "max-depth": "'x y'", "w": "7"][$0] } == expected
    )
  }

  @Test(
    "str.format's errors",
    arguments: [
      ("{b}", "KeyError: 'b'"), ("{print $1}", "KeyError: 'print $1'"),
      ("}", "ValueError: Single '}' encountered in format string"),
      ("{", "ValueError: Single '{' encountered in format string"),
      ("{a", "ValueError: expected '}' before end of string"),
      ("{}", "IndexError: Replacement index 0 out of range for positional args tuple"),
      ("{7}", "IndexError: Replacement index 7 out of range for positional args tuple"),
      ("{a:d}", "ValueError: Unknown format code 'd' for object of type 'str'"),
      ("{a[9]}", "IndexError: string index out of range"),
      ("{a[x]}", "TypeError: string indices must be integers, not 'str'"),
      ("{a!x}", "ValueError: Unknown conversion specifier x"),
      ("{a:{a:{a}}}", "ValueError: Max string recursion exceeded"),
      ("{a{", "ValueError: unexpected '{' in field name"),
      ("{a:{", "ValueError: unmatched '{' in format spec"),
      ("{a.}", "ValueError: Empty attribute in format string"),
      ("{a:99999999999999999999}", "ValueError: Too many decimal digits in format string"),
      ("{a:99999999}", "NotImplementedError: a width of more than 1048576"),
      ("{a.upper}", "NotImplementedError: attributes of a text: .upper"),
    ])
  func formatErrors(format: String, expected: String) throws {
    let error = try #require(throws: PythonFormatError.self) {
      try PythonFormat.text(format) { ["a": "0.5"][$0] }
    }
    // CPython writes the specifier in the words of its version.
    #expect(error.pythonText == expected)
  }

  @Test("int() and float()") func numbers() {
    #expect(PythonNumber.isInteger(" 1_000 "))
    #expect(PythonNumber.isInteger("-7"))
    #expect(!PythonNumber.isInteger("1__0"))
    #expect(!PythonNumber.isInteger("1.0"))
    #expect(!PythonNumber.isInteger(""))
    #expect(PythonNumber.float("1e-3") == 0.001)
    #expect(PythonNumber.float(" -Infinity ") == -.infinity)
    #expect(PythonNumber.float("1_0.5") == 10.5)
    #expect(PythonNumber.float("0x10") == nil)
    #expect(PythonNumber.float("1e") == nil)
    #expect(PythonNumber.float("1e400") == .infinity)
  }
}
