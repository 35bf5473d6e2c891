import Formats

/// What a notebook says that a parameter can be, in the terms of Python's `typing`.
package indirect enum ParameterType: Sendable, Hashable {
  /// Anything: nothing is said, or something that cannot be checked.
  case any
  case none
  case bool
  case int
  /// Whole numbers too, as in Python.
  case float
  case string
  case list(ParameterType)
  case dictionary(ParameterType)
  /// `Literal[…]`: one of these.
  case choice([YAMLValue])
  case union([ParameterType])

  /// Whether a value is of the type.
  package func accepts(_ value: YAMLValue) -> Bool {
    switch (self, value) {
    case (.any, _), (.none, .none), (.bool, .bool), (.int, .int), (.int, .bigInt), (.float, .float),
      (.float, .int), (.float, .bigInt), (.string, .string):
      true
    case (.list(let element), .list(let items)), (.list(let element), .tuple(let items)):
      items.allSatisfy { element.accepts($0) }
    case (.dictionary(let element), .map(let entries)):
      entries.allSatisfy { element.accepts($0.value) }
    case (.choice(let values), _): values.contains { Self.isSame($0, value) }
    case (.union(let types), _): types.contains { $0.accepts(value) }
    default: false
    }
  }

  /// Equal, and of one type: in `Literal[1]`, neither `1.0` nor `True` is meant.
  private static func isSame(_ left: YAMLValue, _ right: YAMLValue) -> Bool {
    if case (.string(let left), .string(let right)) = (left, right) {
      return left.hasSameBytes(as: right)
    }
    return left == right
  }

  /// As an annotation would write it.
  package var text: String {
    switch self {
    case .any: "any"
    case .none: "None"
    case .bool: "bool"
    case .int: "int"
    case .float: "float"
    case .string: "str"
    case .list(.any): "list"
    case .list(let element): "list[\(element.text)]"
    case .dictionary(.any): "dict"
    case .dictionary(let element): "dict[str, \(element.text)]"
    case .choice(let values): values.map(\.pythonRepr).joined(separator: " | ")
    case .union(let types): types.map(\.text).joined(separator: " | ")
    }
  }

  /// The values that there are to choose from; empty when they are not listed.
  package var choices: [YAMLValue] {
    switch self {
    case .choice(let values): values
    case .union(let types): types.flatMap(\.choices)
    default: []
    }
  }
}
