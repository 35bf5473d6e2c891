import Formats

extension JSONValue {
  /// A value of a notebook as other readers of JSON have it: whole numbers of more than 64 bits are doubles.
  package init(_ value: NotebookJSON) {
    switch value {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .number(let text): self = Int64(text).map { .int($0) } ?? .double(value.double ?? .nan)
    case .string(let text): self = .string(text)
    case .array(let items): self = .array(items.map { JSONValue($0) })
    case .object(let object):
      self = .object(object.members.map { Member($0.key, JSONValue($0.value)) })
    }
  }
}
