import Testing

@testable import Templates

@Suite("Files of a template") struct GenerationTests {
  @Test(
    "names and contents tell what is copied as it is",
    arguments: [
      ("a.png", "text", true), ("A.JPG", "text", true), (".png", "text", false),
      ("a.png.", "text", false), ("x.svg", "<svg/>", false), ("x", "PK\u{3}\u{4}", true),
      ("x", "a\0b", true), ("empty", "", false), ("x", "\u{1}\u{2}\u{3}", true),
      ("korean.md", "[![b](x)] " + String(repeating: "한국어 문서입니다. ", count: 60), false),
    ]) func binary(name: String, content: String, isBinary: Bool)
  {
    #expect(FileKind.isBinary(name: name, content: Array(content.utf8)) == isBinary)
  }

  @Test("what is not UTF-8 is copied") func undecodable() {
    #expect(FileKind.isBinary(name: "x.txt", content: [0x61, 0xFF, 0x62]))
  }

  @Test(
    "the line ends of the first lines decide",
    arguments: [
      ("", "\n"), ("a", "\n"), ("a\nb", "\n"), ("a\r\nb\r\n", "\r\n"), ("a\rb", "\r"),
      ("a\nb\r\n", "\n"), ("a\rb\n", "\r"), ("a\r\nb\rc", "\r"),
      (String(repeating: "x", count: 9000) + "\r\n", "\r\n"),
      ("a\r\n" + String(repeating: "x", count: 9000) + "\n", "\r\n"),
      (String(repeating: "x", count: 8191) + "\r\n", "\r\n"),
    ]) func lineEnds(content: String, kind: String)
  {
    let bytes = Array(content.utf8)
    #expect(LineEnds.kind(of: bytes, ByteSurvey(bytes)) == Array(kind.utf8))
  }

  @Test(
    "patterns are Python's",
    arguments: [
      ("*.html", "a/b.html", true), ("raw", "raw", true), ("raw", "raw/x", false),
      ("[!a]x", "bx", true), ("[!a]x", "ax", false), ("[a-c]?", "bz", true), ("[", "[", true),
      ("[]]", "]", true), ("**a*", "xxa", true), ("", "", true), ("a*b*c", "aXbYcZ", false),
    ]) func patterns(pattern: String, path: String, matches: Bool)
  {
    #expect(FileNamePattern(pattern).matches(path) == matches)
  }

  @Test(
    "paths that leave the project are refused",
    arguments: ["/etc/passwd", "../x", "a/../../x", "a/..", "a\0b"]) func escapes(path: String)
  {
    #expect(throws: (any Error).self) { try SafePath.steps(path, source: "name") }
  }
}
