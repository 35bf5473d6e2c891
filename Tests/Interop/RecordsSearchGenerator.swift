import Records
import Support

/// Makes filters and orders, most of them good, from pieces that matter to one of the two parsers.
struct RecordsSearchGenerator {
  private typealias World = RecordsSearchWorld
  private var random = SeededRandom(seed: 11)
  private let ids: [String]

  init(ids: [RunID]) { self.ids = ids.map(\.hex) }

  mutating func goodCase() -> RecordsSearchCase {
    let clauses = (0..<Int.random(in: 1...3, using: &random)).map { _ in clause() }
    var result = RecordsSearchCase(
      filter: clauses.joined(separator: pick([" AND ", " and ", "  And\n", " AND "])))
    if chance(3) { result.order = orders() }
    if chance(5) { result.view = pick([.deleted, .all]) }
    if chance(5) { result.limit = Int.random(in: 1...9, using: &random) }
    return result
  }

  mutating func orderCase() -> RecordsSearchCase {
    var result = RecordsSearchCase(filter: chance(2) ? "" : clause(), order: orders())
    if chance(4) { result.limit = Int.random(in: 1...40, using: &random) }
    return result
  }

  /// A good filter with a piece taken out, doubled, or put in.
  mutating func brokenCase() -> RecordsSearchCase {
    var result = goodCase()
    result.order = []
    var text = Array(result.filter)
    for _ in 0..<Int.random(in: 1...2, using: &random) where !text.isEmpty {
      let place = Int.random(in: text.indices, using: &random)
      switch Int.random(in: 0...2, using: &random) {
      case 0: text.remove(at: place)
      case 1: text.insert(text[place], at: place)
      default:
        text.insert(
          contentsOf: pick(["'", "\"", "`", " ", ";", "(", ")", "=", "OR ", "1", "!", "\\"]),
          at: place)
      }
    }
    result.filter = String(text)
    return result
  }

  private mutating func pick<T>(_ values: [T]) -> T {
    values[Int.random(in: values.indices, using: &random)]
  }

  private mutating func chance(_ n: Int) -> Bool { Int.random(in: 0..<n, using: &random) == 0 }

  private mutating func clause() -> String {
    switch Int.random(in: 0...9, using: &random) {
    case 0...2: return metricClause()
    case 3, 4:
      return textClause(pick(["params", "param", "parameter", "parameters"]), World.paramKeys)
    case 5: return textClause(pick(["tags", "tag"]), World.tagKeys + ["mlflow.runName"])
    case 6, 7: return attributeClause()
    case 8: return datasetClause()
    default: return idClause()
    }
  }

  private mutating func key(_ keys: [String]) -> String {
    let key = pick(keys + ["nothing"])
    let plain = key.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0 == "." || $0 == "_"
    }
    return plain && chance(2) ? key : pick(["`\(key)`", "\"\(key)\""])
  }

  private mutating func metricClause() -> String {
    let number = pick([
      "0", "1", "-1", "0.5", ".5", "-.5", "1e5", "1E5", "1e-7", "3.", "00.25", "-2.5", "1e300",
      "100000", "-0",
    ])
    return pick(["metrics", "metric", "`metrics`"]) + "." + key(World.metricKeys) + space()
      + pick(["=", "!=", ">", ">=", "<", "<="]) + space() + number
  }

  private mutating func space() -> String { pick([" ", "", "  ", "\t"]) }

  private mutating func text() -> String {
    let word = pick(World.words)
    let pattern = pick([word, word, "%" + word, word + "%", "%a%", "_", "%", "a____", "A%"])
    return chance(4) ? "\"\(pattern)\"" : "'\(pattern)'"
  }

  private mutating func textClause(_ kind: String, _ keys: [String]) -> String {
    let field = kind + "." + key(keys)
    if chance(6) { return field + pick([" IS NULL", " IS NOT NULL", " is null", " is not null"]) }
    return field + " " + pick(["=", "!=", "LIKE", "ILIKE", "like", "iLike"]) + " " + text()
  }

  private mutating func attributeClause() -> String {
    let prefix = pick(["", "", "attributes.", "attribute.", "attr.", "run."])
    if chance(3) {
      return prefix + pick(["start_time", "end_time", "created", "Created"]) + " "
        + pick(["=", "!=", ">", ">=", "<", "<="]) + " "
        + pick(["1003", "1005.5", "1e3", "0", "-5"])
    }
    let (name, values) = pick([
      ("status", ["FINISHED", "finished", "FAILED", "%ED", "RUN%", "KILLED"]),
      ("user_id", ["ada", "Bob", "bob", "%", "", "a_a"]),
      ("run_name", ["Swift", "swift%", "run 1%", "SWIFT"]), ("`run name`", ["Swift", "%wif%"]),
      ("`Run Name`", ["Swift"]), ("artifact_uri", ["%artifacts", "%/1/%", "x"]),
    ])
    return prefix + name + " " + pick(["=", "!=", "LIKE", "ILIKE"]) + " '" + pick(values) + "'"
  }

  private mutating func idClause() -> String {
    let id = pick(ids)
    let list = (0..<Int.random(in: 1...4, using: &random)).map { _ in
      chance(3) ? "\"\(pick(ids))\"" : "'\(pick(ids))'"
    }.joined(separator: pick([",", ", ", " , "]))
    return pick(["run_id", "attributes.run_id"]) + " "
      + pick([
        "= '\(id)'", "!= '\(id)'", "LIKE '\(id.prefix(1))%'",
        "ILIKE '%\(id.suffix(2).uppercased())%'",
        "IN (\(list))", "NOT IN (\(list))", "in(\(list))", "IN ('\(id)',)", "= 'nothing'",
      ])
  }

  private mutating func datasetClause() -> String {
    let (name, values) = pick([
      ("name", ["train", "Test", "test", "t%"]), ("digest", ["d1", "d2", "D1"]),
      ("context", ["training", "eval", "%a%"]),
    ])
    let field = pick(["dataset", "datasets"]) + "." + name
    if chance(3) {
      return field + pick([" IN ", " NOT IN "]) + "('\(pick(values))', '\(pick(values))')"
    }
    return field + " " + pick(["=", "!=", "LIKE", "ILIKE"]) + " '\(pick(values))'"
  }

  private mutating func orders() -> [String] {
    (0..<Int.random(in: 1...3, using: &random)).map { _ in
      pick([
        "metrics." + key(World.metricKeys), "metric." + key(World.metricKeys),
        "params." + key(World.paramKeys), "tags." + key(World.tagKeys),
        pick([
          "run_id", "run_name", "status", "user_id", "start_time", "end_time", "artifact_uri",
          "created", "Created",
        ]),
        "attributes." + pick(["status", "end_time", "start_time"]),
      ]) + pick(["", " ASC", " DESC", " asc", " desc", " Desc"])
    }
  }
}
