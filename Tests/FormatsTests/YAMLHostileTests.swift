import Formats
import Platform
import Support
import Testing

@Suite("YAML that means harm") struct YAMLHostileTests {
  private func failure(_ text: String) throws -> ParseFailure {
    try #require(throws: ParseFailure.self) { try YAMLValue(parsing: text) }
  }

  @Test("a bomb of aliases is refused") func bomb() throws {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...12 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    #expect(try failure(text).message.contains("counting what aliases stand for"))
    // The same with long texts, which cost memory once they are written out.
    let long =
      "a: &a \(String(repeating: "x", count: 1 << 20))\nb: [\(Array(repeating: "*a", count: 500).joined(separator: ", "))]"
    #expect(try failure(long).message.contains("counting what aliases stand for"))
  }

  @Test("a bomb of merges is refused") func mergeBomb() throws {
    var text = "a0: &a0 {k: v}\n"
    for level in 1...40 { text += "a\(level): &a\(level) {<<: [*a\(level - 1), *a\(level - 1)]}\n" }
    #expect(try failure(text).message.contains("counting what aliases stand for"))
  }

  @Test(
    "deep nesting is refused, however it is written",
    arguments: [
      String(repeating: "[", count: 100_000), String(repeating: "{a: ", count: 100_000),
      String(repeating: "- ", count: 100_000), String(repeating: "? ", count: 100_000),
      String(repeating: "[{a: ", count: 50_000),
    ])
  func deep(text: String) throws { #expect(try failure(text).message.contains("deeper than 500")) }

  @Test("aliases do not add up to a deep nesting") func deepAliases() throws {
    var text = "- &a0 x\n"
    for level in 1...1000 {
      text += "- &a\(level) " + String(repeating: "[", count: 5) + "*a\(level - 1)"
      text += String(repeating: "]", count: 5) + "\n"
    }
    #expect(try failure(text).message.contains("deeper than 500"))
  }

  @Test("400 levels are read, and let go of") func allowed() throws {
    let text = String(repeating: "[", count: 400) + String(repeating: "]", count: 400)
    #expect(try YAMLValue(parsing: text).pythonText == text)
  }

  @Test("a line of 50 MB is a text like any other") func longLine() throws {
    var bytes = Array("v: ".utf8)
    bytes += [UInt8](repeating: UInt8(ascii: "x"), count: 50 << 20)
    #expect(try YAMLValue(parsing: bytes)["v"]?.string?.utf8.count == 50 << 20)
    // A number of so many digits is more than Python converts.
    let digits = Array("v: ".utf8) + [UInt8](repeating: UInt8(ascii: "1"), count: 2 << 20)
    #expect(throws: ParseFailure.self) { try YAMLValue(parsing: digits) }
  }

  @Test("a number of many digits is refused as Python refuses it") func digits() throws {
    let most = String(repeating: "9", count: 4300)
    #expect(try YAMLValue(parsing: most) == .bigInt(most))
    #expect(throws: ParseFailure.self) { try YAMLValue(parsing: most + "9") }
    #expect(throws: ParseFailure.self) {
      try YAMLValue(parsing: "0x" + String(repeating: "f", count: 100_000))
    }
    #expect(throws: ParseFailure.self) {
      try YAMLValue(parsing: "1" + String(repeating: ":59", count: 100_000))
    }
    #expect(throws: ParseFailure.self) {
      try YAMLValue(parsing: "1" + String(repeating: ":59", count: 10_000) + ".5")
    }
  }

  @Test("too large a text is refused before it is read") func size() throws {
    let limits = YAMLLimits(bytes: 10)
    #expect(throws: ParseFailure.self) {
      try YAMLValue(parsing: Array("a: 12345678".utf8), limits: limits)
    }
  }

  @Test("many keys of one mapping take linear time") func manyKeys() throws {
    let text = (0..<50_000).map { "k\($0): \($0)" }.joined(separator: "\n")
    #expect(try YAMLValue(parsing: text).entries?.count == 50_000)
  }

  @Test("random bytes end in a value or a failure", arguments: 0..<8) func randomBytes(seed: UInt64)
  {
    var random = SeededRandom(seed: seed)
    for _ in 0..<400 {
      let bytes = (0..<(random.next() % 64)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      _ = try? YAMLValue(parsing: bytes)
    }
  }

  @Test("damaged texts end in a value or a failure", arguments: 0..<8) func damaged(seed: UInt64) {
    var random = SeededRandom(seed: seed &+ 100)
    let alphabet = Array("-:?[]{},#&*!|>'\"%@`<=~ \n\tax01._".utf8)
    for _ in 0..<800 {
      var bytes = Array(Self.sample.utf8)
      for _ in 0..<(1 + random.next() % 6) {
        let position = Int(random.next() % UInt64(bytes.count))
        switch random.next() % 4 {
        case 0: bytes[position] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes[position] = alphabet[Int(random.next() % UInt64(alphabet.count))]
        case 2: bytes.remove(at: position)
        default: bytes.insert(alphabet[Int(random.next() % UInt64(alphabet.count))], at: position)
        }
      }
      if let value = try? YAMLValue(parsing: bytes) { _ = value.pythonText }
    }
  }

  private static let sample = """
    # project
    name: wine
    entry_points:
      main: &main
        parameters:
          alpha: {type: float, default: 0.5, min: 0, max: 1}
          when: 2020-01-02 12:30:00.5 +01:00
          n: !!int "0x1F"
        command: >-
          python train.py --alpha {alpha}
          "more"
      other:
        <<: [*main, {a: b}]
        text: |2+
            kept

        'quoted': "\\u00e9\\x41"
        ? - complex
        : [1_000, 12:30.5, ~, .inf, !!binary aGk=, !!set {a, b}]
    """
}
