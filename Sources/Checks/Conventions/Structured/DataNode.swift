/// A value of a YAML, JSON or TOML file, with the place where it stands.
struct DataNode: Sendable {
  indirect enum Content: Sendable {
    case mapping([Member])
    case list([DataNode])
    case text(String)
    case integer(Int64)
    case number(Double)
    case boolean(Bool)
    case null
    /// A date or a time, as it is written.
    case date(String)
    /// What these types do not say: bytes, an integer of more than 64 bits.
    case other(String)
  }

  struct Member: Sendable {
    /// As it is written, without quotes: `on`, which YAML takes for true, is `on`.
    var key: String
    /// What makes two keys one; `1` and `"1"` are two to YAML.
    var identity: String
    var keyRange: Range<Int>
    var value: DataNode
  }

  var content: Content
  /// In bytes of the file.
  var range: Range<Int>
  /// Whether it is a copy of what stands elsewhere, by an alias.
  var isAlias = false

  var members: [Member]? { if case .mapping(let members) = content { members } else { nil } }
  var items: [DataNode]? { if case .list(let items) = content { items } else { nil } }

  /// What stands below a key; of the last one, where it repeats.
  subscript(key: String) -> DataNode? { members?.last { $0.key == key }?.value }

  var type: DataType {
    switch content {
    case .mapping: .mapping
    case .list: .list
    case .text: .text
    case .integer: .integer
    case .number, .other: .number
    case .boolean: .boolean
    case .null: .null
    case .date: .date
    }
  }

  /// A number as a double, whole or not.
  var number: Double? {
    switch content {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// As a message and a comparison write it; of a collection what it is.
  var text: String {
    switch content {
    case .mapping(let members): "a mapping of \(members.count)"
    case .list(let items): "a list of \(items.count)"
    case .text(let text), .date(let text), .other(let text): text
    case .integer(let value): String(value)
    case .number(let value): "\(value)"
    case .boolean(let value): value ? "true" : "false"
    case .null: "null"
    }
  }
}

/// The types that a rule can ask for.
enum DataType: String, CaseIterable {
  case mapping, list, text, integer, number, boolean, null, date
}
