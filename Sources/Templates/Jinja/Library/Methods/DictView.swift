/// What `dict.keys()`, `values()` and `items()` give: a live view.
final class DictView: ValueObject {
  enum Kind: String { case keys, values, items }

  let box: DictBox
  let kind: Kind

  init(_ box: DictBox, _ kind: Kind) {
    self.box = box
    self.kind = kind
  }

  var typeName: String { (box.isOrdered ? "odict_" : "dict_") + kind.rawValue }

  func length(_ render: Render) throws(TemplateError) -> Int? { box.count }

  func iterator(_ render: Render) throws(TemplateError) -> ValueIterator? {
    switch kind {
    case .keys: DictIterator(box)
    case .values: DictIterator(box) { _, value in value }
    case .items: DictIterator(box) { .tuple([$0, $1]) }
    }
  }

  func contains(_ key: Value, _ render: Render) throws(TemplateError) -> Bool? {
    switch kind {
    case .keys:
      try render.requireHashable(key)
      return box.get(key) != nil
    case .values: return nil
    case .items:
      guard case .tuple(let pair) = key, pair.items.count == 2 else { return false }
      try render.requireHashable(pair.items[0])
      guard let found = box.get(pair.items[0]) else { return false }
      return try Comparison.isSame(found, pair.items[1])
    }
  }

  func repr(_ render: Render) throws(TemplateError) -> Text {
    let items = try render.items(.object(self))
    return Text("\(typeName)(") + (try render.repr(.list(items))) + ")"
  }

  func equals(_ other: Value) -> Bool {
    guard case .object(let object) = other, let other = object as? DictView else {
      return SetObject.members(other) != nil && other.isSet(equalTo: self)
    }
    guard kind != .values, other.kind == kind, other.box.count == box.count else {
      return other === self
    }
    return zip(box.keys, box.values).allSatisfy { key, value in
      guard let found = other.box.get(key) else { return false }
      return kind == .keys || ((try? Comparison.isSame(found, value)) ?? false)
    }
  }

  func compares(_ order: Comparison.Order, _ other: Value) -> Bool? {
    guard let mine = SetObject.members(.object(self)), let other = SetObject.members(other) else {
      return nil
    }
    return SetObject.compare(order, mine, other)
  }

  var isHashable: Bool { kind == .values }

  func attribute(_ name: Text, _ render: Render) throws(TemplateError) -> Value? {
    guard name == "isdisjoint", kind != .values else { return nil }
    return .object(
      NativeFunction(name: name) { (arguments, render) throws(TemplateError) -> Value in
        for item in try render.items(arguments.positional.first ?? Value.none) {
          if try self.contains(item, render) ?? false { return .bool(false) }
        }
        return .bool(true)
      })
  }
}

extension Value {
  /// Whether it is a set of the same values as a view.
  fileprivate func isSet(equalTo view: DictView) -> Bool {
    if case .object(let object) = self { object.equals(.object(view)) } else { false }
  }
}
