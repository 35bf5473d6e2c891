import Formats
import Platform

extension NotebookParameters {
  /// What `metadata.papermill.parameters` keeps of them.
  ///
  /// - Throws: ``Failure`` for a value that JSON has no form for: a date, a set, bytes that are not ASCII.
  package func json() throws -> NotebookJSON {
    .object(NotebookObject(try entries.map { ($0.name, try Self.json($0.value, of: $0.name)) }))
  }

  private static func json(_ value: YAMLValue, of name: String) throws -> NotebookJSON {
    switch value {
    case .none: return .null
    case .bool(let value): return .bool(value)
    case .int(let value): return .number(String(value))
    case .bigInt(let text): return .number(text)
    case .float(let value): return .double(value)
    case .string(let text): return .string(text)
    case .bytes(let bytes) where bytes.allSatisfy({ $0 < 0x80 }):
      return .string(String(decoding: bytes, as: UTF8.self))
    case .list(let items), .tuple(let items):
      return .array(try items.map { try json($0, of: name) })
    case .map(let entries):
      return .object(
        NotebookObject(
          try entries.map { (try key($0.key, of: name), try json($0.value, of: name)) }))
    case .bytes, .date, .dateTime, .set:
      throw Failure(
        .invalid, "the parameter `\(name)` holds \(value.typeName), which a notebook cannot keep",
        hint: "give it as text or as a list")
    }
  }

  /// A key as Python's `json` writes it.
  private static func key(_ key: YAMLValue, of name: String) throws -> String {
    switch key {
    case .string(let text): text
    case .none: "null"
    case .bool(let value): value ? "true" : "false"
    case .int, .bigInt, .float: try json(key, of: name).text()
    default:
      throw Failure(
        .invalid, "the parameter `\(name)` has \(key.typeName) as a key, which JSON has not",
        hint: "put the key in quotes")
    }
  }
}
