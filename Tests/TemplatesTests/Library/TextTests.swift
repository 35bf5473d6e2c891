import Templates
import Testing

@Suite("Slugs, patterns, times") struct TextTests {
  @Test(
    "any name becomes a slug",
    arguments: [
      ("한국어 템플릿", "hangugeo-tempeulris"), ("Ünïcödé ß", "unicode-ss"), ("日本語", "ri-ben-yu"),
      ("C'est déjà l'été", "c-est-deja-l-ete"), ("1,000 things &amp; more", "1000-things-more"),
      ("  --a__b--  ", "a-b"), ("😀", ""), ("𝐁𝐨𝐥𝐝 ﬁt", "bold-fit"), ("&#233;&#xe9;", "e-e"),
    ])
  func slugs(name: String, wanted: String) throws {
    #expect(try Slug().make(Text(name)).string == wanted)
  }

  @Test("slugs may keep letters of all scripts")
  func unicode() throws {
    var slug = Slug()
    slug.allowUnicode = true
    #expect(try slug.make("데이터 분석_ｶﾞ").string == "데이터-분석-ガ")
  }

  @Test(
    "regular expressions match as Python's",
    arguments: [
      ("(?P<y>\\d{4})-(?P<m>\\d\\d)", "on 2024-05", "2024-05"), ("a.*?b", "xaXbXb", "aXb"),
      ("(?i)straße", "STRAßE", "STRAßE"), ("(?<=v)\\d+(?!\\d|a)", "v12a v34", "34"),
      ("^b$", "a\nb", nil),
      ("(?m)^b$", "a\nb", "b"), ("(a|ab)(c|bcd)$", "abcd", "abcd"), ("[^\\W\\d]+", "12é_3", "é_"),
      ("(?>a+)a", "aaa", nil),
    ] as [(String, String, String?)])
  func patterns(pattern: String, text: String, wanted: String?) throws {
    let match = try Pattern(Text(pattern)).firstMatch(in: Text(text))
    #expect(match?.group(0)?.string == wanted)
  }

  @Test(
    "an expression without end is stopped", arguments: ["(a*)*b", "(a|a)*b", "(?:a?){30}a{30}b"])
  func endless(pattern: String) {
    let failure = Call.failure {
      _ = try Pattern(Text(pattern)).firstMatch(in: Text(String(repeating: "a", count: 40)))
    }
    #expect(failure.hasPrefix("LimitExceeded: "), "\(failure)")
  }

  @Test(
    "faults of expressions are told in Python's words",
    arguments: [
      ("(", "missing ), unterminated subpattern at position 0"),
      ("a**", "multiple repeat at position 2"),
      ("[z-a]", "bad character range z-a at position 1"), ("\\q", "bad escape \\q at position 0"),
      ("x\n)", "unbalanced parenthesis at position 2 (line 2, column 1)"),
    ])
  func faults(pattern: String, message: String) {
    #expect(Call.failure { _ = try Pattern(Text(pattern)) } == "error: " + message)
  }

  @Test("a pattern nested without end is refused")
  func nested() {
    let failure = Call.failure { _ = try Pattern(Text(String(repeating: "(", count: 100_000))) }
    #expect(failure == "error: a pattern nested deeper than 100")
  }

  @Test("times are moved by the calendar and the clock")
  func times() throws {
    let leapDay: Int64 = 1_709_164_800_000_000  // 2024-02-29 00:00:00 UTC
    let zone = try Moment.zone("Asia/Seoul", at: leapDay)
    let moment = Moment(microseconds: leapDay, in: zone)
    #expect(moment.formatted("%Y-%m-%d %H:%M %Z%z").string == "2024-02-29 09:00 KST+0900")
    let moved = try moment.shifted(by: [("years", 1), ("days", 0.5)])
    #expect(moved.formatted("%F %R").string == "2025-02-28 21:00")
    #expect(
      Call.failure { _ = try Moment.zone("Mars/Olympus", at: 0) }
        == "ParserError: Could not parse timezone expression 'Mars/Olympus'.")
    #expect(
      Call.failure { _ = try moment.shifted(by: [("years", 9000)]) }
        == "ValueError: year 11024 is out of range")
  }

  @Test("a time that the clocks leave out moves on")
  func gap() throws {
    let zone = try Moment.zone("Europe/Berlin", at: 0)
    let before = Moment(CivilTime(year: 2024, month: 3, day: 30, hour: 2, minute: 30), in: zone)
    let moved = try before.shifted(by: [("days", 1)])
    #expect(moved.formatted("%F %R %Z").string == "2024-03-31 03:30 CEST")
  }

  @Test("file name patterns cover slashes")
  func filePatterns() {
    #expect(FilePattern("*.html").matches("a/b.html"))
    #expect(!FilePattern("[!a]?").matches("ab"))
    #expect(FilePattern("[]").matches("[]"))
    #expect(
      !FilePattern(Text(String(repeating: "*a", count: 200))).matches(
        Text(String(repeating: "a", count: 199))))
  }
}
