import Patterns
import Platform
import Support
import Testing

@Suite("Patterns") struct PatternTests {
  private static func spans(_ pattern: String, _ text: String) throws -> [String] {
    PatternMatcher(try Pattern(pattern)).matches(in: Array(text.utf8)).map { match in
      match.groups.map { $0.map { "\($0.lowerBound)-\($0.upperBound)" } ?? "none" }
        .joined(separator: " ")
    }
  }

  @Test(
    "the leftmost match counts, and of those the preferred one",
    arguments: [
      ("a+b", "abcd aab", ["0-2", "5-8"]), ("(a|ab)(c|bcd)(d*)", "abcd", ["0-4 0-1 1-4 4-4"]),
      ("a*?", "aa", ["0-0", "1-1", "2-2"]), ("(a+?)(a*)", "aaa", ["0-3 0-1 1-3"]),
      ("(?:(a)|b)*", "ab", ["0-2 0-1"]), ("x{2,3}", "xxxxxx", ["0-3", "3-6"]),
      ("x{2,3}?", "xxxxx", ["0-2", "2-4"]), ("(|a)+", "aa", ["0-0 0-0", "1-1 1-1", "2-2 2-2"]),
      ("", "ab", ["0-0", "1-1", "2-2"]), ("a{,2}", "aaa", ["0-2", "2-3"]),
    ]) func order(pattern: String, text: String, expected: [String]) throws
  {
    #expect(try Self.spans(pattern, text) == expected)
  }

  @Test(
    "classes take whole scalars, assertions look at what stands around",
    arguments: [
      (".", "é한", ["0-2", "2-5"]), ("[^a]", "한", ["0-3"]), ("[가-힣]+", "a한글b", ["1-7"]),
      (#"\w+"#, "né", ["0-1"]), (#"(?u)\w+"#, "né 한글", ["0-3", "4-10"]),
      (#"(?u)\b한"#, "글한 한", ["7-10"]), ("(?i)straSSe", "STRASSE", ["0-7"]),
      ("(?iu)é", "É", ["0-2"]), ("(?m)^b$", "a\nb\nc", ["2-3"]), ("a$", "a\n", []),
      (#"\Aa|b\z"#, "ab", ["0-1", "1-2"]), ("(?s).", "\n", ["0-1"]), (".", "\n", []),
      ("(?x) a # one\n b", "ab", ["0-2"]), (#"[[:digit:]\-x]+"#, "1-x", ["0-3"]),
      (#"[]a]"#, "]", ["0-1"]), (#"\x41\u00e9\x{d55c}"#, "Aé한", ["0-6"]),
      ("(?i:a)b", "AB Ab", ["3-5"]), ("a{", "a{", ["0-2"]), (#"\B"#, "é", ["0-0", "2-2"]),
    ]) func classes(pattern: String, text: String, expected: [String]) throws
  {
    #expect(try Self.spans(pattern, text) == expected)
  }

  @Test("bytes that are not UTF-8 match nothing but stop nothing")
  func invalid() throws {
    let matcher = PatternMatcher(try Pattern("[^x]"))
    #expect(matcher.matches(in: [0xFF, 0x61, 0xC3, 0x62]).map(\.range) == [1..<2, 3..<4])
  }

  @Test("a range bounds matches, and what stands around it is seen")
  func ranges() throws {
    let text = Array("xfoox foo".utf8)
    let matcher = PatternMatcher(try Pattern(#"\bfoo\b"#))
    text.withUnsafeBufferPointer { text in
      #expect(matcher.firstRange(in: text, 1..<4) == nil)
      #expect(matcher.firstRange(in: text, 1..<9) == 6..<9)
      #expect(matcher.match(at: 6, in: text)?.range == 6..<9)
      #expect(matcher.match(at: 5, in: text) == nil)
    }
  }

  @Test("groups have names")
  func names() throws {
    let pattern = try Pattern(#"(?P<key>\w+)=(?<value>\w+)"#)
    #expect(pattern.groupNames == [nil, "key", "value"])
    let match = PatternMatcher(pattern).firstMatch(in: Array("  a=bc".utf8))
    #expect(match?["value"] == 4..<6)
    #expect(match?[1] == 2..<3)
    #expect(match?["other"] == nil)
  }

  @Test(
    "what a linear machine cannot do is refused, with its place",
    arguments: [
      ("a(?=b)", "look-ahead is not supported: `(?=`", 2),
      ("(?<!b)", "negative look-behind is not supported: `(?<!`", 1),
      (#"(a)\1"#, #"a back-reference is not supported: `\1`"#, 4),
      ("(?P=n)", "a back-reference is not supported: `(?P=`", 1),
      ("a++", "a possessive quantifier is not supported", 3),
      ("a**", "a quantifier behind a quantifier", 3),
      ("*a", "a `*` with nothing before it to repeat", 1),
      ("(a", "a `(` that is never closed", 1), ("a)", "a `)` that closes nothing", 2),
      ("[a", "a `[` that is never closed", 1), ("[z-a]", "a range from `z` to `a`", 2),
      ("x{3,2}", "a count from 3 to 2", 2), ("x{1001}", "a count over 1000", 2),
      (#"\q"#, #"`\q` means nothing"#, 1), (#"\Z"#, #"`\Z` is not supported"#, 1),
      (#"\p{L}"#, #"Unicode properties are not supported: `\p`"#, 1),
      ("a\\", "a `\\` at the end", 2),
      ("(?P<a>x)(?P<a>y)", "a second group is named `a`", 13), ("(?k)", "`k` is no flag", 3),
      ("[[:nope:]]", "no class is named `nope`", 2),
    ]) func refused(pattern: String, message: String, column: Int)
  {
    let error = #expect(throws: ParseFailure.self) { try Pattern(pattern) }
    #expect(error?.message == message)
    #expect(error?.column == column)
  }

  @Test("a text as a pattern matches itself")
  func escaping() throws {
    var random = SeededRandom(seed: 3)
    let pieces = [
      "a", ".", "*", "[", "]", "\\", "(", ")", "{2}", "^", "$", " ", "#", "-", "é", "\n",
    ]
    for _ in 0..<200 {
      let text = (0..<6).map { _ in random.pick(pieces) }.joined()
      let match = PatternMatcher(try Pattern(Pattern.escaped(text))).firstMatch(
        in: Array(text.utf8))
      #expect(match?.range == 0..<text.utf8.count, "\(text.debugDescription)")
    }
  }
}
