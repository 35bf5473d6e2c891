import Records
import Support
import Testing

/// Runs with gaps, ties and NaN, and a plain evaluation of filters and orders over them.
struct SearchReference: Sendable {
  let fixture: StoreFixture
  let runs: [Run]

  static let shared = Result { try SearchReference() }

  struct Filter: Sendable, CustomTestStringConvertible {
    var text: String
    var holds: @Sendable (Run) -> Bool

    var testDescription: String { text }
  }

  static let filters: [Filter] = [
    Filter(text: "") { _ in true },
    Filter(text: "metrics.a > 0.5") { ($0.metric("a")?.value ?? 0) > 0.5 },
    Filter(text: "metrics.a >= 0.99") { ($0.metric("a")?.value ?? 0) >= 0.99 },
    Filter(text: "metrics.a != 0.5") { $0.metric("a").map { $0.value != 0.5 } ?? false },
    Filter(text: "metrics.a < 0.9 AND metrics.a > 0.1") {
      $0.metric("a").map { $0.value < 0.9 && $0.value > 0.1 } ?? false
    },
    Filter(text: "metrics.b = 3 AND params.p = '1'") {
      $0.metric("b")?.value == 3 && $0.param("p")?.value == "1"
    },
    Filter(text: "params.p = '7' AND metrics.a > 0.2") {
      $0.param("p")?.value == "7" && ($0.metric("a")?.value ?? 0) > 0.2
    },
    Filter(text: "params.p IS NULL") { $0.param("p") == nil },
    Filter(text: "tags.t = 'x' AND params.p != '3'") {
      $0.tag("t") == "x" && $0.param("p").map { $0.value != "3" } ?? false
    },
    Filter(text: "run_name = 'run 17'") { $0.name == "run 17" },
    Filter(text: "metrics.never > 0") { _ in false },
    Filter(text: "params.never IS NULL AND status = 'RUNNING'") { _ in true },
    Filter(text: "tags.u LIKE '1%' AND params.p != '3'") {
      $0.tag("u")?.hasPrefix("1") == true && $0.param("p").map { $0.value != "3" } ?? false
    },
    Filter(text: "tags.t IS NULL AND params.p IS NOT NULL") {
      $0.tag("t") == nil && $0.param("p") != nil
    },
  ]

  /// A key to sort by: missing values come last, and NaN before them.
  struct Key: Sendable, Comparable {
    var rank: Int
    var value = 0.0
    /// In the order of its bytes.
    var text = ""
    var isDescending = false

    static func < (left: Key, right: Key) -> Bool {
      if (left.rank, left.value) != (right.rank, right.value) {
        return (left.rank, left.value) < (right.rank, right.value)
      }
      return left.isDescending
        ? right.text.utf8.lexicographicallyPrecedes(left.text.utf8)
        : left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }
  }

  struct Order: Sendable {
    var texts: [String]
    var keys: @Sendable (Run) -> [Key]

    /// The ids of runs in this order, then newest first, then by id.
    func ids(of runs: [Run]) -> [String] {
      let keyed = runs.map { run in
        (keys(run) + [Key(rank: 0, value: -Double(run.startTime))], run.id.hex)
      }
      return keyed.sorted { left, right in
        for (a, b) in zip(left.0, right.0) where a != b { return a < b }
        return left.1 < right.1
      }.map(\.1)
    }
  }

  static let orders: [Order] = [
    Order(texts: []) { _ in [] },
    Order(texts: ["metrics.a DESC"]) { [metric($0, "a", -1)] },
    Order(texts: ["metrics.a"]) { [metric($0, "a", 1)] },
    Order(texts: ["metrics.b DESC", "metrics.a ASC"]) {
      [metric($0, "b", -1), metric($0, "a", 1)]
    },
    Order(texts: ["metrics.never", "metrics.b"]) { [metric($0, "b", 1)] },
    Order(texts: ["start_time ASC"]) { [Key(rank: 0, value: Double($0.startTime))] },
    Order(texts: ["metrics.b", "start_time"]) {
      [metric($0, "b", 1), Key(rank: 0, value: Double($0.startTime))]
    },
    Order(texts: ["params.p DESC", "metrics.a"]) {
      [
        Key(rank: $0.param("p") == nil ? 1 : 0, value: -(Double($0.param("p")?.value ?? "") ?? 0)),
        metric($0, "a", 1),
      ]
    },
    Order(texts: ["params.p"]) { [text($0.param("p")?.value)] },
    Order(texts: ["params.long DESC", "start_time"]) {
      [
        text($0.param("long")?.value, isDescending: true),
        Key(rank: 0, value: Double($0.startTime)),
      ]
    },
    Order(texts: ["tags.t", "params.p DESC"]) {
      [text($0.tag("t")), text($0.param("p")?.value, isDescending: true)]
    },
    Order(texts: ["tags.u DESC"]) { [text($0.tag("u"), isDescending: true)] },
    Order(texts: ["run_name"]) { [text($0.name)] },
    Order(texts: ["run_name DESC", "metrics.b"]) {
      [text($0.name, isDescending: true), metric($0, "b", 1)]
    },
  ]

  private static func text(_ value: String?, isDescending: Bool = false) -> Key {
    Key(rank: value == nil ? 1 : 0, text: value ?? "", isDescending: isDescending)
  }

  private static func metric(_ run: Run, _ key: String, _ sign: Double) -> Key {
    guard let value = run.metric(key)?.value else { return Key(rank: 2, value: 0) }
    return value.isNaN ? Key(rank: 1, value: 0) : Key(rank: 0, value: sign * value)
  }

  private init() throws {
    fixture = try StoreFixture()
    var random = SeededRandom(seed: 3)
    for index in 0..<600 {
      var metrics: [Metric] = []
      if index % 5 != 0 {
        let value = index % 11 == 0 ? .nan : Double.random(in: 0...1, using: &random)
        metrics.append(Metric("a", value, timestamp: 1))
      }
      if index % 3 != 0 { metrics.append(Metric("b", Double(index % 8), timestamp: 1)) }
      let digit = Int.random(in: 0...9, using: &random)
      try fixture.run(
        "run \(index % 400)", at: Int64.random(in: 0...200, using: &random),
        params: (index % 7 == 0 ? [] : [Param("p", "\(digit)")])
          + [Param("long", String(repeating: "é", count: 90 + digit * 2) + "\(index % 13)")],
        tags: (index % 2 == 0 ? [Tag("t", "x")] : []) + [Tag("u", "\(index % 40)")],
        metrics: metrics)
    }
    runs = try fixture.store.search(RunSearch(limit: 10_000))
  }
}
