import Formats

/// What came of a suite at one time.
package struct HistoryEntry: Sendable, Hashable {
  package var suite: String
  /// Milliseconds since 1970.
  package var time: Int64
  package var version: String
  package var inputs: [Input]
  package var rows: Int
  package var tests: [Test]

  /// What was read.
  package struct Input: Sendable, Hashable {
    package var name: String
    /// SHA-256 of its content; nil when it was no single file.
    package var digest: String?
  }

  package struct Test: Sendable, Hashable {
    /// In the short form, with its group.
    package var name: String
    package var verdict: TestOutcome.Verdict
    /// What was compared; nil when it was no number.
    package var value: Double?
  }

  package init(_ outcome: SuiteOutcome, time: Int64, version: String) {
    suite = outcome.file
    self.time = time
    self.version = version
    inputs = outcome.inputs.map { Input(name: $0.name, digest: $0.digest) }
    rows = outcome.rows
    tests = outcome.outcomes.map { Test(name: $0.title, verdict: $0.verdict, value: $0.value) }
  }

  init?(_ json: JSONValue) {
    guard let suite = json["suite"]?.string, let time = json["time"]?.int,
      let tests = json["tests"]?.array
    else { return nil }
    self.suite = suite
    self.time = time
    version = json["version"]?.string ?? ""
    inputs = (json["data"]?.array ?? []).compactMap { input in
      input["name"]?.string.map { Input(name: $0, digest: input["sha256"]?.string) }
    }
    rows = json["rows"]?.int.map(Int.init) ?? 0
    self.tests = tests.compactMap { test in
      guard let name = test["test"]?.string,
        let verdict = test["verdict"]?.string.flatMap(TestOutcome.Verdict.init)
      else { return nil }
      return Test(name: name, verdict: verdict, value: test["value"].flatMap(StoredOutcome.number))
    }
  }

  package var json: JSONValue {
    [
      "suite": .string(suite), "time": .int(time), "version": .string(version),
      "data": .array(
        inputs.map { ["name": .string($0.name), "sha256": $0.digest.map { .string($0) } ?? .null] }),
      "rows": .int(Int64(rows)),
      "tests": .array(
        tests.map { test in
          [
            "test": .string(test.name), "verdict": .string(test.verdict.rawValue),
            "value": test.value.map(StoredOutcome.number) ?? .null,
          ]
        }),
    ]
  }
}
