import Compute
import Learning
import Platform
import Support
import SystemPackage
import Testing

@testable import Checks

@Suite("Suites that data suggests") struct SuiteInferenceTests {
  private static func inferred(_ csv: String, label: String? = nil) throws -> InferredSuite {
    let folder = try SuiteFolder(["t.csv": csv])
    let stream = try TableStreams.open(folder.folder.path.appending("t.csv"))
    return try SuiteInference(stream, label: label, threads: 2).suite(file: "s.yml", data: "t.csv")
  }

  private static func failing(_ suite: DataSuite, _ table: FaultyTable) throws -> [TestOutcome] {
    try SuiteFolder(["t.csv": table.csv]).outcome(suite).outcomes.filter { $0.verdict != .passed }
  }

  @Test("its text says what was looked at, marks every line, and reads back to the same tests")
  func text() throws {
    let csv =
      "id,age,city,x\n"
      + (0..<60).map {
        "\($0),\($0 % 7 == 0 ? "" : "\(20 + $0)"),\($0 % 3 == 0 ? "Seoul" : "Bu # s"),\($0 == 3 ? "?" : "1.5")"
      }.joined(separator: "\n") + "\n"
    let inferred = try Self.inferred(csv, label: "city")
    let text = inferred.text(origin: "t.csv, sha256 ab")
    #expect(
      text.hasPrefix(
        "# Guessed by `reprise data infer` from t.csv, sha256 ab:\n# 60 rows, 4 columns."))
    let tests = text.split(separator: "\n").filter {
      $0.contains(" guess") || $0.contains("# guess")
    }
    #expect(tests.count >= 7)
    let read = try suite(text)
    #expect(read.label == "city")
    #expect(read.tests.map(\.kind) == inferred.suite.tests.map(\.kind))
    let unmarked = read.tests.filter { !$0.isGuess }.map(\.text)
    #expect(unmarked == [])
    // A mark that is taken away stays away, and a text that looks like one is none.
    #expect(try suite("data: d\ncolumns:\n  x: int, 1..2\n").tests.allSatisfy { !$0.isGuess })
    #expect(
      try suite("data: d\ncolumns:\n  x: 'in [\"a # guess\"]'\n").tests.allSatisfy { !$0.isGuess })
    #expect(try suite("data: d\ncolumns:\n  x: 'int'  # guess: 1..2\n").tests.last?.isGuess == true)
  }

  @Test(
    "odd tables suggest suites that pass on them",
    arguments: [
      "x\n1\n", "x,y\n,\n,\n", "x\n01\n1\n001\n1.0\n", "x\nnan\ninf\n-inf\n1e300\n",
      "a b,\"c:d\",'e',\"f\"\"g\"\n1,2,3,4\n5,6,7,8\n", "x\n\"a\nb\"\n\"c,d\"\n#\n",
      "x\ntrue\nFALSE\nTrue\n", "x\n2024-01-01\n2024-13-01\n", "# guess,x: y\n# guess,- z\n",
      "x\n9007199254740993\n-9223372036854775808\n18446744073709551616\n", "데이터,값\n가,1\n나,2\n",
    ])
  func odd(csv: String) throws {
    let inferred = try Self.inferred(csv)
    let read = try suite(inferred.text(origin: "t.csv"))
    #expect(read.tests.map(\.kind) == inferred.suite.tests.map(\.kind))
    let outcome = try SuiteFolder(["t.csv": csv]).outcome(read)
    #expect(outcome.outcomes.filter { $0.verdict != .passed }.map(\.found) == [])
    #expect(!outcome.outcomes.isEmpty)
  }

  @Test("an empty table, and a label that is not there, are refused") func refused() throws {
    #expect(throws: Failure.self) { try Self.inferred("x,y\n") }
    let failure = #expect(throws: Failure.self) { try Self.inferred("age\n1\n", label: "ag") }
    #expect(failure?.hint == "did you mean `age`?")
  }

  @Test("every planted fault is found, by a test of its column") func faults() throws {
    var counts: [String: Int] = [:]
    for (name, table, label) in try SampleTables.all() {
      let inferred = try Self.inferred(table.csv, label: label)
      let suite = try suite(inferred.text(origin: name))
      #expect(try Self.failing(suite, table).isEmpty, "\(name)")
      var stream = RandomStream(seed: 5, purpose: "faults \(name)")
      var faults: [(kind: String, columns: [String], table: FaultyTable)] = []
      for (place, first) in table.names.enumerated() {
        for second in table.names[(place + 1)...] where Self.differ(table, first, second) {
          faults.append(("columns swapped", [first, second], table.swapping(first, second)))
        }
        if table.numbers(first) != nil {
          faults.append(("unit x1000", [first], table.scaling(first, by: 1000)))
        }
        faults.append(("6% nulls", [first], table.losing(0.06, of: first, &stream)))
        if let numbers = table.numbers(first), Set(numbers).count > 12, first != "id" {
          faults.append(("a leaking column", [first, label], table.leaking(label, into: first)))
        }
      }
      for share in [0.02, 0.05, 0.5] {
        faults.append(("duplicated rows", [], table.repeating(share, &stream)))
      }
      let classes = table.names.filter { name in
        (2...10).contains(Set(table.rows.map { $0[table.place(name)] }).count)
      }
      for column in classes {
        faults.append(("a shifted class", [column], table.shifting(column, &stream)))
      }
      for fault in faults {
        let found = try Self.failing(suite, fault.table)
        let isNamed = found.contains { outcome in
          fault.columns.isEmpty
            || fault.columns.contains { column in
              outcome.test.column == column || outcome.found.contains(column)
            }
        }
        #expect(isNamed, "\(name): \(fault.kind) \(fault.columns): \(found.map(\.test.text))")
        counts[fault.kind, default: 0] += 1
      }
    }
    #expect(counts.count == 6)
  }

  /// Whether what stands in two columns can be told apart: other kinds, other values, or means half a standard deviation apart.
  private static func differ(_ table: FaultyTable, _ first: String, _ second: String) -> Bool {
    let numbers = (table.numbers(first), table.numbers(second))
    guard let a = numbers.0, let b = numbers.1 else {
      return (numbers.0 == nil) != (numbers.1 == nil) || table.names.last != second
    }
    func moments(_ x: [Double]) -> (Double, Double) {
      let mean = x.reduce(0, +) / Double(x.count)
      return (mean, (x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)).squareRoot())
    }
    return abs(moments(a).0 - moments(b).0) > max(moments(a).1, moments(b).1) / 2
  }

  @Test("at most 2% of 200 resamples of the same data raise an alarm") func falseAlarms() throws {
    for (name, table, label) in try SampleTables.all() {
      let inferred = try Self.inferred(table.csv, label: label)
      var stream = RandomStream(seed: 11, purpose: "resamples \(name)")
      var (halves, bootstraps) = (0, 0)
      let half = (table.rows.count + 1) / 2
      for _ in 0..<200 {
        let own = table.sample(half, &stream)
        if try !Self.failing(inferred.suite, own).isEmpty { halves += 1 }
        // A row that is drawn twice is there twice: only what is not of uniqueness is counted.
        let drawn = try Self.failing(inferred.suite, table.bootstrap(half, &stream))
        if drawn.contains(where: { !Self.isOfUniqueness($0) }) { bootstraps += 1 }
      }
      #expect(halves <= 4, "\(name)")
      #expect(bootstraps <= 4, "\(name)")
    }
  }

  private static func isOfUniqueness(_ outcome: TestOutcome) -> Bool {
    ["unique", "duplicates", "no-duplicates", "duplicate-rows"].contains(outcome.test.name)
  }
}
