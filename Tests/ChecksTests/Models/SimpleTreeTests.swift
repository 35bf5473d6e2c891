import Compute
import Platform
import Testing

@testable import Checks

@Suite("Against a simple tree") struct SimpleTreeTests {
  /// A label that a tree of two levels knows, and one of numbers.
  private func folder() throws -> ModelFolder {
    let folder = try ModelFolder()
    var stream = RandomStream(seed: 5, purpose: "trees")
    for (name, count) in [("train.csv", 200), ("test.csv", 100)] {
      var text = "a,b,city,y,z\n"
      for _ in 0..<count {
        let (a, b) = (stream.unit(), stream.unit())
        let city = ["Oslo", "Rome", "Bern"][stream.integer(below: 3)]
        let label = a > 0.4 && (b > 0.5 || city == "Rome") ? "yes" : "no"
        text += "\(a),\(b),\(city),\(label),\(a > 0.5 ? 3 : 1)\n"
      }
      try folder.write(name, text)
    }
    return folder
  }

  /// Answers of the command by awk's words.
  private func found(_ answer: String, _ label: String, _ tests: String) async throws
    -> [TestOutcome]
  {
    try await folder().outcome(
      """
      command: "awk -F, 'NR == 1 { print \\"prediction\\" } NR > 1 { print (\(answer)) }'"
      data: test.csv
      train: train.csv
      label: \(label)
      tests:
      \(tests)
      """
    ).outcomes
  }

  private static let right =
    "($1 > 0.4 && ($2 > 0.5 || $3 == \\\"Rome\\\")) ? \\\"yes\\\" : \\\"no\\\""

  @Test("a model that knows less than a tree does not beat it") func classes() async throws {
    let tests = "- beats simple tree by 0\n- beats majority by 0"
    let half = try await found("$1 > 0.4 ? \\\"yes\\\" : \\\"no\\\"", "y", tests)
    #expect(half.map(\.verdict) == [.failed, .passed], "\(half.map(\.found))")
    let right = try await found(Self.right, "y", "- beats simple tree on f1 of yes by 0.5 absolute")
    // A tree of three levels knows the rule but for its edges.
    #expect(right[0].verdict == .failed)
    guard case .numbers(let names, let values)? = right[0].details.first else {
      Issue.record("no numbers")
      return
    }
    #expect(names == ["the model", "simple tree"])
    #expect(values[0] == 1)
    #expect(values[1] > 0.9)
  }

  @Test("numbers have a tree of numbers") func numbers() async throws {
    let found = try await found(
      "$1", "z", "- beats simple tree\n- beats simple tree on mae by 0.1 absolute")
    #expect(found.map(\.verdict) == [.failed, .failed], "\(found.map(\.found))")
    guard case .numbers(let names, let values)? = found[0].details.first else {
      Issue.record("no numbers")
      return
    }
    #expect(names == ["the model", "simple tree"])
    // One split knows it all, but for a row at the edge.
    #expect(values[1] < 0.25)
  }

  @Test("it learns from the training table, and needs one") func training() async throws {
    let folder = try folder()
    // Labels that say nothing of the test's.
    let other = (0..<200).map { "\(Double($0) / 200),0.5,Oslo,no,1\n" }.joined()
    try folder.write("other.csv", "a,b,city,y,z\n0.1,0.1,Oslo,yes,1\n" + other)
    func outcome(_ train: String) async throws -> TestOutcome {
      try await folder.outcome(
        """
        command: "awk -F, 'NR == 1 { print \\"prediction\\" } NR > 1 { print (\(Self.right)) }'"
        data: test.csv
        \(train)
        label: y
        tests: [beats simple tree by 0.9]
        """
      ).outcomes[0]
    }
    #expect(try await outcome("train: other.csv").verdict == .passed)
    let without = try await outcome("")
    #expect(without.verdict == .untested)
    #expect(without.problem?.hint == "add `train: data/train.csv`")
  }
}
