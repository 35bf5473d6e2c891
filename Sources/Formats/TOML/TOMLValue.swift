/// A value of a TOML document (toml.io, version 1.0).
package enum TOMLValue: Sendable, Hashable {
  case string(String)
  case int(Int64)
  case float(Double)
  case bool(Bool)
  /// A date, a time or both, as it is written.
  case date(String)
  case array([TOMLValue])
  case table(TOMLTable)

  package var string: String? { if case .string(let text) = self { text } else { nil } }
  package var int: Int64? { if case .int(let value) = self { value } else { nil } }
  package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  package var array: [TOMLValue]? { if case .array(let items) = self { items } else { nil } }
  package var table: TOMLTable? { if case .table(let table) = self { table } else { nil } }
}

/// Names and values, in the order of the text.
package struct TOMLTable: Sendable, Hashable {
  package struct Entry: Sendable, Hashable {
    package var key: String
    package var value: TOMLValue
    /// Where the key stands, counted from 1.
    package var line: Int
    /// Counted from 1, in characters.
    package var column: Int
  }

  package fileprivate(set) var entries: [Entry] = []
  private var places: [String: Int] = [:]

  package init() {}

  package subscript(key: String) -> TOMLValue? { places[key].map { entries[$0].value } }

  /// What stands below several keys.
  package func value(_ path: String...) -> TOMLValue? {
    var value = TOMLValue.table(self)
    for key in path {
      guard let next = value.table?[key] else { return nil }
      value = next
    }
    return value
  }

  package func line(of key: String) -> Int? { places[key].map { entries[$0].line } }

  mutating func set(_ key: String, _ value: TOMLValue, line: Int, column: Int) {
    if let place = places[key] {
      entries[place].value = value
    } else {
      places[key] = entries.count
      entries.append(Entry(key: key, value: value, line: line, column: column))
    }
  }
}
