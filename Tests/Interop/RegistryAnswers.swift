import Formats

/// Brings answers of both servers to one form: ids by their names, times by the number of the request that set them,
/// lists without an order in one order.
struct RegistryAnswers {
  /// Ids and the names that stand for them.
  var names: [String: String]
  /// The number of the request that a time belongs to.
  var request: (Int64) -> Int

  private static let times: Set<String> = [
    "creation_timestamp", "last_updated_timestamp", "creation_timestamp_ms",
    "last_updated_timestamp_ms",
  ]

  /// Lists whose order MLflow leaves to its database.
  private static let sets: Set<String> = [
    "tags", "aliases", "latest_versions", "params", "metrics",
  ]

  /// What MLflow's newer versions add to answers.
  private static let extras: Set<String> = ["sqlstate", "error_class", "workspace"]

  func plain(_ value: JSONValue, _ key: String = "") -> JSONValue {
    // Of tokens only that there is one: what they hold is each server's own.
    if key == "next_page_token" { return true }
    switch value {
    case .string(let text): return .string(named(text))
    case .int(let number) where Self.times.contains(key): return .int(Int64(request(number)))
    case .double(let number) where number == number.rounded() && abs(number) < 1e15:
      return .int(Int64(number))
    case .array(let items):
      let plain = items.map { self.plain($0) }
      let isSet = Self.sets.contains(key)
      return .array(isSet ? plain.sorted { $0.text() < $1.text() } : plain)
    case .object(let members):
      return .object(
        members.filter { !Self.extras.contains($0.key) }.sorted { $0.key < $1.key }.map {
          .init($0.key, plain($0.value, $0.key))
        })
    default: return value
    }
  }

  private func named(_ text: String) -> String {
    guard text.utf8.count >= 32 else { return text }
    return names.reduce(text) { $0.replacing($1.key, with: "{{\($1.value)}}") }
  }
}

extension [String: String] {
  var inverted: [String: String] {
    [String: String](map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
  }
}
