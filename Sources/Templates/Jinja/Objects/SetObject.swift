/// A Python `set`, which differences of dict views give; it keeps the order in which values came.
final class SetObject: ValueObject {
  let box: DictBox

  init(_ box: DictBox) { self.box = box }

  /// The values of anything that can be iterated.
  convenience init(_ value: Value, _ render: Render) throws(TemplateError) {
    let box = DictBox()
    for item in try render.items(value) {
      try render.requireHashable(item)
      box.set(item, .none)
    }
    self.init(box)
  }

  var typeName: String { "set" }
  var isHashable: Bool { false }

  func length(_ render: Render) throws(TemplateError) -> Int? { box.count }

  func iterator(_ render: Render) throws(TemplateError) -> ValueIterator? {
    ArrayIterator(box.keys)
  }

  func contains(_ key: Value, _ render: Render) throws(TemplateError) -> Bool? {
    try render.requireHashable(key)
    return box.get(key) != nil
  }

  func repr(_ render: Render) throws(TemplateError) -> Text {
    guard box.count > 0 else { return "set()" }
    var bytes: [UInt8] = [UInt8(ascii: "{")]
    for (index, key) in box.keys.enumerated() {
      if index > 0 { bytes += ", ".utf8 }
      bytes += try render.repr(key).bytes
    }
    return Text(bytes: bytes + [UInt8(ascii: "}")])
  }

  func equals(_ other: Value) -> Bool { compares(.lessOrEqual, other) == true && sameCount(other) }

  func compares(_ order: Comparison.Order, _ other: Value) -> Bool? {
    Self.members(other).map { Self.compare(order, box, $0) }
  }

  private func sameCount(_ other: Value) -> Bool { Self.members(other)?.count == box.count }

  /// The members of a set, or of what counts as one; nil for anything else.
  static func members(_ value: Value) -> DictBox? {
    guard case .object(let object) = value else { return nil }
    if let set = object as? SetObject { return set.box }
    guard let view = object as? DictView else { return nil }
    switch view.kind {
    case .values: return nil
    case .keys: return view.box
    case .items:
      let box = DictBox()
      for (key, value) in zip(view.box.keys, view.box.values) {
        box.set(.tuple([key, value]), .none)
      }
      return box
    }
  }

  /// Whether one is part of the other, or has it as a part.
  static func compare(_ order: Comparison.Order, _ left: DictBox, _ right: DictBox) -> Bool {
    let (part, whole) = order == .less || order == .lessOrEqual ? (left, right) : (right, left)
    guard part.keys.allSatisfy({ whole.get($0) != nil }) else { return false }
    return order == .lessOrEqual || order == .greaterOrEqual || part.count < whole.count
  }

  /// `left - right`, if one of them is a set or a view that counts as one; nil when they cannot be subtracted.
  static func difference(
    _ left: Value, _ right: Value, _ render: Render
  ) throws(TemplateError) -> Value? {
    guard let members = try minuend(left, right, render) else { return nil }
    let taken = try SetObject(right, render)
    let box = DictBox()
    for key in members.keys where taken.box.get(key) == nil { box.set(key, .none) }
    return .object(SetObject(box))
  }

  private static func minuend(
    _ left: Value, _ right: Value, _ render: Render
  ) throws(TemplateError) -> DictBox? {
    if case .object(let object) = left, let set = object as? SetObject {
      // Two sets, or a view on the right, which takes anything.
      return members(right) == nil ? nil : set.box
    }
    if members(left) != nil || members(right) != nil && !(isPlainSet(right)) {
      return try SetObject(left, render).box
    }
    return nil
  }

  private static func isPlainSet(_ value: Value) -> Bool {
    if case .object(let object) = value { object is SetObject } else { false }
  }
}
