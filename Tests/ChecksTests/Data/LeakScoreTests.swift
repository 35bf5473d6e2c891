import Support
import Testing

@testable import Checks

@Suite("What a column by itself tells of the label") struct LeakScoreTests {
  private static func outcome(
    _ tables: [String: String], _ columns: String, _ test: String = "leak score y"
  ) throws -> TestOutcome {
    let isSplit = tables["test.csv"] != nil
    let text =
      "data: \(isSplit ? "train" : "t").csv\ncolumns: {\(columns)}\n"
      + (isSplit
        ? "splits: {train: train.csv, test: test.csv, check: [\(test)]}\n" : "table: [\(test)]\n")
    return try #require(try SuiteFolder(tables).outcome(text).outcomes.last)
  }

  private static func scores(_ outcome: TestOutcome) -> [String: Double] {
    guard case .numbers(let names, let values)? = outcome.details.first else { return [:] }
    return Dictionary(uniqueKeysWithValues: zip(names, values))
  }

  /// A feature that knows the label, one that is its opposite, a key, a constant, a category of two halves, and one without values.
  private static let rows = (0..<40).map { row -> String in
    let label = row % 4 == 0 ? 1 : 0
    let half = row % 8 < 4 ? "a" : "b"
    return
      "\(label + row),\(-100 * label),k\(row),same,\(label == 1 ? "yes" : "no"),\(half),,\(label)\n"
  }
  private static let names = "n,opposite,key,same,known,half,none,y\n"
  private static let types =
    "n: float, opposite: int, key: string, same: category, known: category, half: category, none: float, y: int"

  @Test("in one table a key and a constant tell nothing, and what knows the label all")
  func oneTable() throws {
    let outcome = try Self.outcome(["t.csv": Self.names + Self.rows.joined()], Self.types)
    let scores = Self.scores(outcome)
    #expect(scores["opposite"] == 1 && scores["known"] == 1)
    #expect(scores["key"] == 0.5 && scores["same"] == 0.5)
    #expect(scores["none"] == nil && scores["y"] == nil)
    #expect(scores["n"].map { $0 < 0.6 } == true)
    #expect(outcome.verdict == .failed)
    #expect(outcome.found == "2 of 6 columns tell it: `opposite` 1, `known` 1 (ROC AUC)")
    #expect(outcome.value == 1 && outcome.nearest == nil)
    let other = try Self.outcome(
      ["t.csv": Self.names + Self.rows.joined()], Self.types, "leak score y < 1.5")
    #expect(other.verdict == .passed)
    #expect(other.found == "the best of 6 columns is `opposite` 1 (ROC AUC)")
  }

  @Test("in a split what the training table shows is tried on the test table") func split() throws {
    let head = "id,code,y\n"
    let train = (0..<20).map { "\($0),\($0 % 2 == 0 ? "a" : "b"),\($0 % 2)\n" }
    // Here the codes have changed places, and one is new.
    let test = (20..<40).map { "\($0),\($0 == 39 ? "c" : $0 % 2 == 0 ? "b" : "a"),\($0 % 2)\n" }
    let types = "id: string, code: category, y: category"
    let opposite = try Self.outcome(
      ["train.csv": head + train.joined(), "test.csv": head + test.joined()], types)
    // What was learnt is wrong of all of them, and so its opposite is right; of keys nothing was learnt.
    #expect(Self.scores(opposite) == ["code": 1, "id": 0.5])
    let same = try Self.outcome(
      ["train.csv": head + train.joined(), "test.csv": head + train.joined()], types,
      "leak score y < 0.95")
    #expect(Self.scores(same) == ["code": 1, "id": 1])
    #expect(same.found == "2 of 2 columns tell it: `id` 1, `code` 1 (ROC AUC)")
  }

  @Test("of more than two classes it is the one that is told best") func classes() throws {
    let rows = (0..<60).map { row -> String in
      let label = ["low", "middle", "high"][row % 3]
      // Only the middle class is known by a number, and by a code.
      return
        "\(label == "middle" ? 5 : row % 2 == 0 ? 1 : 2),\(label == "high" ? "h" : "x"),\(label)\n"
    }
    let scores = Self.scores(
      try Self.outcome(
        ["t.csv": "n,c,y\n" + rows.joined()], "n: int, c: category, y: category"))
    #expect(scores == ["n": 1, "c": 1])
  }

  @Test("a number is told by means; a missing value is a category, and no number")
  func numbers() throws {
    let rows = (0..<200).map { row -> String in
      let label = Double(row) * 0.5
      let group = row < 50 ? "" : row < 100 ? "b" : row < 150 ? "c" : "d"
      return "\(row % 7 == 0 ? "" : "\(label * 2 + 1)"),\(group),k\(row),\(label)\n"
    }
    let outcome = try Self.outcome(
      ["t.csv": "n,g,key,y\n" + rows.joined()],
      "n: float, g: category, key: string, y: float", "leak score y < 0.95")
    let scores = Self.scores(outcome)
    // 32 intervals leave a thousandth of the squares, four categories a sixteenth.
    #expect(try #require(scores["n"]) > 0.998)
    #expect(abs(try #require(scores["g"]) - (1 - 1.0 / 16)) < 0.005)
    #expect(abs(try #require(scores["key"])) < 0.02)
    #expect(outcome.found.hasPrefix("1 of 3 columns tell it: `n` 0.99"))
    #expect(outcome.found.hasSuffix("(R²)"))
  }

  @Test("only the rows of a condition count, and each group by itself") func someRows() throws {
    // What is known in the one city is not in the other.
    let rows = (0..<80).map { row -> String in
      let (label, isSeoul) = (row / 2 % 2, row % 2 == 0)
      return "\(isSeoul ? label : row * 7 % 10),\(isSeoul ? "Seoul" : "Busan"),\(label)\n"
    }
    let tables = ["t.csv": "n,city,y\n" + rows.joined()]
    let types = "n: int, city: category, y: int"
    let seoul = try Self.outcome(tables, types, "leak score y where city == 'Seoul'")
    #expect(Self.scores(seoul) == ["n": 1, "city": 0.5])
    let busan = try Self.outcome(tables, types, "leak score y < 0.9 where city == 'Busan'")
    #expect(busan.verdict == .passed)
    let text = "data: t.csv\ncolumns: {\(types)}\ntable: [leak score y < 0.9 by city]\n"
    let both = try SuiteFolder(tables).outcome(text).outcomes.suffix(2)
    #expect(both.map(\.group) == ["Busan", "Seoul"])
    #expect(both.map(\.verdict) == [.passed, .failed])
  }

  @Test("columns without a type are numbers where all their cells are; times are numbers")
  func undeclared() throws {
    let rows = (0..<30).map { row in
      "\(row),\(row % 5 == 0 ? "x" : "\(row)"),2024-01-\(row < 9 ? "0" : "")\(row + 1),\(row / 15)\n"
    }
    let text = "data: t.csv\ncolumns: {t: date}\ntable: [leak score y < 0.9]\n"
    let folder = try SuiteFolder(["t.csv": "a,b,t,y\n" + rows.joined()])
    let scores = Self.scores(try #require(try folder.outcome(text).outcomes.last))
    #expect(scores["a"] == 1 && scores["t"] == 1)
    // Its texts are one category, all others stand once.
    #expect(try #require(scores["b"]) < 0.7)
  }

  @Test("little memory makes no difference", arguments: 0..<24) func memory(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let isNumber = seed % 2 == 0
    let rows = (0..<3000).map { _ -> String in
      let label = Int(random.next() % (isNumber ? 1000 : 4))
      let number = random.chance(1, of: 3) ? 7 : Int(random.next() % 500) + label
      let code = random.chance(1, of: 2) ? "often" : "c\(random.next() % 900)"
      return "\(random.chance(1, of: 20) ? "" : "\(number)"),\(code),\(label)\n"
    }
    let half = rows.count / 2
    let folder = try SuiteFolder([
      "train.csv": "n,c,y\n" + rows[..<half].joined(),
      "test.csv": "n,c,y\n" + rows[half...].joined(),
    ])
    let types: [String: ColumnType] = [
      "n": .int, "c": .category, "y": isNumber ? .float : .category,
    ]
    func scores(_ limit: Int, isSplit: Bool) throws -> [LeakScores.Score] {
      let known = try ["train.csv", "test.csv"].map { name in
        let stream = try folder.open(
          TableReference(.path(name), at: suite("data: \(name)\ntable: [rows > 0]\n").data.location)
        )
        return try TableScanner(stream, threads: 2, MemoryBudget(limit: limit)).scan(
          Set(types.map { ScanRequest(.cells($0.key, as: $0.value)) }), types: types)
      }
      return try LeakScores(
        of: ["n", "c"], label: "y", learnt: { known[0].cells($0, as: types[$0], nil) },
        judged: isSplit ? { known[1].cells($0, as: types[$0], nil) } : nil
      ).scores
    }
    for isSplit in [false, true] {
      let large = try scores(1 << 24, isSplit: isSplit)
      let small = try scores(64, isSplit: isSplit)
      #expect(large.count == 2)
      for (one, other) in zip(large, small) {
        #expect(one.column == other.column)
        // Sums of squares come in another order.
        #expect(isNumber ? abs(one.value - other.value) < 1e-12 : one.value == other.value)
      }
    }
  }

  @Test(
    "a label that tells no rows apart is no label",
    arguments: [
      ("same", "no column can be compared with `y`, or it has one value only"),
      ("", "no column can be compared with `y`, or it has one value only"),
      ("k#", "`y` has more than 1,000 different values, which are no classes"),
    ])
  func noLabel(label: String, problem: String) throws {
    let rows = (0..<1200).map { "\($0),\(label.replacing("#", with: "\($0)"))\n" }
    let outcome = try Self.outcome(
      ["t.csv": "n,y\n" + rows.joined()], "n: int, y: string")
    #expect(outcome.verdict == .untested)
    #expect(outcome.found == problem)
  }
}
