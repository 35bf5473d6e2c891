import Formats
import Platform
import Support
import Testing

/// Our YAML against PyYAML's `safe_load`: the `str` and `repr` of every value, and what is refused.
@Suite("YAML as PyYAML loads it") struct ProjectsYAMLInterop {
  private static let answer = """
    import yaml

    def answer(case):
        value = yaml.safe_load(case)
        return {"str": str(value), "repr": repr(value)}
    """

  @Test("plain scalars have the same type and text") func scalars() throws {
    var random = SeededRandom(seed: 1)
    let texts = YAMLCases.scalars + (0..<3000).map { _ in YAMLCases.scalar(&random) }
    try compare(texts.map { "v: \($0)\n" }, mostDifferent: 10)
  }

  @Test("explicit tags are taken at their word") func tags() throws {
    var random = SeededRandom(seed: 2)
    let tags = ["!!int", "!!float", "!!bool", "!!null", "!!str", "!!timestamp", "!!binary", "!"]
    let cases = (0..<1500).map { _ in
      let text =
        random.chance(1, of: 2) ? random.pick(YAMLCases.scalars) : YAMLCases.scalar(&random)
      let quoted = text.contains("\"") || text.contains("\\") ? text : "\"\(text)\""
      return "v: \(random.pick(tags)) \(random.chance(1, of: 3) ? quoted : text)\n"
    }
    try compare(cases, mostDifferent: 120)
  }

  @Test("whole documents have the same value") func documents() throws {
    var random = SeededRandom(seed: 3)
    try compare((0..<800).map { _ in YAMLCases.document(&random) })
  }

  @Test("damaged documents are refused or read alike") func damaged() throws {
    var random = SeededRandom(seed: 4)
    let cases = (0..<6000).map { _ in YAMLCases.damaged(YAMLCases.document(&random), &random) }
    try compare(cases, mostDifferent: 120)
  }

  /// Compares every case, but those that the decision record names as different on purpose.
  private func compare(_ cases: [String], mostDifferent: Int = 0) throws {
    let answers = try Peer.ask(Self.answer, about: cases.map { .string($0) })
    var different = 0
    for (text, answer) in zip(cases, answers) {
      let value = Result { () throws(ParseFailure) in try YAMLValue(parsing: text) }
      let ours = (try? value.get())?.pythonRepr
      if ours != answer["repr"]?.string, Self.isKnownDifference(text, value, answer) {
        different += 1
        continue
      }
      #expect(
        ours == answer["repr"]?.string,
        "\(text.debugDescription): \(value.failureText) / \(answer.text())")
      if let theirs = answer["str"]?.string {
        #expect((try? value.get())?.pythonText == theirs, "\(text.debugDescription)")
      }
    }
    #expect(different <= mostDifferent, "more known differences than before")
  }

  /// docs/decisions/0001-libyaml.md, "Where it differs".
  private static func isKnownDifference(
    _ text: String, _ ours: Result<YAMLValue, ParseFailure>, _ theirs: JSONValue
  ) -> Bool {
    if let message = theirs["message"]?.string {
      // PyYAML refuses, libyaml reads.
      return [
        "found character '\\t' that cannot start any token", "but found '\\t'", "tag '!,'",
        "expected chomping or indentation indicators, but found '#'", "but got '?'",
      ].contains { message.contains($0) }
    }
    // libyaml refuses, PyYAML reads; and a value that holds itself.
    if text.contains("?"), ours.failureText.contains("did not find expected ','") { return true }
    return [
      "found unexpected ':'", "found a tab character where an indentation space is expected",
      "stands inside of what it stands for",
    ].contains { ours.failureText.contains($0) }
  }
}

extension Result where Failure == ParseFailure {
  fileprivate var failureText: String {
    if case .failure(let failure) = self { failure.message } else { "" }
  }
}
