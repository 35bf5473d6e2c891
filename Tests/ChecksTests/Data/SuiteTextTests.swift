@testable import Checks
import Formats
import Platform
import Support
import Testing

@Suite("Places in the text of a suite") struct SuiteTextTests {
  /// The place of each character of the first value of a mapping.
  private func read(_ yaml: String) throws -> (SuiteText, SuiteSource) {
    let source = SuiteSource(Array(yaml.utf8), file: "s.yml")
    let root = try #require(try YAMLNode(parsing: Array(yaml.utf8)))
    let node = try #require(root.pairs?.first?.value)
    return (try #require(SuiteText(node, in: source)), source)
  }

  @Test(
    "a word is where it was written",
    arguments: [
      ("k: one two three", "three", "1:12"), ("k: 'it''s two'", "two", "1:11"),
      ("k: 'it''s two'", "s", "1:9"), ("k: \"a\\tb\\x41\\u00e9c\"", "b", "1:8"),
      ("k: \"a\\tb\\x41\\u00e9c\"", "A", "1:9"), ("k: \"a\\tb\\x41\\u00e9c\"", "c", "1:19"),
      ("k: one\n  two\n\n  three", "two", "2:3"), ("k: one\n  two\n\n  three", "three", "4:3"),
      ("k: 'one\n  two\n\n  three'", "three", "4:3"), ("k: \"one \\\n  two\"", "two", "2:3"),
      ("k: \"one\\n\\\n  \\ two\"", "two", "2:5"), ("k: |\n  one\n  two\n", "two", "3:3"),
      ("k: |2-  # said\n    one\n  two\n", "one", "2:5"),
      ("k: >\n  one\n  two\n\n  three\n", "three", "5:3"),
      ("k: >-\n  one\n    two\n  three\n", "two", "3:5"), ("k: &a !!str one two", "two", "1:17"),
      ("k: &a\n  one two", "two", "2:7"), ("é한:  ü two", "two", "1:8"),
      ("k: one\r\n  two\r\n", "two", "2:3"), ("\u{FEFF}k: one two", "two", "1:8"),
      ("k: \"x\\\\y two\"", "y", "1:8"),
      ("# c\nk:  # d\n  'a\n   # b\n  two'", "two", "5:3"),
    ])
  func words(yaml: String, word: String, place: String) throws {
    let (text, source) = try read(yaml)
    let start = try #require(text.string.range(of: word))
    let index = text.string.unicodeScalars.distance(
      from: text.string.startIndex, to: start.lowerBound)
    let found = source.location(text.offset(index))
    #expect("\(found.line ?? 0):\(found.column ?? 0)" == place)
  }

  @Test("in every style each letter is at itself", arguments: 0..<300)
  func letters(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let words = (0..<8).map { _ in
      String(
        (0..<(1 + random.next() % 5)).map { _ in random.pick(["a", "Q", "7", "é", "한", "#"]) }
          .joined())
    }.map { $0.hasPrefix("#") ? "x" + $0 : $0 }
    let breaks = words.dropLast().map { _ in random.pick([" ", "\n  ", "\n\n  ", "   "]) } + [""]
    let body = zip(words, breaks).map { $0 + $1 }.joined()
    let style = random.next() % 6
    let yaml: String =
      switch style {
      case 0: "k: " + body
      case 1: "k: '" + body.replacing("7", with: "''") + "'"
      case 2: "k: \"" + body.replacing("7", with: "\\u0041").replacing("Q", with: "\\\"") + "\""
      case 3: "k: |\n  " + body + "\n"
      case 4: "k: >-\n  " + body + "\n\n"
      default: "k: &x\n  !!str " + body
      }
    let (text, source) = try read(yaml)
    #expect(text.offsets.count == text.scalars.count + 1)
    for (index, scalar) in text.scalars.enumerated() where !SuiteSource.isBlank(scalar) {
      let written = source.scalars[text.offset(index)]
      let isEscaped = written == "\\" || style == 1 && written == "'"
      #expect(written == scalar || isEscaped, "\(yaml.debugDescription)")
    }
    #expect(zip(text.offsets, text.offsets.dropFirst()).allSatisfy { $0 <= $1 })
  }
}

extension String {
  fileprivate func range(of word: String) -> Range<Index>? {
    indices.lazy.compactMap { start -> Range<Index>? in
      self[start...].hasPrefix(word) ? start..<index(start, offsetBy: word.count) : nil
    }.first
  }
}
