import BigInt

/// A value as a key: equal numbers are one key (`1`, `1.0`, `True`), texts are compared by code points.
struct DictKey: Hashable {
  let value: Value

  init(_ value: Value) { self.value = value }

  static func == (left: DictKey, right: DictKey) -> Bool { isSame(left.value, right.value) }

  /// Python's `is` or `==` of two hashable values.
  static func isSame(_ left: Value, _ right: Value) -> Bool {
    switch (left, right) {
    case (.string(let left), .string(let right)): left == right
    case (.undefined(let left), .undefined(let right)):
      left === right || (left.kind == right.kind && left.kind != .strict)
    case (.tuple(let left), .tuple(let right)):
      left.items.count == right.items.count
        && zip(left.items, right.items).allSatisfy { isSame($0, $1) }
    case (.object(let left), .object(let right)): left === right || left.equals(.object(right))
    case (.float(let left), .float(let right)): left == right || (left.isNaN && right.isNaN)
    default: Comparison.areEqualPlain(left, right)
    }
  }

  func hash(into hasher: inout Hasher) {
    switch value {
    case .string(let text), .markup(let text): text.hash(into: &hasher)
    case .bool(let value): hasher.combine(value ? 1 : 0)
    case .int(let value): hasher.combine(value)
    case .bigInt(let box): hasher.combine(box.value)
    case .float(let value):
      if let whole = Int(exactly: value) {
        hasher.combine(whole)
      } else if value.isFinite, value.rounded() == value {
        hasher.combine(BigInt(value))
      } else {
        hasher.combine(value)
      }
    case .none: hasher.combine(1)
    case .tuple(let box):
      hasher.combine(2)
      for item in box.items { DictKey(item).hash(into: &hasher) }
    case .range(let range):
      hasher.combine(3)
      hasher.combine(range.count)
    case .undefined(let undefined): hasher.combine(undefined.kind)
    case .object(let object): object.hash(into: &hasher)
    case .list, .dict: hasher.combine(4)
    }
  }
}
