import Platform
import Testing

@testable import Commands

@Suite("Patterns that change outputs before they are compared") struct SanitizePatternsTests {
  private func sanitized(_ file: String, _ text: String) throws -> String {
    try SanitizePatterns(file, name: "p.cfg").sanitized(text)
  }

  @Test("are Python's, in the order of the file; sections and other lines are passed over")
  func applied() throws {
    let file = """
      [first]
      regex: (?i)(al)(pha)
      replace: \\2-\\1

      # a comment
      [second]
      regex: \\d{1,2}/\\d{1,2}/\\d{2,4}
      replace: DATE
      something: else
      regex: -
      replace:
      """
    #expect(try sanitized(file, "Alpha 1/2/2026 - x") == "phaAl DATE  x")
    #expect(try sanitized(file.replacing("\n", with: "\r\n"), "alpha") == "phaal")
    #expect(try sanitized("", "as it is") == "as it is")
  }

  @Test("of one that repeats the last replacement counts, in the first one's place")
  func repeated() throws {
    let file = "regex: a\nreplace: b\nregex: b\nreplace: c\nregex: a\nreplace: d\n"
    #expect(try sanitized(file, "ab") == "dc")
  }

  @Test(
    "that cannot be used are told with their line",
    arguments: [
      ("[a]\nregex: (\nreplace: x", 2, "unterminated subpattern"),
      ("regex: a\nreplace: \\3", 1, "invalid group reference"),
      ("\n\nregex: a\n", 3, "without a `replace:`"), ("regex: a\n\nreplace: b", 1, "next line"),
    ]) func refused(file: String, line: Int, message: String) throws
  {
    let failure = #expect(throws: Failure.self) {
      try SanitizePatterns(file, name: "p.cfg")
    }
    #expect(failure?.location == SourceLocation(file: "p.cfg", line: line))
    #expect(failure?.message.contains(message) == true, "\(String(describing: failure))")
  }

  @Test("that would take for ever end")
  func endless() throws {
    let text = String(repeating: "a", count: 200) + "!"
    let failure = #expect(throws: Failure.self) { try sanitized("regex: (a+)+$\nreplace: ", text) }
    #expect(failure?.message.contains("takes too long") == true)
  }
}
