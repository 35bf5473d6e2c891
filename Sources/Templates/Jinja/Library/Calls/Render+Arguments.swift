import BigInt

/// What CPython makes of arguments.
extension Render {
  /// An argument that must be a number for counting (`Py_ssize_t`).
  func size(_ value: Value) throws(TemplateError) -> Int {
    if let index = value.index { return index }
    if case .bigInt = value {
      throw .overflow("Python int too large to convert to C ssize_t")
    }
    throw .type("'\(value.typeName)' object cannot be interpreted as an integer")
  }

  /// A bound of a slice, which may be none and is cut to what an integer holds.
  func bound(_ value: Value?, acceptsNone: Bool = true) throws(TemplateError) -> Int? {
    guard let value else { return nil }
    if let index = value.index { return index }
    switch value {
    case .none where acceptsNone: return nil
    case .bigInt(let box): return box.value < 0 ? .min : .max
    default:
      throw .type(
        "slice indices must be integers \(acceptsNone ? "or None " : "")or have an __index__ method"
      )
    }
  }

  /// A slice's bounds as places from 0 to the count; the start may lie behind the end.
  func range(_ start: Int?, _ end: Int?, count: Int) -> (start: Int, end: Int) {
    func place(_ bound: Int) -> Int { bound < 0 ? max(0, bound &+ count) : bound }
    return (start.map(place) ?? 0, min(end.map(place) ?? count, count))
  }

  /// A flag that CPython reads as a C integer: `reverse`, `keepends`.
  func integerFlag(_ value: Value?) throws(TemplateError) -> Bool {
    guard let value else { return false }
    if let integer = value.bigInteger {
      guard Int(exactly: integer) != nil else {
        throw .overflow("Python int too large to convert to C int")
      }
      guard Int32(exactly: integer) != nil else {
        throw .overflow(
          "signed integer is \(integer < 0 ? "less than minimum" : "greater than maximum")")
      }
      return integer != 0
    }
    throw .type("'\(value.typeName)' object cannot be interpreted as an integer")
  }

  /// `markupsafe.soft_str(x)`: a text as it is, anything else as `str`.
  func softText(_ value: Value) throws(TemplateError) -> Value {
    value.text == nil ? .string(try str(value)) : value
  }

  /// A text of the same kind, plain or marked as safe.
  func like(_ value: Value, _ text: Text) -> Value {
    value.isMarkup ? .markup(text) : .string(text)
  }

  /// The method of a builtin value, as `x.name(…)` calls it.
  func callMethod(
    _ name: Text, of value: Value, _ arguments: Arguments = Arguments()
  ) throws(TemplateError) -> Value {
    guard let method = try attributeIfAny(value, name) else {
      throw .missing(String(describing: name), in: value)
    }
    return try call(method, arguments)
  }

  /// `x[key]` with Python's own exceptions.
  func subscripted(_ value: Value, _ key: Value) throws(TemplateError) -> Value {
    switch value {
    case .dict(let box):
      try requireHashable(key)
      guard let found = box.get(key) else { throw .key(key) }
      return found
    case .list, .tuple, .range:
      let name = value.typeName
      guard let index = try sequenceIndex(key, name) else {
        throw .type("\(name) indices must be integers or slices, not \(key.typeName)")
      }
      guard let found = try itemIfAny(value, .int(index)) else {
        throw .index("\(name == "range" ? "range object" : name) index out of range")
      }
      return found
    case .string, .markup:
      guard let index = try sequenceIndex(key, "string") else {
        throw .type("string indices must be integers, not '\(key.typeName)'")
      }
      guard let found = try itemIfAny(value, .int(index)) else {
        throw .index("string index out of range")
      }
      return found
    case .object(let object):
      if let found = try object.item(key, self) { return found }
      throw .type("'\(object.typeName)' object is not subscriptable")
    case .undefined(let undefined):
      if undefined.kind == .chainable { return value }
      throw undefined.error
    default: throw .type("'\(value.typeName)' object is not subscriptable")
    }
  }

  private func sequenceIndex(_ key: Value, _ name: String) throws(TemplateError) -> Int? {
    if case .bigInt = key {
      throw .index("cannot fit 'int' into an index-sized integer")
    }
    return key.index
  }

  /// `int(x)` of a number, a text or what can be one.
  ///
  /// - Throws: `TypeError`, `ValueError`, `OverflowError` in CPython's words.
  func integer(_ value: Value, base: Int = 10) throws(TemplateError) -> BigInt {
    if let integer = value.bigInteger { return integer }
    switch value {
    case .float(let number):
      guard !number.isNaN else { throw .value("cannot convert float NaN to integer") }
      guard number.isFinite else {
        throw .overflow("cannot convert float infinity to integer")
      }
      return BigInt(number.rounded(.towardZero))
    case .string(let text): return try IntegerText.parse(text, base: base)
    case .markup(let text): return try IntegerText.parse(text, base: base, isMarkup: true)
    case .undefined(let undefined): throw undefined.error
    default:
      throw .type(
        "int() argument must be a string, a bytes-like object or a real number, not "
          + "'\(value.typeName)'")
    }
  }

  /// `float(x)`.
  func double(_ value: Value) throws(TemplateError) -> Double {
    switch value {
    case .string(let text), .markup(let text):
      guard let number = FloatText.parse(text) else {
        throw .value("could not convert string to float: \(try repr(value))")
      }
      return number
    case .undefined(let undefined): throw undefined.error
    case .bool, .int, .bigInt, .float: return try Arithmetic.double(value)
    default:
      throw .type("float() argument must be a string or a real number, not '\(value.typeName)'")
    }
  }
}
