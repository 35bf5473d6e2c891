import Formats
import Platform

/// What came of all suites that were tested together.
package struct TestReport: Sendable {
  package var suites: [SuiteOutcome]
  /// Suites that could not be tested at all: their file, and why.
  package var failures: [SuiteFailure]

  package struct SuiteFailure: Sendable {
    package var file: String
    package var failure: Failure

    package init(file: String, failure: Failure) {
      self.file = file
      self.failure = failure
    }

    /// Each mistake by itself, where there are several.
    var problems: [Failure] { failure.details.isEmpty ? [failure] : failure.details }
  }

  package init(suites: [SuiteOutcome] = [], failures: [SuiteFailure] = []) {
    self.suites = suites
    self.failures = failures
  }

  package func count(_ verdict: TestOutcome.Verdict) -> Int {
    suites.reduce(0) { $0 + $1.count(verdict) }
  }

  /// 0: everything passes; 1: a test failed; 2: something could not be tested.
  package var exitCode: Int32 {
    if !failures.isEmpty { return 2 }
    return suites.map(\.exitCode).max() ?? 0
  }
}

extension TestReport {
  /// The schema is docs/reference/test-report.md. Nothing in it depends on threads, time or the form of the file that was read.
  package var json: JSONValue { json(withInputs: false) }

  /// - Parameter withInputs: whether it says of each suite which files it read, with the hashes of their content.
  package func json(withInputs: Bool) -> JSONValue {
    [
      "version": 1,
      "passed": .int(Int64(count(.passed))), "failed": .int(Int64(count(.failed))),
      "warned": .int(Int64(count(.warned))), "untested": .int(Int64(count(.untested))),
      "suites": .array(suites.map { $0.json(withInputs: withInputs) }),
      "failures": .array(
        failures.map { ["file": .string($0.file), "error": TestReport.json($0.failure)] }),
    ]
  }
}

extension TestReport {
  fileprivate static func json(_ failure: Failure) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("message", .string(failure.message)),
      .init("hint", failure.hint.map { .string($0) } ?? .null),
      .init("location", failure.location.map { .string("\($0)") } ?? .null),
    ]
    if !failure.details.isEmpty {
      members.append(.init("details", .array(failure.details.map(json))))
    }
    return .object(members)
  }
}

extension SuiteOutcome {
  func json(withInputs: Bool) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("suite", .string(file)), .init("rows", .int(Int64(rows))),
      .init("columns", .int(Int64(columns))),
    ]
    if isKnown { members.append(.init("known", .bool(true))) }
    if withInputs { members.append(.init("data", .array(inputs.map(\.json)))) }
    members.append(.init("tests", .array(outcomes.map(\.json))))
    return .object(members)
  }
}

extension TestedInput {
  /// What a record keeps of it.
  package var json: JSONValue {
    ["name": .string(name), "sha256": digest.map { .string($0) } ?? .null]
  }
}

extension TestOutcome {
  var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("test", .string(test.text)), .init("verdict", .string(verdict.rawValue)),
      .init("severity", .string(test.severity.rawValue)),
      .init("column", test.column.map { .string($0) } ?? .null),
      .init("group", group.map { .string($0) } ?? .null), .init("found", .string(found)),
      .init("value", value.map(Self.number) ?? .null),
      .init("line", test.location.line.map { .int(Int64($0)) } ?? .null),
    ]
    if let rows {
      members.append(.init("failing", .int(Int64(rows.failing))))
      members.append(.init("considered", .int(Int64(rows.considered))))
    }
    if !samples.isEmpty {
      members.append(
        .init(
          "samples",
          .array(
            samples.map { sample in
              var members: [JSONValue.Member] = [
                .init("row", .int(Int64(sample.row))), .init("value", .string(sample.value)),
              ]
              if let path = sample.path { members.append(.init("path", .string(path))) }
              return .object(members)
            })))
    }
    if let nearest { members.append(.init("nearest", .string(nearest))) }
    if let problem { members.append(.init("error", TestReport.json(problem))) }
    if test.isGuess { members.append(.init("guess", .bool(true))) }
    return .object(members)
  }

  private static func number(_ value: Double) -> JSONValue {
    value.isFinite ? .double(value) : .string(PlainValue.text(value))
  }
}
