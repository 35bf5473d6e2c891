import Patterns
import Platform
import Testing

@Suite("Hostile patterns and texts") struct PatternHostileTests {
  @Test(
    "patterns that are too large are refused",
    arguments: [
      String(repeating: "(", count: 100_000) + String(repeating: ")", count: 100_000),
      String(repeating: "(?:", count: 100_000), String(repeating: "[", count: 100_000),
      "((a{1000}){1000}){1000}", "(?:(?:(?:(?:x?){1000}){1000}){1000}){1000}",
      String(repeating: "a", count: 110_000), String(repeating: "a{1000}", count: 14_000),
      String(repeating: "(?u)\\w", count: 15_000), String(repeating: "a*", count: 100_000) + "(",
    ]) func large(pattern: String)
  {
    #expect(throws: ParseFailure.self) { try Pattern(pattern) }
  }

  @Test(
    "nothing repeated often is done at once",
    arguments: ["(?:(?:(?:(?:){1000}){1000}){1000}){1000}", "(?:(?:(?i)){1000}){1000}"])
  func nothing(pattern: String) throws {
    #expect(PatternMatcher(try Pattern(pattern)).isMatch(in: "x"))
  }

  @Test("a pattern of 30 kB matches")
  func long() throws {
    let text = (0..<6000).map { "w\($0)" }.joined()
    let bytes = Array(text.utf8)
    let matcher = PatternMatcher(try Pattern(text))
    #expect(matcher.firstMatch(in: [0x77] + bytes)?.range == 1..<bytes.count + 1)
  }

  @Test(
    "patterns that let others go back for ever take time linear in the text",
    arguments: ["(a+)+$", "(a|aa)+$", "(a*)*b", "(?:a?){50}a{50}$", "(.*)(.*)(.*)(.*)x$"])
  func linear(pattern: String) throws {
    let text = [UInt8](repeating: 0x61, count: 200_000) + [0x21]
    let matcher = PatternMatcher(try Pattern(pattern))
    #expect(!matcher.isMatch(in: text))
  }

  @Test("a small memory is flushed, and nothing is lost")
  func flushed() throws {
    let pattern = try Pattern("[ab]*a[ab]{12}c")
    var text: [UInt8] = []
    var seed: UInt32 = 7
    for _ in 0..<20_000 {
      seed = seed &* 1_664_525 &+ 1_013_904_223
      text.append(seed >> 31 == 0 ? 0x61 : 0x62)
    }
    text += Array("abbbbbbbbbbbbc".utf8)
    let small = PatternMatcher(pattern, memory: 4096)
    let large = PatternMatcher(pattern)
    #expect(small.firstMatch(in: text)?.range == 0..<text.count)
    #expect(large.firstMatch(in: text)?.range == 0..<text.count)
  }

  @Test("a text of 50 MB is read")
  func wide() throws {
    let text = [UInt8](repeating: 0x61, count: 50 << 20) + Array("needle".utf8)
    let end = text.count
    #expect(PatternMatcher(try Pattern("(?i)NEEDLE")).firstMatch(in: text)?.range == end - 6..<end)
    #expect(KeywordScan([Keyword("needle")]).hits(in: text).map(\.position) == [end - 6])
  }
}
