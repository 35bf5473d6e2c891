import Formats
import Support
import Testing

@testable import Templates

@Suite("Writing YAML as PyYAML does") struct CopierYAMLInterop {
  /// Values of the kind that answers have, and texts that are hard to write.
  private func value(_ random: inout SeededRandom, depth: Int = 0) -> JSONValue {
    switch random.next() % (depth > 3 ? 6 : 9) {
    case 0: return .int(Int64(bitPattern: random.next() % 100_000) - 50_000)
    case 1:
      return random.pick([
        .null, .bool(true), .bool(false), .double(1.5), .double(1e20), .double(-0.001),
        .double(1e-7),
      ])
    case 2...5: return .string(text(&random))
    case 6: return .array((0..<(random.next() % 5)).map { _ in value(&random, depth: depth + 1) })
    default:
      var keys: Set<String> = []
      var members: [JSONValue.Member] = []
      for _ in 0..<(random.next() % 5) {
        let key = random.chance(1, of: 6) ? text(&random) : "key_\(random.next() % 9)"
        if keys.insert(key).inserted {
          members.append(.init(key, value(&random, depth: depth + 1)))
        }
      }
      return .object(members)
    }
  }

  private func text(_ random: inout SeededRandom) -> String {
    let whole = [
      "", "yes", "No", "null", "~", "true", "1", "1.5", "0x1F", "1_000", "1e3", ".5", "=", "<<",
      "12:30",
      "2024-01-01", "2024-01-01 10:00:00", "on", "y", "-", "- a", "a: b", "a:", ":a", "#x", "a #b",
      "a#b",
      "'q'", "\"d\"", "it's", "@x", "`x", "%x", "&a", "*a", "!t", "[x]", "{x}", "a, b", "?", "? a",
      "---", "--- a",
      "...", "a\nb", "a\n", "\na", " a", "a ", "a\n b", "a \nb", "\t", "a\tb", "\u{7}", "데이터 분석",
      "é", "\u{1F600}",
      "\u{85}", "\u{2028}x", "\u{FEFF}", "\u{A0}", "C:\\dir", "https://example.org/a?b=c#d",
      "a\r\nb", "0b1", "1:2:3",
      ".inf", ".NaN", "+1", "0o7", "07", "08", "nan", "inf", "e1", "{{ x }}", "a\n\nb\n\n",
    ]
    if random.chance(1, of: 4) {
      let words = [
        "word", "it's", "a: b", "데이터", "#", "\u{1F600}", "x\"y", "back\\slash", "-", "tab\there",
      ]
      let count = 5 + Int(random.next() % 40)
      let kinds = Int(1 + random.next() % UInt64(words.count))
      return (0..<count).map { _ in words[Int(random.next() % UInt64(kinds))] }
        .joined(separator: random.pick([" ", " ", "  ", " \n", "\n"]))
    }
    return random.pick(whole)
  }

  @Test("3,000 values come out byte for byte", arguments: 0..<3 as Range<UInt64>)
  func dump(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let cases = (0..<1000).map { _ in value(&random) }
    let answers = try Peer.ask(
      """
      import yaml
      def answer(case):
          return [yaml.dump(case, indent=4, allow_unicode=True, default_flow_style=False),
                  yaml.dump(case, allow_unicode=True, default_flow_style=None),
                  yaml.dump(case, indent=2, allow_unicode=True, default_flow_style=False, sort_keys=False, width=40)]
      """, about: cases)
    let styles: [PythonYAMLWriter.Options] = [
      .init(indent: 4), .init(flowStyle: nil),
      .init(indent: 2, width: 40, sortsKeys: false),
    ]
    for (value, answer) in zip(cases, answers) {
      for (style, expected) in zip(styles, answer.array ?? []) {
        let text = PythonYAMLWriter.text(ContextValue(value).yaml, style)
        let pairs = zip(
          text.split(separator: "\n", omittingEmptySubsequences: false),
          (expected.string ?? "").split(separator: "\n", omittingEmptySubsequences: false))
        let first = pairs.first { !$0.utf8.elementsEqual($1.utf8) }
        #expect(first == nil, "ours, theirs")
        #expect(text.utf8.count == expected.string?.utf8.count)
      }
    }
  }
}
