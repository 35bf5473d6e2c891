import BigInt

/// Equality and order as CPython has them.
package enum Comparison {
  package enum Order: String, Sendable {
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  /// `left == right`.
  ///
  /// - Throws: `UndefinedError` when a strict undefined is compared.
  package static func areEqual(_ left: Value, _ right: Value) throws(TemplateError) -> Bool {
    try areEqual(left, right, depth: 0)
  }

  /// `left is right or left == right`, as containers look for a value.
  package static func isSame(_ left: Value, _ right: Value) throws(TemplateError) -> Bool {
    isIdentical(left, right) ? true : try areEqual(left, right)
  }

  private static func areEqual(
    _ left: Value, _ right: Value, depth: Int
  ) throws(TemplateError) -> Bool {
    guard depth < 200 else {
      throw TemplateError("RecursionError", "maximum recursion depth exceeded in comparison")
    }
    switch (left, right) {
    case (.string(let a), .string(let b)), (.string(let a), .markup(let b)),
      (.markup(let a), .string(let b)), (.markup(let a), .markup(let b)):
      return a == b
    case (.undefined(let a), _) where a.kind == .strict: throw a.error
    case (_, .undefined(let b)) where b.kind == .strict: throw b.error
    case (.list(let a), .list(let b)):
      return a === b ? true : try areEqual(a.items, b.items, depth: depth + 1)
    case (.tuple(let a), .tuple(let b)):
      return a === b ? true : try areEqual(a.items, b.items, depth: depth + 1)
    case (.dict(let a), .dict(let b)):
      guard a !== b else { return true }
      guard a.count == b.count else { return false }
      for index in a.keys.indices {
        guard let other = b.get(a.keys[index]) else { return false }
        if isIdentical(a.values[index], other) { continue }
        guard try areEqual(a.values[index], other, depth: depth + 1) else { return false }
      }
      if a.isOrdered, b.isOrdered {
        return zip(a.keys, b.keys).allSatisfy { DictKey.isSame($0, $1) }
      }
      return true
    default: return areEqualPlain(left, right)
    }
  }

  private static func areEqual(
    _ left: [Value], _ right: [Value], depth: Int
  ) throws(TemplateError) -> Bool {
    guard left.count == right.count else { return false }
    for index in left.indices {
      if isIdentical(left[index], right[index]) { continue }
      guard try areEqual(left[index], right[index], depth: depth) else { return false }
    }
    return true
  }

  /// Equality of values that hold no others; never fails.
  static func areEqualPlain(_ left: Value, _ right: Value) -> Bool {
    switch (left, right) {
    case (.none, .none): return true
    case (.undefined(let a), .undefined(let b)): return a.kind == b.kind
    case (.range(let a), .range(let b)):
      return a.count == b.count && (a.count == 0 || a.start == b.start)
        && (a.count < 2 || a.step == b.step)
    case (.object(let object), _): return object.equals(right)
    case (_, .object(let object)): return object.equals(left)
    case (.list(let a), .list(let b)): return a === b
    case (.dict(let a), .dict(let b)): return a === b
    default:
      if let a = left.text, let b = right.text { return a == b }
      return compareNumbers(left, right) == .equal
    }
  }

  /// Python's `is`, as far as containers and objects go; equal plain values count as one.
  package static func isIdentical(_ left: Value, _ right: Value) -> Bool {
    switch (left, right) {
    case (.list(let a), .list(let b)): a === b
    case (.dict(let a), .dict(let b)): a === b
    case (.tuple(let a), .tuple(let b)): a === b || (a.items.isEmpty && b.items.isEmpty)
    case (.object(let a), .object(let b)): a === b
    case (.undefined(let a), .undefined(let b)): a === b
    case (.none, .none): true
    case (.bool(let a), .bool(let b)): a == b
    case (.int(let a), .int(let b)): a == b
    case (.string(let a), .string(let b)): a == b
    default: false
    }
  }

  /// `left < right` and so on.
  ///
  /// - Throws: `TypeError` when they have no order, `UndefinedError` for undefined ones.
  package static func holds(
    _ order: Order, _ left: Value, _ right: Value
  ) throws(TemplateError) -> Bool {
    if let a = left.text, let b = right.text {
      switch order {
      case .less: return a < b
      case .lessOrEqual: return !(b < a)
      case .greater: return b < a
      case .greaterOrEqual: return !(a < b)
      }
    }
    switch (left, right) {
    case (.undefined(let a), _): throw a.error
    case (_, .undefined(let b)): throw b.error
    case (.list(let a), .list(let b)): return try holds(order, a.items, b.items)
    case (.tuple(let a), .tuple(let b)): return try holds(order, a.items, b.items)
    case (.object(let a), _):
      if let answer = a.compares(order, right) { return answer }
      throw unordered(order, left, right)
    case (_, .object(let b)):
      if let place = b.order(left) { return order.fits(-place) }
      throw unordered(order, left, right)
    default: break
    }
    switch compareNumbers(left, right) {
    case .less: return order == .less || order == .lessOrEqual
    case .equal: return order == .lessOrEqual || order == .greaterOrEqual
    case .greater: return order == .greater || order == .greaterOrEqual
    case .unordered: return false
    case .notNumbers: throw unordered(order, left, right)
    }
  }

  private static func holds(
    _ order: Order, _ left: [Value], _ right: [Value]
  ) throws(TemplateError) -> Bool {
    for index in 0..<min(left.count, right.count) {
      if isIdentical(left[index], right[index]) { continue }
      if try !areEqual(left[index], right[index]) {
        return try holds(order, left[index], right[index])
      }
    }
    return order.fits(left.count - right.count)
  }

  private static func unordered(_ order: Order, _ left: Value, _ right: Value) -> TemplateError {
    .type(
      "'\(order.rawValue)' not supported between instances of '\(left.typeName)' and "
        + "'\(right.typeName)'")
  }

  enum NumberOrder { case less, equal, greater, unordered, notNumbers }

  /// The exact order of two numbers of any kind.
  static func compareNumbers(_ left: Value, _ right: Value) -> NumberOrder {
    if let a = left.index, let b = right.index {
      return a < b ? .less : a == b ? .equal : .greater
    }
    switch (left, right) {
    case (.float(let a), .float(let b)):
      return a < b ? .less : a == b ? .equal : a > b ? .greater : .unordered
    case (.float(let a), _):
      guard let b = right.bigInteger else { return .notNumbers }
      return compare(a, b)
    case (_, .float(let b)):
      guard let a = left.bigInteger else { return .notNumbers }
      switch compare(b, a) {
      case .less: return .greater
      case .greater: return .less
      case let other: return other
      }
    default:
      guard let a = left.bigInteger, let b = right.bigInteger else { return .notNumbers }
      return a < b ? .less : a == b ? .equal : .greater
    }
  }

  private static func compare(_ a: Double, _ b: BigInt) -> NumberOrder {
    if a.isNaN { return .unordered }
    if a.isInfinite { return a > 0 ? .greater : .less }
    let whole = BigInt(a.rounded(.down))
    if whole != b { return whole < b ? .less : .greater }
    return a > a.rounded(.down) ? .greater : .equal
  }
}

extension Comparison.Order {
  func fits(_ difference: Int) -> Bool {
    switch self {
    case .less: difference < 0
    case .lessOrEqual: difference <= 0
    case .greater: difference > 0
    case .greaterOrEqual: difference >= 0
    }
  }
}
