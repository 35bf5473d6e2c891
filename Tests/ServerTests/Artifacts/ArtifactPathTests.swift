import Server
import Testing

@Suite("Paths of artifacts") struct ArtifactPathTests {
  @Test(
    "names below a root pass as they are",
    arguments: [
      ("", []), ("a", ["a"]), ("a/b.txt", ["a", "b.txt"]), ("models/m/", ["models", "m"]),
      ("그림/é.png", ["그림", "é.png"]), ("...", ["..."]), ("a..b/..c", ["a..b", "..c"]),
      (".hidden", [".hidden"]), ("a b", ["a b"]), ("run/a:b", ["run", "a:b"]), ("9:x", ["9:x"]),
      ("~", ["~"]), ("-rf", ["-rf"]), ("a&b;c|d$e`f", ["a&b;c|d$e`f"]),
      ("what?.csv", ["what?.csv"]), ("100%.txt", ["100%.txt"]), ("a#b", ["a#b"]),
      ("a%20b", ["a%20b"]),
    ] as [(String, [String])])
  func allowed(_ text: String, _ names: [String]) throws {
    #expect(try ArtifactPath(text).names == names)
  }

  /// In every spelling that has led out of a server's folder before.
  static let hostile: [String] = [
    "..", "../x", "a/../b", "a/..", "./a", "a/.", "a/./b", "/", "/etc/passwd", "//etc/passwd",
    "a//b", "//proc/self/root", "\\", "..\\x", "a\\..\\b", "C:", "C:\\x", "C:/x", "c:x",
    "file:/etc", "file:///etc/passwd", "s3://bucket/x", "http://host/x", "dbfs:/x",
    "%2e%2e/x", "%2e%2e%2fx", "..%2fx", "%252e%252e", "a\0b", "a\nb", "a\rb",
    "a\tb",
    "\u{7F}", "\u{85}", "\u{1B}[2J", "a/\u{0}", String(repeating: "a", count: 256),
    String(repeating: "a/", count: 600),
  ]

  @Test("whatever leads elsewhere, or could, is refused with MLflow's words", arguments: hostile)
  func refused(_ text: String) {
    let expected = APIError("INVALID_PARAMETER_VALUE", "Invalid path", status: 400)
    #expect(throws: expected) { try ArtifactPath(text) }
  }

  @Test(
    "a target is decoded once, then checked",
    arguments: [
      ("a%20b/c", ["a b", "c"]), ("%EA%B7%B8", ["그"]), ("a%2Fb", ["a", "b"]), ("a+b", ["a+b"]),
      ("%2e%2e", nil), ("%2E%2e/x", nil), ("..%2fx", nil), ("%2fetc", nil), ("a%5cb", nil),
      ("%252e%252e", nil), ("a%2520b", ["a%20b"]), ("%25", ["%"]), ("a%00", nil), ("a%0a", nil),
      ("a%23b", ["a#b"]), ("a%3Fb", ["a?b"]), ("%ff", nil), ("%c0%ae%c0%ae", nil),
      ("%e0%80%ae", nil), ("a%zz", ["a%zz"]), ("a%", ["a%"]),
      ("file%3a/x", nil), ("C%3a", nil), ("d%255c..%255cx", nil), ("a%252f%252fb", nil),
      // As MLflow 2 names images, with random digits at the end.
      ("dog%25step%258f4a.png", ["dog%step%8f4a.png"]), ("dog%250a4f", ["dog%0a4f"]),
      ("dog%252f4f", ["dog%2f4f"]), ("dog%2500", ["dog%00"]),
    ] as [(String, [String]?)])
  func encoded(_ target: String, _ names: [String]?) {
    #expect((try? ArtifactPath(encoded: target))?.names == names)
  }

  @Test("joined paths keep the limits")
  func joined() throws {
    let root = try ArtifactPath("0/run/artifacts")
    #expect(try root.appending(ArtifactPath("a/b")).text == "0/run/artifacts/a/b")
    #expect(try root.appending(ArtifactPath("")) == root)
    let long = try ArtifactPath(Array(repeating: "aaaaaaa", count: 127).joined(separator: "/"))
    #expect(throws: APIError.self) { try root.appending(long) }
  }
}
