/// Python's builtin operations on values. Filters, tests and methods are written with these.
extension Render {
  /// A value of the environment's undefined class.
  package func undefined(
    hint: String? = nil, object: Value? = nil, name: Value = .none,
    exception: String = "UndefinedError"
  ) -> Value {
    .undefined(
      Undefined(
        environment.options.undefined, hint: hint, object: object, name: name, exception: exception)
    )
  }

  /// `bool(x)`.
  package func truth(_ value: Value) throws(TemplateError) -> Bool {
    switch value {
    case .undefined(let undefined):
      if undefined.kind == .strict { throw undefined.error }
      return false
    case .none: return false
    case .bool(let flag): return flag
    case .int(let number): return number != 0
    case .bigInt: return true
    case .float(let number): return number != 0
    case .string(let text), .markup(let text): return !text.isEmpty
    case .list(let box): return !box.items.isEmpty
    case .tuple(let box): return !box.items.isEmpty
    case .dict(let box): return box.count > 0
    case .range(let range): return range.count > 0
    case .object(let object): return try object.truth(self)
    }
  }

  /// `iter(x)`.
  ///
  /// - Throws: `TypeError` when it cannot be iterated.
  package func iterator(_ value: Value) throws(TemplateError) -> ValueIterator {
    switch value {
    case .string(let text), .markup(let text): return TextIterator(text)
    case .list(let box): return ListIterator(box)
    case .tuple(let box): return ArrayIterator(box.items)
    case .dict(let box): return DictIterator(box)
    case .range(let range): return RangeIterator(range)
    case .undefined(let undefined):
      if undefined.kind == .strict { throw undefined.error }
      return ArrayIterator([])
    case .object(let object):
      if let iterator = try object.iterator(self) { return iterator }
    default: break
    }
    throw .type("'\(value.typeName)' object is not iterable")
  }

  /// `list(x)`, as an array; charged to the limit on rounds.
  package func items(_ value: Value) throws(TemplateError) -> [Value] {
    switch value {
    case .list(let box): return box.items
    case .tuple(let box): return box.items
    default:
      let iterator = try iterator(value)
      var values: [Value] = []
      while let value = try iterator.next() {
        try charge(rounds: 1)
        values.append(value)
      }
      return values
    }
  }

  /// `len(x)`; nil when it has none (Python: `TypeError`, "object of type 'int' has no len()").
  package func lengthIfAny(_ value: Value) throws(TemplateError) -> Int? {
    switch value {
    case .string(let text), .markup(let text): return text.count
    case .list(let box): return box.items.count
    case .tuple(let box): return box.items.count
    case .dict(let box): return box.count
    case .range(let range): return range.count
    case .undefined(let undefined):
      if undefined.kind == .strict { throw undefined.error }
      return 0
    case .object(let object): return try object.length(self)
    default: return nil
    }
  }

  /// `len(x)`.
  package func length(_ value: Value) throws(TemplateError) -> Int {
    guard let length = try lengthIfAny(value) else {
      throw .type("object of type '\(value.typeName)' has no len()")
    }
    return length
  }

  package func areEqual(_ left: Value, _ right: Value) throws(TemplateError) -> Bool {
    try Comparison.areEqual(left, right)
  }

  package func isLess(_ left: Value, _ right: Value) throws(TemplateError) -> Bool {
    try Comparison.holds(.less, left, right)
  }

  /// `key in container`.
  package func contains(_ container: Value, _ key: Value) throws(TemplateError) -> Bool {
    switch container {
    case .string(let text), .markup(let text):
      guard let needle = key.text else {
        throw .type("'in <string>' requires string as left operand, not \(key.typeName)")
      }
      return text.contains(needle)
    case .list(let box): return try contains(box.items, key)
    case .tuple(let box): return try contains(box.items, key)
    case .dict(let box):
      try requireHashable(key)
      return box.get(key) != nil
    case .range(let range):
      for index in [key.index].compactMap({ $0 }) {
        let (distance, overflow) = index.subtractingReportingOverflow(range.start)
        guard !overflow, range.count > 0 else { return false }
        let inside = range.step > 0 ? index < range.stop : index > range.stop
        let after = range.step > 0 ? distance >= 0 : distance <= 0
        return inside && after && distance % range.step == 0
      }
      if case .float(let number) = key, let whole = Int(exactly: number) {
        return try contains(container, .int(whole))
      }
      return false
    case .undefined(let undefined):
      if undefined.kind == .strict { throw undefined.error }
      return false
    case .object(let object):
      if let answer = try object.contains(key, self) { return answer }
      if let iterator = try object.iterator(self) {
        while let value = try iterator.next() {
          if try Comparison.isSame(value, key) { return true }
        }
        return false
      }
    default: break
    }
    throw .type("argument of type '\(container.typeName)' is not iterable")
  }

  private func contains(_ items: [Value], _ key: Value) throws(TemplateError) -> Bool {
    for item in items {
      if try Comparison.isSame(item, key) { return true }
    }
    return false
  }

  /// Fails as `hash(x)` does: `TypeError: unhashable type: 'list'`.
  package func requireHashable(_ value: Value) throws(TemplateError) {
    switch value {
    case .list, .dict: throw .type("unhashable type: '\(value.typeName)'")
    case .tuple(let box): for item in box.items { try requireHashable(item) }
    case .object(let object):
      guard object.isHashable else { throw .type("unhashable type: '\(value.typeName)'") }
    case .undefined(let undefined): if undefined.kind == .strict { throw undefined.error }
    default: break
    }
  }

  /// Whether `callable(x)` holds.
  package func isCallable(_ value: Value) -> Bool {
    switch value {
    case .undefined: true
    case .object(let object): object.isCallable
    default: false
    }
  }

  /// `x(*args, **kwargs)`.
  package func call(_ value: Value, _ arguments: Arguments) throws(TemplateError) -> Value {
    switch value {
    case .object(let object): return try object.call(arguments, self)
    case .undefined(let undefined): throw undefined.error
    default: throw .type("'\(value.typeName)' object is not callable")
    }
  }
}
