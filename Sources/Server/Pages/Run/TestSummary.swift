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

  /// With the tests that are shown.
  var suites: [Suite]
  /// Of all tests, also of those that are not shown.
  private let counts: [Test.Verdict: Int]

  static let file = "tests/report.json"
  /// The same as a page, with pictures.
  static let page = "tests/report.html"
  /// Tests that are shown, of all suites together: those that do not pass before the others.
  static let most = 500

  /// Nil when a run has none, or what stands there is something else.
  static func read(in folder: ArtifactFolder) -> TestSummary? {
    folder.text(file, limit: 8 << 20).flatMap { try? JSONValue(parsing: $0) }.flatMap {
      TestSummary($0)
    }
  }

  init?(_ json: JSONValue) {
    guard let list = json["suites"]?.array else { return nil }
    let failures = json["failures"]?.array ?? []
    let all = list.compactMap { Suite($0) } + failures.compactMap { Suite(failure: $0) }
    guard !all.isEmpty else { return nil }
    let tests = all.flatMap(\.tests)
    counts = Dictionary(tests.map { ($0.verdict, 1) }, uniquingKeysWith: +)
    var roomForOthers = Self.most
    var roomForPassed = max(0, Self.most - tests.count { $0.verdict != .passed })
    suites = all.prefix(Self.most).map { suite in
      var suite = suite
      suite.tests = suite.tests.filter { test in
        guard test.verdict == .passed else {
          roomForOthers -= 1
          return roomForOthers >= 0
        }
        roomForPassed -= 1
        return roomForPassed >= 0
      }
      return suite
    }
  }

  func count(_ verdict: Test.Verdict) -> Int { counts[verdict] ?? 0 }

  /// How many tests are not shown.
  var left: Int { counts.values.reduce(0, +) - suites.reduce(0) { $0 + $1.tests.count } }
}

extension TestSummary.Suite {
  fileprivate init?(_ json: JSONValue) {
    guard let name = json["suite"]?.string else { return nil }
    self.init(
      name: name, rows: json["rows"]?.int,
      tests: (json["tests"]?.array ?? []).compactMap { TestSummary.Test($0) })
  }

  /// One that could not be tested at all.
  fileprivate init?(failure json: JSONValue) {
    guard let name = json["file"]?.string else { return nil }
    let error = json["error"]
    let test = TestSummary.Test(
      text: error?["location"]?.string ?? name, verdict: .untested,
      found: error?["message"]?.string ?? "", nearest: nil)
    self.init(name: name, rows: nil, tests: [test])
  }
}

extension TestSummary.Test {
  fileprivate init?(_ json: JSONValue) {
    guard let text = json["test"]?.string,
      let verdict = json["verdict"]?.string.flatMap(Verdict.init)
    else { return nil }
    let group = json["group"]?.string
    self.init(
      text: group.map { "\(text) [\($0)]" } ?? text, verdict: verdict,
      found: json["found"]?.string ?? "", nearest: json["nearest"]?.string)
  }
}
