import Formats

extension RegistryGenerator {
  private static let words = [
    "alpha", "Alpha", "beta", "one", "Two", "", "데이터", "a%b", "a\\b", "true", "x y", "first",
  ]

  private mutating func text() -> String {
    let word = pick(Self.words + Self.models)
    let pattern = pick([word, word, word, "%" + word, word + "%", "%a%", "_", "%", "A%", "a_____"])
    return chance(4) ? "\"\(pattern)\"" : "'\(pattern)'"
  }

  private mutating func tagClause() -> String {
    let key = pick(Self.keys + ["nothing"])
    let isPlain = key.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0 == "." || $0 == "_"
    }
    return pick(["tags", "tag"]) + "."
      + (isPlain && chance(2) ? key : pick(["`\(key)`", "\"\(key)\""])) + " "
      + pick(["=", "!=", "LIKE", "ILIKE", "like", "iLike"]) + " " + text()
  }

  private mutating func list() -> String {
    "("
      + (0..<Int.random(in: 1...3, using: &random)).map { _ in "'\(pick(Self.models))'" }.joined(
        separator: pick([",", ", "])) + ")"
  }

  private mutating func join(_ clauses: [String]) -> String {
    clauses.joined(separator: pick([" AND ", " and ", "  And\n"]))
  }

  /// A filter and an order of models or versions, broken in some cases.
  mutating func search() -> RegistryStep {
    let ofVersions = chance(2)
    let clauses = (0..<Int.random(in: 0...3, using: &random)).map { _ in
      ofVersions ? versionClause() : modelClause()
    }
    var filter = join(clauses)
    if chance(5) { filter = broken(filter) }
    var query = [("filter", filter)]
    for _ in 0..<(chance(2) ? Int.random(in: 1...2, using: &random) : 0) {
      query.append(("order_by", ofVersions ? versionOrder() : modelOrder()))
    }
    if chance(3) { query.append(("max_results", pick(["1", "2", "3", "50", "1000"]))) }
    if chance(30) { query.append(("max_results", pick(["1001", "x", "200001"]))) }
    if chance(30) { query.append(("page_token", pick(["x", "eyJ4IjoxfQ==", "e30="]))) }
    return .get(ofVersions ? "model-versions/search" : "registered-models/search", query)
  }

  private mutating func modelClause() -> String {
    if chance(2) { return tagClause() }
    let prefix = pick(["", "", "attribute."])
    if chance(4) { return prefix + "name " + pick(["IN ", "NOT IN ", "in "]) + list() }
    return prefix + pick(["name", "name", "name", "nothing"]) + " "
      + pick(["=", "!=", "LIKE", "ILIKE", "like", ">"]) + " " + text()
  }

  private mutating func versionClause() -> String {
    switch Int.random(in: 0...4, using: &random) {
    case 0: return tagClause()
    case 1:
      return "version_number " + pick(["=", "!=", ">", ">=", "<", "<=", "LIKE"]) + " "
        + pick(["1", "2", "0", "-1", "3", "1.5", "'2'", "'x'", "100"])
    case 2:
      let id = pick(["{{R0}}", "{{R1}}", "nobody", ""])
      return "run_id "
        + pick(["= '\(id)'", "!= '\(id)'", "IN ('\(id)')", "NOT IN ('\(id)', 'x')", "LIKE '%-%'"])
    case 3:
      return "source_path " + pick(["=", "!=", "LIKE", "ILIKE"]) + " "
        + pick(["'s3://bucket/model'", "'%MODEL%'", "'runs:%'", "'models:/alpha/1'", "'%art%'"])
    default: return modelClause()
    }
  }

  private mutating func modelOrder() -> String {
    pick([
      "name", "timestamp", "last_updated_timestamp", "name DESC", "timestamp DESC", "`name` desc",
      "last_updated_timestamp asc", "nothing", "name foo", "name, timestamp",
    ])
  }

  private mutating func versionOrder() -> String {
    pick([
      "name", "version_number", "creation_timestamp", "last_updated_timestamp", "name DESC",
      "version_number DESC", "creation_timestamp DESC", "last_updated_timestamp desc",
      "attribute.name", "tags.team", "run_id", "name foo", "nothing",
    ])
  }

  /// A filter with a piece taken out, doubled, or put in.
  private mutating func broken(_ filter: String) -> String {
    var text = Array(filter)
    guard !text.isEmpty else { return pick([";", " ", "(", "AND", "OR", "name", "= 'x'"]) }
    let place = Int.random(in: text.indices, using: &random)
    switch Int.random(in: 0...2, using: &random) {
    case 0: text.remove(at: place)
    case 1: text.insert(text[place], at: place)
    default:
      text.insert(
        contentsOf: pick(["'", "\"", "`", ";", "(", ")", "=", " OR ", "1", "!", "\\", " IS NULL"]),
        at: place)
    }
    return String(text)
  }
}
