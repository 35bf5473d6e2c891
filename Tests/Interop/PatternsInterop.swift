import Formats
import Patterns
import Platform
import Support
import Testing

@Suite("Patterns against Python's re") struct PatternsInterop {
  private static let answer = """
    import re

    def answer(case):
        flags = 0 if case["unicode"] else re.ASCII
        text = case["text"]
        match = re.search(case["theirs"], text, flags)
        ends = [0]
        for letter in text:
            ends.append(ends[-1] + len(letter.encode()))
        if match is None:
            return None
        return [[ends[place] if place >= 0 else -1 for place in match.span(group)]
                for group in range(match.re.groups + 1)]
    """

  @Test("6,000 generated patterns match generated texts at the same places, with the same groups")
  func agree() throws {
    var generator = PatternGenerator(seed: 5)
    var cases: [PatternGenerator.Case] = []
    while cases.count < 6000 {
      let made = generator.next()
      // Before Python 3.14, `\B` did not match the empty text.
      if made.text.isEmpty, made.pattern.contains("\\B") { continue }
      cases.append(made)
    }
    let answers = try Peer.ask(
      Self.answer,
      about: cases.map { item in
        .object([
          .init("theirs", .string(item.python)), .init("text", .string(item.text)),
          .init("unicode", .bool(item.isUnicode)),
        ])
      })
    var matched = 0
    for (item, answer) in zip(cases, answers) {
      let pattern = try Pattern(item.pattern, flags: item.isUnicode ? .unicode : [])
      let match = PatternMatcher(pattern).firstMatch(in: Array(item.text.utf8))
      let ours = match?.groups.map { $0.map { [$0.lowerBound, $0.upperBound] } ?? [-1, -1] }
      let theirs = answer.array?.map { ($0.array ?? []).compactMap(\.int).map { Int($0) } }
      if ours != nil { matched += 1 }
      #expect(ours == theirs, "\(item.pattern) in \(item.text.debugDescription)")
    }
    #expect(matched > 1500)
  }
}
