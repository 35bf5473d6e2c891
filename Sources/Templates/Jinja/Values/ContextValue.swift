import BigInt
import Formats

/// A value of a context before it is rendered: immutable, shared by the threads that render.
package indirect enum ContextValue: Sendable, Hashable {
  case none
  case bool(Bool)
  case int(Int)
  case bigInt(BigInt)
  case float(Double)
  case string(Text)
  case markup(Text)
  case list([ContextValue])
  case tuple([ContextValue])
  /// Keys must be hashable; a repeated one keeps its first place and its last value.
  case dict([ContextPair], isOrdered: Bool)

  package static func text(_ string: String) -> ContextValue { .string(Text(string)) }
}

/// A key and a value of a ``ContextValue/dict(_:isOrdered:)``.
package struct ContextPair: Sendable, Hashable {
  package var key: ContextValue
  package var value: ContextValue

  package init(_ key: ContextValue, _ value: ContextValue) {
    self.key = key
    self.value = value
  }
}

extension ContextValue {
  /// A JSON value; objects become dicts.
  ///
  /// - Parameter isOrdered: whether the maps are `collections.OrderedDict`, as cookiecutter reads its files.
  package init(_ json: JSONValue, isOrdered: Bool = false) {
    switch json {
    case .null: self = .none
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .int(Int(value))
    case .double(let value): self = .float(value)
    case .string(let text): self = .string(Text(text))
    case .array(let values): self = .list(values.map { ContextValue($0, isOrdered: isOrdered) })
    case .object(let members):
      self = .dict(
        members.map {
          ContextPair(.text($0.key), ContextValue($0.value, isOrdered: isOrdered))
        }, isOrdered: isOrdered)
    }
  }

  /// The live value of one render.
  package func value() -> Value {
    switch self {
    case .none: return .none
    case .bool(let value): return .bool(value)
    case .int(let value): return .int(value)
    case .bigInt(let value): return .integer(value)
    case .float(let value): return .float(value)
    case .string(let text): return .string(text)
    case .markup(let text): return .markup(text)
    case .list(let items): return .list(items.map { $0.value() })
    case .tuple(let items): return .tuple(items.map { $0.value() })
    case .dict(let pairs, let isOrdered):
      let box = DictBox(isOrdered: isOrdered)
      for pair in pairs { box.set(pair.key.value(), pair.value.value()) }
      return .dict(box)
    }
  }
}
