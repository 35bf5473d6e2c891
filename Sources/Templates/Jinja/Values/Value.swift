import BigInt

/// A Python value as one render holds it. Not `Sendable`: lists and dicts are shared and change, as in Python.
package enum Value {
  case undefined(Undefined)
  case none
  case bool(Bool)
  case int(Int)
  /// An integer that does not fit 64 bits; make it with ``integer(_:)``, which keeps small ones in ``int(_:)``.
  case bigInt(BigIntBox)
  case float(Double)
  case string(Text)
  /// A `markupsafe.Markup`: text that is not escaped again.
  case markup(Text)
  case list(ListBox)
  case tuple(TupleBox)
  case dict(DictBox)
  case range(RangeValue)
  case object(any ValueObject)
}

/// A large integer, boxed so that ``Value`` stays small.
package final class BigIntBox: Sendable {
  package let value: BigInt

  package init(_ value: BigInt) { self.value = value }
}

extension Value {
  /// An integer of any size.
  package static func integer(_ value: BigInt) -> Value {
    if let small = Int(exactly: value) { return .int(small) }
    return .bigInt(BigIntBox(value))
  }

  package static func text(_ string: String) -> Value { .string(Text(string)) }

  package static func list(_ items: [Value]) -> Value { .list(ListBox(items)) }

  package static func tuple(_ items: [Value]) -> Value { .tuple(TupleBox(items)) }

  /// The text of a `str` or `Markup`.
  package var text: Text? {
    switch self {
    case .string(let text), .markup(let text): text
    default: nil
    }
  }

  package var isUndefined: Bool {
    if case .undefined = self { true } else { false }
  }

  package var isNone: Bool {
    if case .none = self { true } else { false }
  }

  package var isMarkup: Bool {
    if case .markup = self { true } else { false }
  }

  /// A bool or an integer that fits 64 bits, as Python's `__index__` gives it.
  package var index: Int? {
    switch self {
    case .bool(let value): value ? 1 : 0
    case .int(let value): value
    default: nil
    }
  }

  /// A bool or an integer of any size.
  package var bigInteger: BigInt? {
    switch self {
    case .bool(let value): value ? 1 : 0
    case .int(let value): BigInt(value)
    case .bigInt(let box): box.value
    default: nil
    }
  }

  /// Whether Python's `isinstance(x, (int, float))` holds, bools included.
  package var isNumber: Bool {
    switch self {
    case .bool, .int, .bigInt, .float: true
    default: false
    }
  }

  /// The name of the type as CPython's messages show it; `__name__` but for an ordered dict, which keeps its module.
  package var typeName: String {
    switch self {
    case .undefined(let undefined): undefined.kind.className
    case .none: "NoneType"
    case .bool: "bool"
    case .int, .bigInt: "int"
    case .float: "float"
    case .string: "str"
    case .markup: "Markup"
    case .list: "list"
    case .tuple(let box): box.className ?? "tuple"
    case .dict(let box): box.isOrdered ? "collections.OrderedDict" : "dict"
    case .range: "range"
    case .object(let object): object.typeName
    }
  }

  /// What Jinja2 calls a value in messages: `None`, `dict object`, `collections.OrderedDict object`.
  package var typeDescription: String {
    switch self {
    case .none: "None"
    case .undefined(let undefined): "jinja2.runtime.\(undefined.kind.className) object"
    case .markup: "markupsafe.Markup object"
    case .tuple(let box): box.className.map { "jinja2.filters.\($0) object" } ?? "tuple object"
    case .dict(let box): box.isOrdered ? "collections.OrderedDict object" : "dict object"
    case .object(let object): object.qualifiedTypeName + " object"
    default: typeName + " object"
    }
  }

  /// The builtin type whose method table serves this value; nil for objects and undefined values.
  package var builtinType: BuiltinType? {
    switch self {
    case .undefined, .object: nil
    case .none: BuiltinType.none
    case .bool: .bool
    case .int, .bigInt: .int
    case .float: .float
    case .string: .string
    case .markup: .markup
    case .list: .list
    case .tuple: .tuple
    case .dict: .dict
    case .range: .range
    }
  }
}
