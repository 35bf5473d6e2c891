@testable import Checks
import Platform
import Testing

@Suite("Short and long forms of tests") struct DataTestFormsTests {
  private static let nowhere = SourceLocation(file: "")

  private static func place(_ path: String) -> TableReference {
    TableReference(.path(path), at: nowhere)
  }

  /// Type of the column, short form, long form, what both mean.
  private static let ofColumns: [(String, String, String, DataTest.Kind)] = [
    ("", "int", "{test: type, type: int}", .type(.int)),
    (
      "", "datetime \"%Y-%m-%d\"", "{test: type, type: datetime, format: '%Y-%m-%d'}",
      .type(.dateTime(format: "%Y-%m-%d"))
    ),
    ("int", "18..90", "{test: range, min: 18, max: 90}", .range(Bounds(lower: 18, upper: 90))),
    ("float", "18..", "{test: range, min: 18}", .range(Bounds(lower: 18))),
    ("float", "..-1.5e3", "{test: range, max: -1500}", .range(Bounds(upper: -1500))),
    ("float", ">= 0", "{test: range, min: 0}", .range(Bounds(lower: 0))),
    ("float", "> 0", "{test: range, above: 0}", .range(Bounds(lower: 0, excludesLower: true))),
    (
      "float", "< 1_000", "{test: range, below: 1000}",
      .range(Bounds(upper: 1000, excludesUpper: true))
    ),
    ("float", "== 5", "{test: range, min: 5, max: 5}", .range(Bounds(lower: 5, upper: 5))),
    (
      "float", "> 0 and <= 1", "{test: range, above: 0, max: 1}",
      .range(Bounds(lower: 0, upper: 1, excludesLower: true))
    ),
    ("int", "in 18..90", "{test: range, min: 18, max: 90}", .range(Bounds(lower: 18, upper: 90))),
    (
      "category", "in [KR, 'New York', 10, '', 'it''s']",
      "{test: in-set, values: [KR, New York, 10, '', it's]}",
      .inSet(.values(["KR", "New York", "10", "", "it's"]), isNegated: false)
    ),
    (
      "category", "not in [no, on, '~', 'null']",
      "{test: not-in-set, values: [no, on, '~', \"null\"]}",
      .inSet(.values(["no", "on", "~", "null"]), isNegated: true)
    ),
    (
      "category", "in data/codes.txt", "{test: in-set, file: data/codes.txt}",
      .inSet(.file("data/codes.txt"), isNegated: false)
    ),
    (
      "category", "in ../codes.txt", "{test: in-set, file: ../codes.txt}",
      .inSet(.file("../codes.txt"), isNegated: false)
    ),
    (
      "category", "not in \"a b.db#t#c\"", "{test: not-in-set, from: 'a b.db#t#c'}",
      .inSet(.column(place("a b.db#t"), "c"), isNegated: true)
    ),
    (
      "string", #"~ "[A-Z]{2}\d+""#, #"{test: regex, pattern: '[A-Z]{2}\d+'}"#,
      .pattern(#"[A-Z]{2}\d+"#)
    ),
    ("string", "~ 'a\"b''c'", "{test: regex, pattern: \"a\\\"b'c\"}", .pattern("a\"b'c")),
    (
      "string", "length 1..80", "{test: length, min: 1, max: 80}",
      .length(Bounds(lower: 1, upper: 80))
    ),
    (
      "string", "format \"%d.%m.%Y\"", "{test: date-format, format: '%d.%m.%Y'}",
      .dateFormat("%d.%m.%Y")
    ),
    ("int", "monotonic", "{test: monotonic}", .monotonic(isStrict: false, isDescending: false)),
    (
      "int", "monotonic descending strict", "{test: monotonic, strict: true, descending: true}",
      .monotonic(isStrict: true, isDescending: true)
    ),
    (
      "string", "foreign key in data/cities.csv#name",
      "{test: foreign-key, to: data/cities.csv#name}",
      .foreignKey(place("data/cities.csv"), column: "name")
    ),
    ("", "not null", "{test: not-null}", .nulls(max: 0)),
    ("", "nulls <= 5%", "{test: nulls}", .nulls(max: 0.05)),
    ("", "nulls", "{test: nulls, max: 5%}", .nulls(max: 0.05)),
    ("", "nulls <= 0.125", "{test: nulls, max: 12.5%}", .nulls(max: 0.125)),
    ("", "nulls == 0", "{test: nulls, max: 0}", .nulls(max: 0)),
    ("", "mixed nulls", "{test: mixed-nulls, max: 1}", .mixedNulls(max: 1)),
    ("", "mixed nulls <= 3", "{test: mixed-nulls, max: 3}", .mixedNulls(max: 3)),
    ("string", "mixed types", "{test: mixed-types}", .mixedTypes(low: 0.01, high: 0.1)),
    (
      "string", "mixed types outside 2%..20%", "{test: mixed-types, outside: 2%..20%}",
      .mixedTypes(low: 0.02, high: 0.2)
    ),
    ("", "unique", "{test: unique}", .unique),
    ("", "not constant", "{test: not-constant}", .varies),
    (
      "category", "share of [a, b] 40%..60%",
      "{test: share, values: [a, b], min: 40%, max: 60%}",
      .share(.values(["a", "b"]), Bounds(lower: 0.4, upper: 0.6))
    ),
    (
      "category", "share of codes.txt < 0.5", "{test: share, file: codes.txt, below: 50%}",
      .share(.file("codes.txt"), Bounds(upper: 0.5, excludesUpper: true))
    ),
    ("int", "class balance", "{test: class-balance}", .classBalance(min: 0.1)),
    ("int", "class balance >= 20%", "{test: class-balance, min: 0.2}", .classBalance(min: 0.2)),
    ("datetime", "age <= 2d", "{test: freshness, max-age: 48h}", .freshness(maxAge: 172_800)),
    ("date", "age <= 1d12h30m", "{test: freshness, max-age: 131400s}", .freshness(maxAge: 131_400)),
    ("string", "no pii", "{test: pii}", .personalData(allowed: [])),
    (
      "string", "no pii except [phone, resident-number]",
      "{test: pii, allow: [resident-number, phone]}",
      .personalData(allowed: [.phone, .residentNumber])
    ),
    ("image", "images", "{test: images}", .images(ImageRule())),
    (
      "image", "images duplicates <= 1% width 28..64 channels == 3 brightness > 10",
      "{test: images, width: 28..64, channels: == 3, brightness: '> 10', duplicates: 1%}",
      .images(
        ImageRule(
          width: Bounds(lower: 28, upper: 64), channels: Bounds(lower: 3, upper: 3),
          brightness: Bounds(lower: 10, excludesLower: true), maxDuplicates: 0.01))
    ),
    (
      "float", "mean 0.1..0.3", "{test: mean, min: 0.1, max: 0.3}",
      .statistic(.mean, Bounds(lower: 0.1, upper: 0.3))
    ),
    ("float", "std <= 5", "{test: std, max: 5}", .statistic(.std, Bounds(upper: 5))),
    ("float", "min >= 0", "{test: min, min: 0}", .statistic(.min, Bounds(lower: 0))),
    ("float", "max <= 9", "{test: max, max: 9}", .statistic(.max, Bounds(upper: 9))),
    (
      "float", "sum > 0", "{test: sum, above: 0}",
      .statistic(.sum, Bounds(lower: 0, excludesLower: true))
    ),
    (
      "float", "median 3..4", "{test: median, min: 3, max: 4}",
      .statistic(.median, Bounds(lower: 3, upper: 4))
    ),
    (
      "float", "quantile 95% <= 100", "{test: quantile, q: 0.95, max: 100}",
      .statistic(.quantile(0.95), Bounds(upper: 100))
    ),
    (
      "string", "distinct 2..50", "{test: distinct, min: 2, max: 50}",
      .statistic(.distinct, Bounds(lower: 2, upper: 50))
    ),
    (
      "string", "entropy >= 1.5", "{test: entropy, min: 1.5}",
      .statistic(.entropy, Bounds(lower: 1.5))
    ),
    ("float", "outliers iqr", "{test: outliers, method: iqr}", .outliers(.iqr(k: 1.5), max: 0.05)),
    (
      "float", "outliers iqr 3 <= 1%", "{test: outliers, method: iqr, k: 3, max: 1%}",
      .outliers(.iqr(k: 3), max: 0.01)
    ),
    ("float", "outliers z", "{test: outliers, method: z}", .outliers(.z(3), max: 0.05)),
    (
      "float", "outliers mad == 0", "{test: outliers, method: mad, k: 3.5, max: 0}",
      .outliers(.mad(3.5), max: 0)
    ),
    (
      "image", "near duplicates", "{test: near-duplicates}", .nearImages(distance: 4, max: 0)
    ),
    (
      "image", "near duplicates distance 6 <= 1%",
      "{test: near-duplicates, max: 1%, distance: 6}", .nearImages(distance: 6, max: 0.01)
    ),
    ("float", "drift", "{test: drift}", .drift(.auto, limit: nil)),
    (
      "float", "drift psi < 0.1", "{test: drift, method: psi, below: 0.1}", .drift(.psi, limit: 0.1)
    ),
    ("float", "drift ks p >= 0.05", "{test: drift, method: ks, p: 0.05}", .drift(.ks, limit: 0.05)),
    (
      "float", "drift cramer-von-mises", "{test: drift, method: cramer-von-mises}",
      .drift(.cramerVonMises, limit: nil)
    ),
  ]

  @Test("of columns", arguments: ofColumns)
  func columns(type: String, short: String, long: String, kind: DataTest.Kind) throws {
    let typed = type.isEmpty ? "" : type + ", "
    // Quoted, so that what begins with a sign of YAML's is a text.
    let quoted = "'" + (typed + short).replacing("'", with: "''") + "'"
    let read = try column(quoted).own.last
    #expect(read?.kind == kind)
    let first = type.isEmpty ? "" : "\(type), "
    let other = try column("[\(first)\(long)]").own.last
    #expect(other == read)
  }

  /// Short form, long form, what both mean.
  private static let ofTables: [(String, String, DataTest.Kind)] = [
    (
      "start <= end", "{test: compare, expr: start <= end}",
      .holds(.comparison(.lessOrEqual, .column("start"), .column("end")))
    ),
    ("rows: 1000..", "{test: rows, min: 1000}", .rowCount(Bounds(lower: 1000))),
    ("rows == 10", "{test: rows, min: 10, max: 10}", .rowCount(Bounds(lower: 10, upper: 10))),
    ("rows change", "{test: rows-change}", .rowChange(max: 0.1)),
    ("rows change: <= 250%", "{test: rows-change, max: 2.5}", .rowChange(max: 2.5)),
    (
      "columns: 5..10", "{test: columns, min: 5, max: 10}",
      .columnCount(Bounds(lower: 5, upper: 10))
    ),
    (
      "schema [a, `b c`]", "{test: schema, columns: [a, b c]}",
      .schema(columns: ["a", "b c"], isOrdered: false, allowsOthers: false)
    ),
    (
      "schema extra allow [a] ordered", "{test: schema, columns: [a], ordered: true, extra: allow}",
      .schema(columns: ["a"], isOrdered: true, allowsOthers: true)
    ),
    ("no duplicates", "{test: duplicate-rows}", .duplicates(columns: [], max: 0)),
    (
      "no duplicates on [id]", "{test: no-duplicates, columns: id}",
      .duplicates(columns: ["id"], max: 0)
    ),
    (
      "unique key [a, b]", "{test: unique-key, columns: [a, b]}",
      .duplicates(columns: ["a", "b"], max: 0)
    ),
    (
      "duplicates on [id] <= 1%", "{test: duplicate-rows, columns: [id], max: 1%}",
      .duplicates(columns: ["id"], max: 0.01)
    ),
    ("correlation", "{test: correlation}", .correlation(.auto, limit: 0.9, pairs: 0, columns: [])),
    (
      "correlation < 0.8 pairs <= 2 spearman on [a, b]",
      "{test: correlation, method: spearman, below: 0.8, pairs: 2, columns: [a, b]}",
      .correlation(.spearman, limit: 0.8, pairs: 2, columns: ["a", "b"])
    ),
    (
      "no label conflict target", "{test: no-label-conflict, label: target}",
      .labelConflict(label: "target", max: 0)
    ),
    (
      "label conflict `a b` <= 1%", "{test: label-conflict, label: a b, max: 1%}",
      .labelConflict(label: "a b", max: 0.01)
    ),
    (
      "leak score target", "{test: leak-score, label: target}",
      .leakScore(label: "target", max: 0.99)
    ),
    (
      "leak score target < 0.9", "{test: leak-score, label: target, below: 0.9}",
      .leakScore(label: "target", max: 0.9)
    ),
    ("drifted columns", "{test: drifted-share}", .driftedShare(max: 0.5)),
    ("drifted columns <= 30%", "{test: drifted-share, max: 30%}", .driftedShare(max: 0.3)),
  ]

  @Test("of tables", arguments: ofTables)
  func tables(short: String, long: String, kind: DataTest.Kind) throws {
    let head = "data: d.csv\nreference: r.csv\ntable:\n- "
    let read = try suite(head + short).own
    #expect(read.map(\.kind) == [kind])
    #expect(try suite(head + long).own == read)
  }

  @Test(
    "of columns, among those of the table",
    arguments: [
      (
        "class balance label >= 0.1", "{test: class-balance, column: label}",
        "label: class balance >= 10%"
      ),
      (
        "foreign key city in c.csv#n", "{test: foreign-key, column: city, to: c.csv#n}",
        "city: foreign key in c.csv#n"
      ),
      ("not null `a b`", "{test: not-null, column: a b}", "`a b`: not null"),
      ("mean age 20..40", "{test: mean, column: age, min: 20, max: 40}", "age: mean 20..40"),
      ("age ts <= 1d", "{test: freshness, column: ts, max-age: 24h}", "ts: age <= 1d"),
      (
        "monotonic ts strict by id", "{test: monotonic, column: ts, strict: true, by: id}",
        "ts: monotonic strict by id"
      ),
      (
        "unique id where a > 1 (warn)", "{test: unique, column: id, where: a > 1, severity: warn}",
        "id: unique where a > 1"
      ),
    ])
  func columnsOfTables(short: String, long: String, text: String) throws {
    let read = try suite("data: d.csv\ntable:\n- \(short)").own
    #expect(read.map(\.text) == [text])
    #expect(try suite("data: d.csv\ntable:\n- \(long)").own == read)
  }

  /// Short form, long form, what both mean.
  private static let ofSplits: [(String, String, SplitTest)] = [
    ("overlap == 0", "{test: overlap}", .overlap(columns: [], max: 0)),
    (
      "overlap on [a, b] <= 1%", "{test: overlap, columns: [a, b], max: 0.01}",
      .overlap(columns: ["a", "b"], max: 0.01)
    ),
    ("no group leak user_id", "{test: group-leak, column: user_id}", .groupLeak(column: "user_id")),
    ("time order ts", "{test: time-order, column: ts}", .timeOrder(column: "ts")),
    (
      "label psi < 0.1", "{test: label-drift, method: psi, below: 0.1}",
      .labelDrift(.psi, label: "y", limit: 0.1)
    ),
    (
      "label w chi2", "{test: label-drift, method: chi2, label: w}",
      .labelDrift(.chi2, label: "w", limit: 0.05)
    ),
    (
      "label `psi` tvd", "{test: label-drift, method: tvd, label: psi}",
      .labelDrift(.tvd, label: "psi", limit: 0.1)
    ),
    ("no new categories", "{test: new-categories}", .newCategories(column: nil)),
    (
      "no new categories in city", "{test: new-categories, column: city}",
      .newCategories(column: "city")
    ),
    ("sizes", "{test: sizes}", .sizes(minRows: 100, minShare: 0.01)),
    (
      "sizes >= 50 share > 10%", "{test: sizes, rows: 50, share: 10%}",
      .sizes(minRows: 50, minShare: 0.1)
    ),
    ("leak score < 0.95", "{test: leak-score, below: 0.95}", .leakScore(label: "y", max: 0.95)),
    (
      "leak score target", "{test: leak-score, label: target}",
      .leakScore(label: "target", max: 0.99)
    ),
  ]

  @Test("of splits", arguments: ofSplits)
  func splits(short: String, long: String, test: SplitTest) throws {
    let head = "data: d.csv\nlabel: y\nsplits:\n  train: a.csv\n  test: b.csv\n  check:\n  - "
    let read = try suite(head + short).own
    #expect(read.map(\.kind) == [.split(test)])
    #expect(try suite(head + long).own == read)
  }

  @Test("every test is here, in both forms") func complete() {
    let all =
      Self.ofColumns.map { ($0.1, $0.2) } + Self.ofTables.map { ($0.0, $0.1) }
      + Self.ofSplits.map { ($0.0, $0.1) }
    for form in TestForm.all {
      #expect(
        all.contains {
          $0.1.hasPrefix("{test: \(form.name)}") || $0.1.hasPrefix("{test: \(form.name),")
        }, "\(form.name)")
      #expect(form.words.isEmpty || all.contains { $0.0.hasPrefix(form.words) }, "\(form.words)")
    }
  }

  @Test(
    "what tests say besides is the same in both forms",
    arguments: [
      (
        "18..90 mostly 99.9% where y == 'a' by z (warn, guess)",
        "{test: range, min: 18, max: 90, mostly: 99.9%, where: \"y == 'a'\", by: z, severity: warn, guess: true}"
      ),
      (
        "18..90 (warn) by z mostly 0.5",
        "{test: range, min: 18, max: 90, mostly: 0.5, by: z, severity: warn}"
      ),
      ("18..90, mostly 1%", "{test: range, min: 18, max: 90, mostly: 1%}"),
      (
        "nulls by `a b` where `a b` is not null",
        "{test: nulls, by: a b, where: '`a b` is not null'}"
      ),
    ])
  func modifiers(short: String, long: String) throws {
    let read = try column("\"int, \(short)\"").own
    #expect(read.count == 2)
    #expect(try column("[int, \(long)]").own == read)
    #expect(read.last?.severity == (short.contains("warn") ? .warn : .error))
    #expect(read.last?.isGuess == short.contains("guess"))
  }
}
