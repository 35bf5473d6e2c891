extension YAMLValue {
  /// `value[…]` in a replacement field.
  ///
  /// - Parameters:
  ///   - index: the number that stands in the brackets, if one does.
  ///   - key: what stands in the brackets.
  func item(_ index: Int?, key: String) throws(PythonFormatError) -> YAMLValue {
    switch self {
    case .map(let entries):
      let wanted = YAMLKey(index.map { .int(Int64($0)) } ?? .string(key))
      guard let entry = entries.first(where: { YAMLKey($0.key) == wanted }) else {
        throw PythonFormatError(.key, key)
      }
      return entry.value
    case .list(let items), .tuple(let items):
      return try Self.item(index, of: items, "list")
    case .string(let text):
      return try Self.item(index, of: text.unicodeScalars.map { .string(String($0)) }, "string")
    case .bytes(let bytes):
      return try Self.item(index, of: bytes.map { .int(Int64($0)) }, "bytes")
    default:
      throw PythonFormatError(.type, "'\(pythonType)' object is not subscriptable")
    }
  }

  private static func item(
    _ index: Int?, of items: [YAMLValue], _ kind: String
  ) throws(PythonFormatError) -> YAMLValue {
    guard let index else {
      throw PythonFormatError(.type, "\(kind) indices must be integers, not 'str'")
    }
    guard index < items.count else {
      throw PythonFormatError(.index, "\(kind) index out of range")
    }
    return items[index]
  }

  /// `value.name` in a replacement field, where that is a value and no method.
  func attribute(_ name: String) throws(PythonFormatError) -> YAMLValue {
    switch (self, name) {
    case (.int, "real"), (.int, "numerator"), (.bigInt, "real"), (.bigInt, "numerator"),
      (.float, "real"):
      return self
    case (.bool(let value), "real"), (.bool(let value), "numerator"): return .int(value ? 1 : 0)
    case (.int, "imag"), (.bigInt, "imag"), (.bool, "imag"): return .int(0)
    case (.int, "denominator"), (.bigInt, "denominator"), (.bool, "denominator"): return .int(1)
    case (.float, "imag"): return .float(0)
    case (.date(let date), _):
      if let value = date.part(name) { return .int(Int64(value)) }
    case (.dateTime(let time), _):
      if let value = time.part(name) { return .int(Int64(value)) }
    case (.string, _):
      throw PythonFormatError(.unsupported, "attributes of a text: .\(name)")
    default: break
    }
    throw PythonFormatError(.attribute, "'\(pythonType)' object has no attribute '\(name)'")
  }

  /// The name of the type in Python.
  var pythonType: String {
    switch self {
    case .none: "NoneType"
    case .bool: "bool"
    case .int, .bigInt: "int"
    case .float: "float"
    case .string: "str"
    case .bytes: "bytes"
    case .date: "datetime.date"
    case .dateTime: "datetime.datetime"
    case .list: "list"
    case .tuple: "tuple"
    case .set: "set"
    case .map: "dict"
    }
  }
}

extension YAMLDate {
  fileprivate func part(_ name: String) -> Int? {
    switch name {
    case "year": year
    case "month": month
    case "day": day
    default: nil
    }
  }
}

extension YAMLDateTime {
  fileprivate func part(_ name: String) -> Int? {
    switch name {
    case "hour": hour
    case "minute": minute
    case "second": second
    case "microsecond": microsecond
    case "fold": 0
    default: date.part(name)
    }
  }
}

extension PythonFormat {
  /// A value with a specification that is not empty.
  static func formatted(
    _ value: YAMLValue, _ specification: ArraySlice<Unicode.Scalar>
  ) throws(PythonFormatError) -> String {
    switch value {
    case .string(let text): return try PythonFormatSpecification(specification).apply(to: text)
    case .bool(let value):
      return try PythonNumberFormat(specification, type: "bool").text(
        wholeNumber: value ? "1" : "0")
    case .int(let value):
      return try PythonNumberFormat(specification, type: "int").text(wholeNumber: String(value))
    case .bigInt(let digits):
      return try PythonNumberFormat(specification, type: "int").text(wholeNumber: digits)
    case .float(let value):
      return try PythonNumberFormat(specification, type: "float").text(value)
    case .date(let date): return PythonTimeFormat(date: date).text(String(scalars: specification))
    case .dateTime(let time):
      return PythonTimeFormat(time).text(String(scalars: specification))
    case .none, .bytes, .list, .tuple, .set, .map:
      throw PythonFormatError(
        .type, "unsupported format string passed to \(value.pythonType).__format__")
    }
  }
}
