extension Render {
  /// Jinja2's `environment.getattr`, what `a.b` gives: the attribute, else the item, else undefined.
  package func attribute(_ value: Value, _ name: Text) throws(TemplateError) -> Value {
    if let found = try attributeIfAny(value, name) { return found }
    if case .dict(let box) = value {
      if let found = box.get(name) { return found }
    } else if let found = try itemIfAny(value, .string(name)) {
      return found
    }
    return undefined(object: value, name: .string(name))
  }

  /// Jinja2's `environment.getitem`, what `a[b]` gives: the item, else the attribute, else undefined.
  package func item(_ value: Value, _ key: Value) throws(TemplateError) -> Value {
    if let found = try itemIfAny(value, key) { return found }
    if let name = key.text, let found = try attributeIfAny(value, name) { return found }
    return undefined(object: value, name: key)
  }

  /// Python's `getattr`; nil where it raises `AttributeError`.
  package func attributeIfAny(_ value: Value, _ name: Text) throws(TemplateError) -> Value? {
    let mayBeKnown = environment.memberNames.mayContain(name)
    if mayBeKnown, name == "__class__" { return .object(ClassObject(of: value)) }
    switch value {
    case .object(let object): return try object.attribute(name, self)
    case .undefined(let undefined):
      if name.bytes.starts(with: "__".utf8), name.bytes.reversed().starts(with: "__".utf8) {
        return nil
      }
      if undefined.kind == .chainable { return value }
      throw undefined.error
    case .tuple(let box):
      if let place = box.names.firstIndex(of: name) { return box.items[place] }
    default: break
    }
    guard mayBeKnown, let type = value.builtinType else { return nil }
    if let method = environment.library.methods[type]?[name] {
      return .object(BoundMethod(name: name, receiver: value, function: method))
    }
    return environment.library.properties[type]?[name]?(value)
  }

  /// Python's `x[key]`; nil where Jinja2 goes on to look for an attribute (`LookupError`, `TypeError`, `AttributeError`).
  package func itemIfAny(_ value: Value, _ key: Value) throws(TemplateError) -> Value? {
    switch value {
    case .dict(let box):
      switch key {
      case .list, .dict: return nil
      case .tuple, .object:
        do throws(TemplateError) { try requireHashable(key) } catch { return nil }
        return box.get(key)
      case .undefined(let undefined):
        if undefined.kind == .strict { throw undefined.error }
        return box.get(key)
      default: return box.get(key)
      }
    case .list(let box): return place(key, box.items.count).map { box.items[$0] }
    case .tuple(let box): return place(key, box.items.count).map { box.items[$0] }
    case .string(let text), .markup(let text):
      guard let place = place(key, text.count) else { return nil }
      let character = text.character(at: place)
      return value.isMarkup ? .markup(character) : .string(character)
    case .range(let range): return place(key, range.count).map { .int(range[$0]) }
    case .object(let object): return try object.item(key, self)
    case .undefined(let undefined):
      if undefined.kind == .chainable { return value }
      throw undefined.error
    default: return nil
    }
  }

  private func place(_ key: Value, _ count: Int) -> Int? {
    guard let index = key.index else { return nil }
    let place = index < 0 ? index &+ count : index
    return place >= 0 && place < count ? place : nil
  }

  /// `text % value`.
  func percentFormat(_ left: Value, _ right: Value) throws(TemplateError) -> Value {
    try environment.library.percentFormat(left, right, self)
  }

  /// Calls a filter by name, as `map('upper')` does.
  ///
  /// - Throws: `TemplateRuntimeError` when there is none.
  package func apply(
    filter name: String, to value: Value, _ arguments: Arguments = Arguments()
  ) throws(TemplateError) -> Value {
    guard let filter = environment.library.filters[name] else {
      throw .runtime("No filter named \(Printing.plainRepr(.text(name))).")
    }
    return try filter(value, arguments, self)
  }

  /// Asks a test by name, as `select('odd')` does.
  ///
  /// - Throws: `TemplateRuntimeError` when there is none.
  package func passes(
    test name: String, _ value: Value, _ arguments: Arguments = Arguments()
  ) throws(TemplateError) -> Bool {
    guard let test = environment.library.tests[name] else {
      throw .runtime("No test named \(Printing.plainRepr(.text(name))).")
    }
    return try test(value, arguments, self)
  }
}
