import BigInt
import Formats

extension ContextValue {
  /// The value of a mapping's text key; nil for anything else.
  subscript(key: String) -> ContextValue? {
    guard case .dict(let pairs, _) = self else { return nil }
    return pairs.first { $0.key == .text(key) }?.value
  }

  var plainText: String? {
    switch self {
    case .string(let text), .markup(let text): text.string
    default: nil
    }
  }

  var items: [ContextValue]? {
    switch self {
    case .list(let items), .tuple(let items): items
    default: nil
    }
  }

  var pairs: [ContextPair]? {
    if case .dict(let pairs, _) = self { pairs } else { nil }
  }

  /// Python's truth of the value.
  var isTrue: Bool {
    switch self {
    case .none: false
    case .bool(let value): value
    case .int(let value): value != 0
    case .bigInt(let value): value != 0
    case .float(let value): value != 0
    case .string(let text), .markup(let text): !text.isEmpty
    case .list(let items), .tuple(let items): !items.isEmpty
    case .dict(let pairs, _): !pairs.isEmpty
    }
  }

  /// `str(x)`.
  var pythonText: String {
    if let text = plainText { return text }
    return pythonRepr
  }

  /// `repr(x)`.
  var pythonRepr: String {
    switch self {
    case .list(let items): "[" + items.map(\.pythonRepr).joined(separator: ", ") + "]"
    case .tuple(let items):
      "(" + items.map(\.pythonRepr).joined(separator: ", ") + (items.count == 1 ? ",)" : ")")
    case .dict(let pairs, _):
      "{"
        + pairs.map { "\($0.key.pythonRepr): \($0.value.pythonRepr)" }.joined(separator: ", ") + "}"
    default: Printing.plainRepr(value())
    }
  }

  /// What YAML says, with Python's types; dates as the text that they print.
  init(_ yaml: YAMLValue) {
    switch yaml {
    case .none: self = .none
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .int(Int(value))
    case .bigInt(let text): self = BigInt(text).map { .bigInt($0) } ?? .text(text)
    case .float(let value): self = .float(value)
    case .string(let text): self = .text(text)
    case .list(let values), .set(let values): self = .list(values.map { ContextValue($0) })
    case .tuple(let values): self = .tuple(values.map { ContextValue($0) })
    case .map(let entries):
      self = .dict(
        entries.map { ContextPair(ContextValue($0.key), ContextValue($0.value)) }, isOrdered: false)
    case .bytes, .date, .dateTime: self = ContextValue(yaml.json)
    }
  }

  /// The value as JSON; an integer beyond 64 bits as a double.
  var jsonValue: JSONValue {
    switch self {
    case .none: .null
    case .bool(let value): .bool(value)
    case .int(let value): .int(Int64(value))
    case .bigInt(let value): .double(Double(String(value)) ?? .infinity)
    case .float(let value): .double(value)
    case .string(let text), .markup(let text): .string(text.string)
    case .list(let items), .tuple(let items): .array(items.map(\.jsonValue))
    case .dict(let pairs, _):
      .object(pairs.map { .init($0.key.pythonText, $0.value.jsonValue) })
    }
  }

  /// The live value as one that can be kept; what only lives in a render becomes its text.
  init(_ value: Value) {
    switch value {
    case .undefined, .none: self = .none
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .int(value)
    case .bigInt(let box): self = .bigInt(box.value)
    case .float(let value): self = .float(value)
    case .string(let text): self = .string(text)
    case .markup(let text): self = .markup(text)
    case .list(let box): self = .list(box.items.map { ContextValue($0) })
    case .tuple(let box): self = .tuple(box.items.map { ContextValue($0) })
    case .dict(let box):
      self = .dict(
        zip(box.keys, box.values).map { ContextPair(ContextValue($0), ContextValue($1)) },
        isOrdered: box.isOrdered)
    case .range(let range): self = .list((0..<range.count).map { .int(range[$0]) })
    case .object(let object): self = .text(object.typeName)
    }
  }
}
