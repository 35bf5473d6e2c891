import Compute
import Formats
import Platform

/// What came of a suite as it is kept to be told again: all but the tests themselves, which the same suite has.
enum StoredOutcome {
  /// Nil when something could not be tested, or holds what is not kept.
  static func json(_ outcome: SuiteOutcome, of suite: DataSuite) -> JSONValue? {
    var tests: [JSONValue] = []
    var place = 0
    for own in outcome.outcomes {
      // In the order of the suite; tests by groups stand there several times.
      while place < suite.tests.count, suite.tests[place].identity != own.test { place += 1 }
      guard place < suite.tests.count, let json = json(own, place) else { return nil }
      tests.append(json)
    }
    return [
      "source": .string(outcome.source), "rows": .int(Int64(outcome.rows)),
      "columns": .int(Int64(outcome.columns)), "tests": .array(tests),
    ]
  }

  static func outcome(_ json: JSONValue, of suite: DataSuite) -> SuiteOutcome? {
    guard let source = json["source"]?.string, let rows = json["rows"]?.int,
      let columns = json["columns"]?.int, let stored = json["tests"]?.array
    else { return nil }
    let tests = stored.compactMap { test($0, of: suite) }
    guard tests.count == stored.count else { return nil }
    return SuiteOutcome(
      file: suite.file, source: source, rows: Int(rows), columns: Int(columns), outcomes: tests)
  }

  // MARK: Tests

  private static func json(_ outcome: TestOutcome, _ place: Int) -> JSONValue? {
    guard outcome.problem == nil else { return nil }
    let details = outcome.details.compactMap(json)
    guard details.count == outcome.details.count else { return nil }
    var members: [JSONValue.Member] = [
      .init("test", .int(Int64(place))), .init("verdict", .string(outcome.verdict.rawValue)),
      .init("found", .string(outcome.found)),
    ]
    func add(_ key: String, _ value: JSONValue?) {
      if let value { members.append(.init(key, value)) }
    }
    add("group", outcome.group.map { .string($0) })
    add("value", outcome.value.map(number))
    add("share", outcome.rows.map { [.int(Int64($0.failing)), .int(Int64($0.considered))] })
    add("nearest", outcome.nearest.map { .string($0) })
    if !outcome.samples.isEmpty {
      add(
        "samples",
        .array(
          outcome.samples.map { sample in
            [
              .int(Int64(sample.row)), sample.line.map { .int(Int64($0)) } ?? .null,
              .string(sample.value), sample.path.map { .string($0) } ?? .null,
            ]
          }))
    }
    if !details.isEmpty { add("details", .array(details)) }
    return .object(members)
  }

  private static func test(_ json: JSONValue, of suite: DataSuite) -> TestOutcome? {
    guard let place = json["test"]?.int, suite.tests.indices.contains(Int(place)),
      let verdict = json["verdict"]?.string.flatMap(TestOutcome.Verdict.init),
      let found = json["found"]?.string
    else { return nil }
    var outcome = TestOutcome(
      suite.tests[Int(place)], passed: verdict == .passed, found: found,
      value: json["value"].flatMap(number))
    outcome.verdict = verdict
    outcome.group = json["group"]?.string
    outcome.nearest = json["nearest"]?.string
    if let share = json["share"]?.array?.compactMap(\.int), share.count == 2 {
      outcome.rows = .init(failing: Int(share[0]), considered: Int(share[1]))
    }
    outcome.samples = (json["samples"]?.array ?? []).compactMap { sample in
      guard let parts = sample.array, parts.count >= 3, let row = parts[0].int,
        let value = parts[2].string
      else { return nil }
      var found = RowSample(row: Int(row), line: parts[1].int.map(Int.init), value: "")
      // Kept by programs before this one without a path.
      (found.path, found.value) = (parts.count > 3 ? parts[3].string : nil, value)
      return found
    }
    let details = json["details"]?.array ?? []
    outcome.details = details.compactMap(detail)
    return outcome.details.count == details.count ? outcome : nil
  }

  // MARK: Pictures

  /// Those of data tests.
  private static func json(_ detail: OutcomeDetail) -> JSONValue? {
    switch detail {
    case .bins(let names, let reference, let current):
      ["bins": .array([.array(names.map { .string($0) }), numbers(reference), numbers(current)])]
    case .distribution(let xs, let reference, let current, let gap):
      [
        "distribution": .array([
          numbers(xs), numbers(reference), numbers(current),
          numbers([gap.value, gap.reference, gap.current]),
        ])
      ]
    case .tenths(let edges, let reference, let current):
      ["tenths": .array([numbers(edges), numbers(reference), numbers(current)])]
    case .histogram(let own):
      [
        "histogram": .array([
          numbers([own.low, own.high]), numbers(own.marks),
          .array(([own.left, own.right] + own.counts).map { .int(Int64($0)) }),
        ])
      ]
    case .numbers(let names, let values):
      ["numbers": .array([.array(names.map { .string($0) }), numbers(values)])]
    case .reliability, .slices, .groups: nil
    }
  }

  private static func detail(_ json: JSONValue) -> OutcomeDetail? {
    guard let member = json.members?.first, let parts = member.value.array else { return nil }
    func texts(_ place: Int) -> [String] { parts[place].array?.compactMap(\.string) ?? [] }
    func list(_ place: Int) -> [Double] { parts[place].array?.compactMap(number) ?? [] }
    switch (member.key, parts.count) {
    case ("bins", 3): return .bins(names: texts(0), reference: list(1), current: list(2))
    case ("distribution", 4):
      guard list(3).count == 3 else { return nil }
      return .distribution(
        xs: list(0), reference: list(1), current: list(2),
        gap: .init(value: list(3)[0], reference: list(3)[1], current: list(3)[2]))
    case ("tenths", 3): return .tenths(edges: list(0), reference: list(1), current: list(2))
    case ("histogram", 3):
      let counts = parts[2].array?.compactMap { $0.int.map(Int.init) } ?? []
      guard list(0).count == 2, counts.count > 2 else { return nil }
      return .histogram(
        Histogram(
          low: list(0)[0], high: list(0)[1], marks: list(1), counts: Array(counts[2...]),
          left: counts[0], right: counts[1]))
    case ("numbers", 2): return .numbers(texts(0), list(1))
    default: return nil
    }
  }

  private static func numbers(_ values: [Double]) -> JSONValue { .array(values.map(number)) }

  /// JSON has no NaN and no infinities.
  static func number(_ value: Double) -> JSONValue {
    value.isFinite ? .double(value) : .string("\(value)")
  }

  static func number(_ json: JSONValue) -> Double? {
    json.number ?? json.string.flatMap(Double.init)
  }
}
