import Formats

/// What the tests of data and models said that were done with a run, from its `tests/report.json`
/// (docs/reference/test-report.md). Anybody may have written that: what it does not have is left out.
struct TestSummary: Sendable, Hashable {
  struct Suite: Sendable, Hashable {
    var name: String
    var rows: Int64?
    var tests: [Test]
  }

  struct Test: Sendable, Hashable {
    enum Verdict: String { case passed, failed, warned, untested }

    var text: String
    var verdict: Verdict
    var found: String
    var nearest: String?
  }

  var suites: [Suite]

  static let file = "tests/report.json"
  /// The same as a page, with pictures.
  static let page = "tests/report.html"
  /// Tests that are shown, of all suites together.
  static let most = 500

  /// Nil when a run has none, or what stands there is something else.
  static func read(in folder: ArtifactFolder) -> TestSummary? {
    folder.text(file, limit: 8 << 20).flatMap { try? JSONValue(parsing: $0) }.flatMap {
      TestSummary($0)
    }
  }

  init?(_ json: JSONValue) {
    guard let list = json["suites"]?.array else { return nil }
    var room = Self.most
    suites = list.prefix(room).compactMap { suite in
      guard let name = suite["suite"]?.string else { return nil }
      let tests = (suite["tests"]?.array ?? []).prefix(room).compactMap { test -> Test? in
        guard let text = test["test"]?.string,
          let verdict = test["verdict"]?.string.flatMap(Test.Verdict.init)
        else { return nil }
        return Test(
          text: text, verdict: verdict, found: test["found"]?.string ?? "",
          nearest: test["nearest"]?.string)
      }
      room -= tests.count
      return Suite(name: name, rows: suite["rows"]?.int, tests: tests)
    }
    guard !suites.isEmpty else { return nil }
  }

  func count(_ verdict: Test.Verdict) -> Int {
    suites.reduce(0) { $0 + $1.tests.count { $0.verdict == verdict } }
  }
}
