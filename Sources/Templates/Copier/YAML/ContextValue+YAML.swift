import Formats

extension ContextValue {
  /// The value as YAML has it; text of markup is text.
  var yaml: YAMLValue {
    switch self {
    case .none: .none
    case .bool(let value): .bool(value)
    case .int(let value): .int(Int64(value))
    case .bigInt(let value): .bigInt(String(value))
    case .float(let value): .float(value)
    case .string(let text), .markup(let text): .string(text.string)
    case .list(let items): .list(items.map(\.yaml))
    case .tuple(let items): .tuple(items.map(\.yaml))
    case .dict(let pairs, _): .map(pairs.map { YAMLValue.Entry($0.key.yaml, $0.value.yaml) })
    }
  }
}
