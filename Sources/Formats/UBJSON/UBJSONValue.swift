/// A value of Universal Binary JSON, draft 12 (ubjson.org): JSON with lengths and typed arrays.
///
/// Arrays of one number type keep it, so that they are read without a value for each element and
/// written as they were.
package indirect enum UBJSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case int(Int64)
  case double(Double)
  case string(String)
  case array([UBJSONValue])
  case object([Member])
  case bytes([UInt8])
  case int32s([Int32])
  case int64s([Int64])
  case floats([Float])
  case doubles([Double])

  package struct Member: Sendable, Hashable {
    package var key: String
    package var value: UBJSONValue

    package init(_ key: String, _ value: UBJSONValue) {
      self.key = key
      self.value = value
    }
  }
}

extension UBJSONValue {
  /// The value of an object's key, the last one when the key is repeated; nil for anything else.
  package subscript(key: String) -> UBJSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.key == key }?.value
  }

  package var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  package var int: Int64? {
    if case .int(let value) = self { value } else { nil }
  }

  /// A number, whole or not.
  package var number: Double? {
    switch self {
    case .int(let value): Double(value)
    case .double(let value): value
    default: nil
    }
  }

  package var members: [Member]? {
    if case .object(let members) = self { members } else { nil }
  }
}

extension UBJSONValue {
  /// The same value of JSON.
  package init(_ json: JSONValue) {
    switch json {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .int(value)
    case .double(let value): self = .double(value)
    case .string(let text): self = .string(text)
    case .array(let values): self = .array(values.map { UBJSONValue($0) })
    case .object(let members):
      self = .object(members.map { Member($0.key, UBJSONValue($0.value)) })
    }
  }

  /// The same value as JSON; floats as the decimals that have the fewest digits and read back as
  /// the same floats.
  package var json: JSONValue {
    switch self {
    case .null: .null
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .double(let value): .double(value)
    case .string(let text): .string(text)
    case .array(let values): .array(values.map(\.json))
    case .object(let members): .object(members.map { JSONValue.Member($0.key, $0.value.json) })
    case .bytes(let values): .array(values.map { .int(Int64($0)) })
    case .int32s(let values): .array(values.map { .int(Int64($0)) })
    case .int64s(let values): .array(values.map { .int($0) })
    case .floats(let values): .array(values.map { .double(Self.shortest($0)) })
    case .doubles(let values): .array(values.map { .double($0) })
    }
  }

  /// The double whose fewest digits are those of a float.
  private static func shortest(_ value: Float) -> Double { Double("\(value)") ?? Double(value) }
}
