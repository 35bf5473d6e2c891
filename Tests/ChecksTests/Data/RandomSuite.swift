@testable import Checks
import Platform
import Support

/// Suites of random tests of every kind, with names and texts that are hard to write.
struct RandomSuite {
  private var random: SeededRandom
  private static let nowhere = SourceLocation(file: "")
  private static let words = [
    "id", "age", "한글", "a b", "first name", "x.y", "in", "null", "by", "psi", "a`b", "it's",
    "say \"x\"",
    "rows", "mean", "a: b", "#1", "1st", "-", "é", "tab\there", "strict", "[a]", "é́", "true", "*",
    "&a",
    "a, b", "a\nb", "where", "@x", "%", "'", "label", "count(x)",
  ]

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  mutating func suite() -> DataSuite {
    var suite = DataSuite(file: "", data: reference())
    suite.reference = reference()
    suite.name = random.chance(1, of: 2) ? "a: 'name'" : nil
    suite.description = random.chance(1, of: 2) ? "x # y\nz" : nil
    suite.label = name()
    suite.drift = DriftSettings(
      method: random.pick(DriftMethod.allCases), correction: random.pick(Correction.allCases))
    for _ in 0..<6 {
      let name = name()
      guard !suite.columns.contains(where: { $0.name == name }) else { continue }
      let types: [ColumnType?] = [
        nil, .int, .float, .bool, .string, .date, .dateTime(format: nil), .category, .json, .image,
        .dateTime(format: "%Y-%m-%d \"%H:%M\""),
      ]
      suite.columns.append(.init(name, random.pick(types)))
    }
    let declared = suite.columns.map(\.name)
    let other: DataTest.Kind = .schema(
      columns: declared, isOrdered: true, allowsOthers: true)
    let usual: DataTest.Kind = .schema(columns: declared, isOrdered: false, allowsOthers: true)
    suite.tests.append(test(random.chance(1, of: 8) ? other : usual, nil, declared))
    for column in suite.columns {
      if let type = column.type { add(.type(type), column.name, to: &suite) }
      for _ in 0..<4 { add(columnKind(column.type), column.name, to: &suite) }
      if random.chance(1, of: 2), let kind = drift(column.type) {
        add(kind, column.name, to: &suite)
      }
    }
    for _ in 0..<4 { add(tableKind(), nil, to: &suite) }
    // Of a column that is not declared.
    add(columnKind(nil), "undeclared one", to: &suite)
    add(.driftedShare(max: share()), nil, to: &suite)
    suite.splits = [
      .init("train", reference()), .init("test", reference()), .init("a: b", reference()),
    ]
    for _ in 0..<3 { add(.split(split()), nil, to: &suite) }
    return suite
  }

  /// The test, unless there is one that says the same.
  private mutating func add(_ kind: DataTest.Kind, _ column: String?, to suite: inout DataSuite) {
    let new = test(kind, column, suite.columns.map(\.name))
    let isThere = suite.tests.contains {
      $0.kind == kind && $0.column == column && $0.filter == new.filter && $0.group == new.group
    }
    if !isThere { suite.tests.append(new) }
  }

  private mutating func test(
    _ kind: DataTest.Kind, _ column: String?, _ declared: [String]
  ) -> DataTest {
    var test = DataTest(kind, column: column, location: Self.nowhere)
    let form = TestForm.writing(kind)?.form
    if form?.isOfChosenRows == true, random.chance(1, of: 4) {
      test.filter = RandomExpression.condition(seed: random.next(), depth: 2)
    }
    if form?.isOfChosenRows == true, random.chance(1, of: 5) { test.group = name() }
    if kind.isOfRows, random.chance(1, of: 3) { test.mostly = max(1e-9, share()) }
    if case .schema = kind {
    } else {
      if random.chance(1, of: 4) { test.severity = .warn }
      if random.chance(1, of: 5) { test.isGuess = true }
    }
    test.text = test.shortForm(declared: declared)
    return test
  }

  // MARK: Parts

  private mutating func name() -> String { random.pick(Self.words) }

  private mutating func names() -> [String] {
    var names: [String] = []
    for _ in 0...random.next() % 3 {
      let name = name()
      if !names.contains(name) { names.append(name) }
    }
    return names
  }

  private mutating func reference() -> TableReference {
    let paths = [
      "data/train.csv", "a b/c.csv", "../x.csv", "a@b.csv", "s3:x", "store.db#t", "d,e.csv",
      "d*.csv",
      "5.csv", "[a].csv", "it's.csv", "x'y\"z.csv",
    ]
    let place: TableReference.Place =
      switch random.next() % 4 {
      case 0: .version(random.pick(paths), revision: "v1.2")
      case 1: .artifact(run: "abc", path: "out/a b.csv")
      default: .path(random.pick(paths))
      }
    return TableReference(place, at: Self.nowhere)
  }

  private mutating func number() -> Double {
    switch random.next() % 4 {
    case 0: Double(Int64(random.next() % 200)) - 100
    case 1: Double(random.next() % 1000) / 8 - 50
    case 2: Double.random(in: -1e6...1e6, using: &random)
    default:
      Double.random(in: 1...10, using: &random) * random.pick([1e-12, 1e-5, 1e15, 1e22, 1e300])
    }
  }

  private mutating func share() -> Double {
    random.chance(1, of: 5)
      ? random.pick([0, 1, 1e-7, 0.1, 0.07]) : Double.random(in: 0...1, using: &random)
  }

  private mutating func bounds(_ numbers: [Double]) -> Bounds {
    let ends = numbers.sorted()
    switch random.next() % 4 {
    case 0: return Bounds(lower: ends[0], excludesLower: random.chance(1, of: 2))
    case 1: return Bounds(upper: ends[0], excludesUpper: random.chance(1, of: 2))
    case 2: return Bounds(lower: ends[0], upper: ends[0])
    default:
      guard ends[0] < ends[1] else { return Bounds(lower: ends[0], upper: ends[1]) }
      return Bounds(
        lower: ends[0], upper: ends[1], excludesLower: random.chance(1, of: 2),
        excludesUpper: random.chance(1, of: 2))
    }
  }

  private mutating func bounds() -> Bounds { bounds([number(), number()]) }

  private mutating func counts() -> Bounds {
    bounds([Double(random.next() % 1000), Double(random.next() % 1000)])
  }

  private mutating func set(_ type: ColumnType?) -> ValueSet {
    switch random.next() % 4 {
    case 0: return .file(random.pick(["codes.txt", "../a b.txt", "1.txt", "..x", "-"]))
    case 1: return .column(reference(), random.pick(["name", "a b", "é"]))
    default:
      if type == .int { return .values(["1", "-2", "1e3"]) }
      if type == .float { return .values(["1.5", "-2", ".5"]) }
      if type == .bool { return .values(["true", "0"]) }
      let words = ["", "null", "~", " ", "x]", "1", "a: b", "New York", "-", "\\", "a\nb"]
      return .values(
        Array(Set(words + names())).sorted().filter { _ in random.chance(1, of: 2) } + ["z"])
    }
  }

  private mutating func columnKind(_ type: ColumnType?) -> DataTest.Kind {
    while true {
      let kind = anyColumnKind(type)
      guard let form = TestForm.writing(kind)?.form, form.fits.contains(type) else { continue }
      return kind
    }
  }

  private mutating func anyColumnKind(_ type: ColumnType?) -> DataTest.Kind {
    switch random.next() % 22 {
    case 21: .nearImages(distance: Int(random.next() % 17), max: share())
    case 20: .share(set(type), bounds([share(), share()]))
    case 0: .range(bounds())
    case 1: .inSet(set(type), isNegated: random.chance(1, of: 2))
    case 2: .pattern(random.pick(["a+", "\"x\"'\\d{2}'", "[^@]+@ #\\n", "한|é", "a: b, c"]))
    case 3: .length(counts())
    case 4: .dateFormat(random.pick(["%d.%m.%Y", "'%y' \"%j\"", "%%%H: %M, #"]))
    case 5: .monotonic(isStrict: random.chance(1, of: 2), isDescending: random.chance(1, of: 2))
    case 6: .foreignKey(reference(), column: random.pick(["name", "a b"]))
    case 7: .nulls(max: share())
    case 8: .mixedNulls(max: Int(random.next() % 5))
    case 9:
      random.chance(1, of: 2)
        ? .mixedTypes(low: 0.01, high: 0.1) : .mixedTypes(low: 0.02, high: 0.5)
    case 10: .unique
    case 11: .varies
    case 12: .classBalance(min: share())
    case 13: .freshness(maxAge: random.pick([0, 1, 90, 0.5, 86_400, 129_600, 1e9, 0.001]))
    case 14:
      .personalData(allowed: Set(PersonalDataKind.allCases.filter { _ in random.chance(1, of: 3) }))
    case 15: images()
    case 16, 17:
      .statistic(
        random.pick([.mean, .std, .min, .max, .sum, .median, .quantile(share())]), bounds())
    case 18: .statistic(.distinct, counts())
    default:
      .outliers(
        random.pick([.iqr(k: 1.5), .iqr(k: 3), .z(3), .z(2.5), .mad(3.5), .mad(1)]), max: share())
    }
  }

  private mutating func images() -> DataTest.Kind {
    .images(
      ImageRule(
        width: random.chance(1, of: 2) ? counts() : nil,
        height: random.chance(1, of: 2) ? counts() : nil,
        channels: random.chance(1, of: 2) ? counts() : nil,
        brightness: random.chance(1, of: 2) ? Bounds(lower: 0.5, upper: 200) : nil,
        maxDuplicates: random.chance(1, of: 2) ? share() : nil))
  }

  private mutating func drift(_ type: ColumnType?) -> DataTest.Kind? {
    let method = random.pick(DriftMethod.allCases)
    let limit = method == .auto || random.chance(1, of: 2) ? nil : share()
    guard TestForm.named("drift")?.fits.contains(type) == true else { return nil }
    if let type, method.isOfNumbers && !type.isNumber || method.isOfClasses && type == .float {
      return nil
    }
    return .drift(method, limit: limit)
  }

  private mutating func tableKind() -> DataTest.Kind {
    switch random.next() % 9 {
    case 0, 1: .holds(RandomExpression.condition(seed: random.next(), depth: 4))
    case 2: .duplicates(columns: random.chance(1, of: 2) ? [] : names(), max: share())
    case 3: .rowCount(counts())
    case 4: .rowChange(max: share() * 3)
    case 5: .columnCount(counts())
    case 6:
      .correlation(
        random.pick(CorrelationKind.allCases), limit: share(), pairs: Int(random.next() % 3),
        columns: random.chance(1, of: 2) ? [] : names())
    case 7: .leakScore(label: name(), max: share())
    default: .labelConflict(label: name(), max: share())
    }
  }

  private mutating func split() -> SplitTest {
    switch random.next() % 7 {
    case 0: .overlap(columns: random.chance(1, of: 2) ? [] : names(), max: share())
    case 1: .groupLeak(column: name())
    case 2: .timeOrder(column: name())
    case 3:
      .labelDrift(
        random.pick(DriftMethod.allCases.filter { $0 != .auto }), label: name(), limit: share())
    case 4: .newCategories(column: random.chance(1, of: 2) ? nil : name())
    case 5: .sizes(minRows: Int(random.next() % 1000), minShare: share())
    default: .leakScore(label: name(), max: share())
    }
  }
}
