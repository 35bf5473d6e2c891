import Formats

/// Collects the members of an answer; what is absent is left out, as protocol buffers write JSON.
struct JSONMembers {
  private var members: [JSONValue.Member] = []

  var value: JSONValue { .object(members) }

  mutating func add(_ key: String, _ text: String?) {
    if let text { members.append(.init(key, .string(text))) }
  }

  mutating func add(_ key: String, _ number: Int64?) {
    if let number { members.append(.init(key, .int(number))) }
  }

  mutating func add(_ key: String, _ values: [JSONValue]) {
    if !values.isEmpty { members.append(.init(key, .array(values))) }
  }

  /// An object, also when it is empty.
  mutating func add(_ key: String, _ value: JSONValue) { members.append(.init(key, value)) }
}
