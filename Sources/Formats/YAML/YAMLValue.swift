/// A YAML value with the types that Python's values have.
package enum YAMLValue: Sendable, Hashable {
  case none
  case bool(Bool)
  case int(Int64)
  /// An integer that does not fit 64 bits, as decimal text with `-` when negative.
  case bigInt(String)
  case float(Double)
  case string(String)
  case bytes([UInt8])
  case date(YAMLDate)
  case dateTime(YAMLDateTime)
  case list([YAMLValue])
  /// A pair of `!!omap` or `!!pairs`.
  case tuple([YAMLValue])
  /// In the order of the text; Python's order depends on its hash seed.
  case set([YAMLValue])
  /// In the order of the text, keys unique in Python's sense (`1`, `1.0` and `true` are one key).
  case map([Entry])

  package struct Entry: Sendable, Hashable {
    package var key: YAMLValue
    package var value: YAMLValue

    package init(_ key: YAMLValue, _ value: YAMLValue) {
      self.key = key
      self.value = value
    }
  }
}

extension YAMLValue {
  /// The value of a mapping's string key; nil for anything else.
  package subscript(key: String) -> YAMLValue? {
    guard case .map(let entries) = self else { return nil }
    return entries.first { $0.key == .string(key) }?.value
  }

  package var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  package var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  package var int: Int64? {
    if case .int(let value) = self { value } else { nil }
  }

  /// A number as a double, whole or not; a truth value is none.
  package var number: Double? {
    switch self {
    case .int(let value): Double(value)
    case .bigInt(let text): Double(text)
    case .float(let value): value
    default: nil
    }
  }

  package var list: [YAMLValue]? {
    if case .list(let values) = self { values } else { nil }
  }

  package var entries: [Entry]? {
    if case .map(let entries) = self { entries } else { nil }
  }

  /// Python's name of the value's type, for messages.
  package var typeName: String {
    switch self {
    case .none: "null"
    case .bool: "a truth value"
    case .int, .bigInt: "a whole number"
    case .float: "a number"
    case .string: "text"
    case .bytes: "bytes"
    case .date, .dateTime: "a date"
    case .list, .tuple: "a list"
    case .set: "a set"
    case .map: "a mapping"
    }
  }
}
