import BigInt
import Formats

extension Answer {
  /// The value as templates are given it.
  package var contextValue: ContextValue {
    switch self {
    case .none: .none
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .bigInt(let text): BigInt(text).map { .bigInt($0) } ?? .text(text)
    case .float(let value): .float(value)
    case .string(let text): .text(text)
    case .list(let values): .list(values.map(\.contextValue))
    case .map(let map):
      .dict(
        map.entries.map { ContextPair(.text($0.key), $0.value.contextValue) },
        isOrdered: map.isOrdered)
    }
  }
}

extension AnswerMap {
  /// The entries as the variables of a template.
  package var templateContext: TemplateContext {
    TemplateContext(entries.map { ($0.key, $0.value.contextValue) })
  }
}

extension Answer {
  /// The value as JSON; a number beyond 64 bits as a double.
  package var jsonValue: JSONValue {
    switch self {
    case .none: .null
    case .bool(let value): .bool(value)
    case .int(let value): .int(Int64(value))
    case .bigInt(let text): .double(Double(text) ?? .infinity)
    case .float(let value): .double(value)
    case .string(let text): .string(text)
    case .list(let values): .array(values.map(\.jsonValue))
    case .map(let map): .object(map.entries.map { .init($0.key, $0.value.jsonValue) })
    }
  }
}
