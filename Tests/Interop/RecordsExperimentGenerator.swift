import Formats
import Support

/// Makes experiments and searches for them, good ones and broken ones.
///
/// Times of creation differ between the stores, so what filters by them says only long ago or far away.
struct RecordsExperimentGenerator {
  private var random = SeededRandom(seed: 5)

  private static let words = ["wine", "Wine", "beta", "b%a", "b_a", "데이터", "É", "x y", "10"]
  private static let keys = ["team", "mlflow.note", "val/x", "with space"]

  static let filters: [String] = [
    "", " ", "name = 'wine'", "name='wine' AND name != 'x'", "attribute.name LIKE 'w%'",
    "attributes.name = 'x'", "attr.name = 'x'", "name ILIKE 'W%'", "name IN ('wine')",
    "name > 'a'", "name = wine", "name = \"wine\"", "`name` = 'wine'", "experiment_id = '1'",
    "experiment_id = 1", "experiment_id != '1'", "experiment_id IN ('1', '2')",
    "experiment_id NOT IN ('1', '2')", "experiment_id IN (1)", "experiment_id = 'x'",
    "experiment_id LIKE '1'", "experiment_id IN ('1', 'x')", "experiment_id > '1'",
    "creation_time > 0", "creation_time < 0", "creation_time > 1.5", "creation_time = '5'",
    "creation_time LIKE 5", "creation_time IN (5)", "last_update_time >= 99999999999999",
    "last_update_time != 7", "creation_time > -1", "creation_time > 1e3", "created > 0",
    "start_time > 0", "tags.team = 'wine'", "tag.team = 'wine'", "tags.`with space` = 'beta'",
    "tags.\"with space\" = 'beta'", "tags.mlflow.note LIKE '%e%'", "tags.team IS NULL",
    "tags.team IS NOT NULL", "tags.nothing IS NULL", "tags.nothing = 'x'", "tags.team != 'wine'",
    "tags.team IN ('wine')", "tags.team > 'a'", "tags.team = 5", "name IS NULL",
    "experiment_id IS NOT NULL", "params.a = 'x'", "metrics.a > 5", "run.name = 'x'",
    "lifecycle_stage = 'active'", "artifact_location = 'x'", "name = 'a' OR name = 'b'",
    "NOT name = 'a'", "(name = 'a')", "name = 'a';", "name", "name =", "= 'a'", "'a' = name",
    "name = 'a' AND", "AND name = 'wine'", "name = 'wine' name != 'x'", "name LIKE '%'",
    "tags.`mlflow.experiment.isGateway` IS NULL", "name ilike 'wine'", "name like 'wine'",
    "Name = 'x'", "name = 'x' UNION SELECT 1", "name = ''' OR 1=1 --'", "experiment_id = ' 1 '",
    "experiment_id = '+1'", "experiment_id = '01'",
  ]

  static let orders: [String] = [
    "name", "name DESC", "name asc", "experiment_id", "experiment_id DESC", "experiment_id ASC",
    "attribute.name", "`name` DESC", "tags.team", "tags.team DESC", "name foo", "name desc desc",
    "", "metrics.a", "start_time", "lifecycle_stage", "attr.name", "name;", "\"name\" DESC",
  ]

  /// Experiments with tags, some of them deleted.
  mutating func world() -> [JSONValue] {
    var operations: [JSONValue] = []
    for index in 1...25 {
      let tags = RecordsExperimentGenerator.keys.filter { _ in .random(using: &random) }.map {
        [.string($0), .string(pick(RecordsExperimentGenerator.words))] as JSONValue
      }
      let name =
        index < 10
        ? RecordsExperimentGenerator.words[index - 1]
        : "\(pick(RecordsExperimentGenerator.words)) \(index)"
      operations.append(
        RecordsOperationsLists.op(
          "create_experiment", [("name", .string(name)), ("tags", .array(tags))]))
      if index % 6 == 0 {
        operations.append(
          RecordsOperationsLists.op("delete_experiment", [("id", .string("\(index)"))]))
      }
    }
    return operations
  }

  mutating func search(_ filter: String, order: [String]? = nil) -> JSONValue {
    // By id at the end: times of creation tie in one store and not in the other.
    let orders =
      order ?? pick([["experiment_id"], ["name DESC"], ["name"], ["experiment_id DESC"]])
    return RecordsOperationsLists.op(
      "search_experiments",
      [
        ("filter", .string(filter)), ("order", .array(orders.map { .string($0) })),
        ("view", .string(pick(["active", "active", "deleted", "all"]))),
        ("limit", .int(pick([1000, 1000, 3]))),
      ])
  }

  mutating func filter() -> String {
    (0..<Int.random(in: 1...3, using: &random)).map { _ in clause() }
      .joined(separator: pick([" AND ", " and ", "  AND\t"]))
  }

  /// A good filter with something taken out, put in or changed.
  mutating func brokenFilter() -> String {
    var pieces = filter().split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let place = Int.random(in: pieces.indices, using: &random)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: pieces.remove(at: place)
    case 1: pieces.insert(pick(["OR", "NOT", "(", ";", "5", "'x'", "IN", "=", "name"]), at: place)
    case 2: pieces[place] = pick(["IN", "LIKE", "'it", "5", "metrics.a", "<", "(1)"])
    default: pieces.swapAt(place, 0)
    }
    return pieces.joined(separator: " ")
  }

  private mutating func clause() -> String {
    let quote = pick(["'", "\""])
    let word = quote + pick(RecordsExperimentGenerator.words) + quote
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return "\(pick(["name", "attribute.name", "`name`"])) \(textTest()) \(word)"
    case 1: return "name \(pick(["LIKE", "ILIKE"])) '%\(pick(["e", "A", "_", "1"]))%'"
    case 2:
      let ids = (0..<3).map { _ in "'\(Int.random(in: 0...26, using: &random))'" }
      return "experiment_id \(pick(["IN", "NOT IN"])) (\(ids.joined(separator: ", ")))"
    case 3:
      return
        "\(pick(["creation_time", "last_update_time"])) \(pick([">", "<", ">=", "<=", "!=", "="])) \(pick(["0", "5", "99999999999999"]))"
    case 4: return "tags.\(tagKey()) \(pick(["IS NULL", "IS NOT NULL", "is not null"]))"
    default: return "\(pick(["tags", "tag"])).\(tagKey()) \(textTest()) \(word)"
    }
  }

  private mutating func textTest() -> String { pick(["=", "!=", "LIKE", "ILIKE"]) }

  private mutating func tagKey() -> String {
    pick(["team", "mlflow.note", "`mlflow.note`", "`val/x`", "`with space`", "\"with space\""])
  }

  private mutating func pick<T>(_ values: [T]) -> T {
    values[Int.random(in: values.indices, using: &random)]
  }
}
