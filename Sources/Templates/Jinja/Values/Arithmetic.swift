import BigInt
import Glibc

/// Python's binary and unary operators, with CPython 3.11's words when they fail.
package enum Arithmetic {
  package enum Operator: String, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case floorDivide = "//"
    case modulo = "%"
    case power = "**"
  }

  /// `left OP right`.
  package static func apply(
    _ op: Operator, _ left: Value, _ right: Value, _ render: Render
  ) throws(TemplateError) -> Value {
    if let a = left.index, let b = right.index, let result = try integers(op, a, b) {
      return result
    }
    if case .undefined(let undefined) = left { throw undefined.error }
    if let a = left.bigInteger, let b = right.bigInteger {
      return try big(op, a, b, render)
    }
    if left.isNumber, right.isNumber {
      let (a, b) = (try double(left), try double(right))
      if op == .power, a < 0, a.isFinite, b.isFinite, b.rounded() != b {
        return .object(ComplexObject(power: a, b))
      }
      return .float(try floats(op, a, b))
    }
    if op == .modulo, left.text != nil { return try render.percentFormat(left, right) }
    if case .undefined(let undefined) = right { throw undefined.error }
    if let result = try ComplexObject.apply(op, left, right) { return result }
    switch op {
    case .add: if let result = try concatenate(left, right, render) { return result }
    case .multiply: if let result = try repeated(left, right, render) { return result }
    case .subtract:
      if let result = try SetObject.difference(left, right, render) { return result }
    default: break
    }
    throw unsupported(op, left, right)
  }

  /// `-value` or `+value`.
  package static func unary(isMinus: Bool, _ value: Value) throws(TemplateError) -> Value {
    switch value {
    case .bool(let flag): return .int(flag ? (isMinus ? -1 : 1) : 0)
    case .int(let number):
      guard isMinus else { return value }
      return number == .min ? .integer(-BigInt(number)) : .int(-number)
    case .bigInt(let box): return isMinus ? .integer(-box.value) : value
    case .float(let number): return .float(isMinus ? -number : number)
    case .undefined(let undefined): throw undefined.error
    default:
      if let number = value.complex { return isMinus ? .object(number.negated) : value }
      throw .type("bad operand type for unary \(isMinus ? "-" : "+"): '\(value.typeName)'")
    }
  }

  /// `float(x)` of a number.
  package static func double(_ value: Value) throws(TemplateError) -> Double {
    switch value {
    case .bool(let flag): return flag ? 1 : 0
    case .int(let number): return Double(number)
    case .float(let number): return number
    case .bigInt(let box):
      do throws(TemplateError) {
        return try divided(box.value, 1)
      } catch {
        throw .overflow("int too large to convert to float")
      }
    default: throw .type("must be real number, not \(value.typeName)")
    }
  }

  private static func unsupported(_ op: Operator, _ left: Value, _ right: Value) -> TemplateError {
    let name = op == .power ? "** or pow()" : op.rawValue
    return .type(
      "unsupported operand type(s) for \(name): '\(left.typeName)' and '\(right.typeName)'")
  }

  // MARK: Integers

  /// Nil when the result does not fit, or is no integer.
  private static func integers(
    _ op: Operator, _ a: Int, _ b: Int
  ) throws(TemplateError) -> Value? {
    let result: (partialValue: Int, overflow: Bool)
    switch op {
    case .add: result = a.addingReportingOverflow(b)
    case .subtract: result = a.subtractingReportingOverflow(b)
    case .multiply: result = a.multipliedReportingOverflow(by: b)
    case .divide:
      guard b != 0 else { throw zeroDivision("division by zero") }
      guard a.magnitude < 1 << 53, b.magnitude < 1 << 53 else { return nil }
      return .float(Double(a) / Double(b))
    case .floorDivide:
      guard b != 0 else { throw zeroDivision("integer division or modulo by zero") }
      guard b != -1 else { return nil }
      let quotient = a / b
      return .int(a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient)
    case .modulo:
      guard b != 0 else { throw zeroDivision("integer modulo by zero") }
      guard b != -1 else { return .int(0) }
      let rest = a % b
      return .int(rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest)
    case .power:
      guard b >= 0 else {
        guard a != 0 else { throw zeroDivision("0.0 cannot be raised to a negative power") }
        return .float(try floats(.power, Double(a), Double(b)))
      }
      return smallPower(a, b)
    }
    return result.overflow ? nil : .int(result.partialValue)
  }

  private static func smallPower(_ base: Int, _ exponent: Int) -> Value? {
    if base == 0 || base == 1 { return .int(exponent == 0 ? 1 : base) }
    if base == -1 { return .int(exponent % 2 == 0 ? 1 : -1) }
    guard exponent < 64 else { return nil }
    var result = 1
    for _ in 0..<exponent {
      let (next, overflow) = result.multipliedReportingOverflow(by: base)
      if overflow { return nil }
      result = next
    }
    return .int(result)
  }

  private static func big(
    _ op: Operator, _ a: BigInt, _ b: BigInt, _ render: Render
  ) throws(TemplateError) -> Value {
    let most = render.limits.integerBits
    switch op {
    case .add: return .integer(try checked(a + b, most))
    case .subtract: return .integer(try checked(a - b, most))
    case .multiply:
      guard a.bitWidth + b.bitWidth < most + 64 else { throw tooLarge }
      return .integer(a * b)
    case .divide:
      guard b != 0 else { throw zeroDivision("division by zero") }
      return .float(try divided(a, b))
    case .floorDivide, .modulo:
      guard b != 0 else {
        throw zeroDivision(
          op == .modulo ? "integer modulo by zero" : "integer division or modulo by zero")
      }
      var (quotient, rest) = a.quotientAndRemainder(dividingBy: b)
      if rest != 0, (rest < 0) != (b < 0) {
        quotient -= 1
        rest += b
      }
      return .integer(op == .modulo ? rest : quotient)
    case .power:
      guard b >= 0 else {
        guard a != 0 else { throw zeroDivision("0.0 cannot be raised to a negative power") }
        return .float(
          try floats(.power, double(.integer(a)), double(.integer(b))))
      }
      if a == 0 || a == 1 { return .integer(b == 0 ? 1 : a) }
      guard let exponent = Int(exactly: b), a.magnitude.bitWidth <= most,
        exponent <= most / a.magnitude.bitWidth + 1
      else { throw tooLarge }
      return .integer(a.power(exponent))
    }
  }

  private static func checked(_ value: BigInt, _ most: Int) throws(TemplateError) -> BigInt {
    guard value.bitWidth <= most + 64 else { throw tooLarge }
    return value
  }

  private static var tooLarge: TemplateError { .limit("an integer gets too large") }

  /// Correctly rounded, as CPython's `long_true_divide`.
  private static func divided(_ a: BigInt, _ b: BigInt) throws(TemplateError) -> Double {
    if a == 0 { return b < 0 ? -0.0 : 0 }
    let isNegative = (a < 0) != (b < 0)
    var top = a.magnitude
    var bottom = b.magnitude
    // A quotient of at least 66 bits, its lowest bit sticky; then one rounding to 53.
    let shift = 66 - (top.bitWidth - bottom.bitWidth)
    if shift > 0 { top <<= shift } else { bottom <<= -shift }
    var (quotient, rest) = top.quotientAndRemainder(dividingBy: bottom)
    if rest != 0 { quotient |= 1 }
    rest = 0
    // Subnormal results round at a higher bit.
    let exponent = quotient.bitWidth - shift
    let precision = max(0, min(53, exponent + 1074))
    let drop = quotient.bitWidth - precision
    var mantissa = quotient >> drop
    let half = BigUInt(1) << (drop - 1)
    let low = quotient - (mantissa << drop)
    if low > half || (low == half && mantissa & 1 == 1) { mantissa += 1 }
    let value = scalbn(Double(UInt64(mantissa)), Int32(clamping: drop - shift))
    guard value.isFinite else {
      throw .overflow("integer division result too large for a float")
    }
    return isNegative ? -value : value
  }

  // MARK: Floats

  private static func floats(
    _ op: Operator, _ a: Double, _ b: Double
  ) throws(TemplateError) -> Double {
    switch op {
    case .add: return a + b
    case .subtract: return a - b
    case .multiply: return a * b
    case .divide:
      guard b != 0 else { throw zeroDivision("float division by zero") }
      return a / b
    case .floorDivide:
      guard b != 0 else { throw zeroDivision("float floor division by zero") }
      return floorDivision(a, b).quotient
    case .modulo:
      guard b != 0 else { throw zeroDivision("float modulo") }
      return floorDivision(a, b).rest
    case .power: return try power(a, b)
    }
  }

  /// As CPython's `float_divmod`.
  private static func floorDivision(_ a: Double, _ b: Double) -> (quotient: Double, rest: Double) {
    var rest = fmod(a, b)
    var quotient = (a - rest) / b
    if rest != 0 {
      if (b < 0) != (rest < 0) {
        rest += b
        quotient -= 1
      }
    } else {
      rest = b < 0 ? -0.0 : 0.0
    }
    if quotient != 0 {
      let floored = quotient.rounded(.down)
      quotient = quotient - floored > 0.5 ? floored + 1 : floored
    } else {
      quotient = (a / b).sign == .minus ? -0.0 : 0.0
    }
    return (quotient, rest)
  }

  private static func power(_ a: Double, _ b: Double) throws(TemplateError) -> Double {
    if b == 0 || a == 1 { return 1 }
    if a == 0, b < 0 {
      throw zeroDivision("0.0 cannot be raised to a negative power")
    }
    let result = pow(a, b)
    if result.isInfinite, a.isFinite, b.isFinite {
      throw .overflow("(34, 'Numerical result out of range')")
    }
    return result
  }

  private static func zeroDivision(_ message: String) -> TemplateError {
    TemplateError("ZeroDivisionError", message)
  }

  // MARK: Sequences

  private static func concatenate(
    _ left: Value, _ right: Value, _ render: Render
  ) throws(TemplateError) -> Value? {
    switch (left, right) {
    case (.string(let a), .string(let b)): return .string(try sized(a + b, render))
    case (.markup(let a), .string(let b)):
      return .markup(try sized(a + Printing.escape(b), render))
    case (.markup(let a), .markup(let b)): return .markup(try sized(a + b, render))
    case (.string(let a), .markup(let b)):
      return .markup(try sized(Printing.escape(a) + b, render))
    case (.markup(let a), .object(let object)):
      if let html = try object.html(render) { return .markup(a + html) }
      return nil
    case (.object(let object), .markup(let b)):
      if let html = try object.html(render) { return .markup(html + b) }
      return nil
    case (.list(let a), .list(let b)):
      try render.charge(rounds: a.items.count + b.items.count)
      return .list(a.items + b.items)
    case (.tuple(let a), .tuple(let b)):
      try render.charge(rounds: a.items.count + b.items.count)
      return .tuple(a.items + b.items)
    case (.string, _):
      throw .type("can only concatenate str (not \"\(right.typeName)\") to str")
    case (.list, _):
      throw .type("can only concatenate list (not \"\(right.typeName)\") to list")
    case (.tuple, _):
      throw .type("can only concatenate tuple (not \"\(right.typeName)\") to tuple")
    default: return nil
    }
  }

  private static func sized(_ text: Text, _ render: Render) throws(TemplateError) -> Text {
    guard text.bytes.count <= render.limits.bytes else {
      throw .limit("a text gets larger than \(render.limits.bytes) bytes")
    }
    return text
  }

  private static func isSequence(_ value: Value) -> Bool {
    switch value {
    case .string, .markup, .list, .tuple: true
    default: false
    }
  }

  private static func repeated(
    _ left: Value, _ right: Value, _ render: Render
  ) throws(TemplateError) -> Value? {
    let sequence: Value
    let times: Value
    if right.isMarkup, left.bigInteger == nil {
      throw .type("'\(left.typeName)' object cannot be interpreted as an integer")
    }
    if isSequence(left) {
      (sequence, times) = (left, right)
    } else if isSequence(right) {
      (sequence, times) = (right, left)
    } else {
      return nil
    }
    guard let count = times.index else {
      if case .bigInt = times {
        throw .overflow("cannot fit 'int' into an index-sized integer")
      }
      if sequence.isMarkup {
        throw .type("'\(times.typeName)' object cannot be interpreted as an integer")
      }
      throw .type("can't multiply sequence by non-int of type '\(times.typeName)'")
    }
    switch sequence {
    case .string(let text): return .string(try repeated(text, count, render))
    case .markup(let text): return .markup(try repeated(text, count, render))
    case .list(let box): return .list(try repeated(box.items, count, render))
    case .tuple(let box): return .tuple(try repeated(box.items, count, render))
    default: return nil
    }
  }

  private static func repeated(
    _ text: Text, _ count: Int, _ render: Render
  ) throws(TemplateError) -> Text {
    guard count > 0, !text.isEmpty else { return .empty }
    let (size, overflow) = text.bytes.count.multipliedReportingOverflow(by: count)
    guard !overflow, size <= render.limits.bytes else {
      throw .limit("a text gets larger than \(render.limits.bytes) bytes")
    }
    if text.bytes.count == 1 {
      return Text(bytes: Array(repeating: text.bytes[0], count: count), count: count)
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    for _ in 0..<count { bytes += text.bytes }
    return Text(bytes: bytes, count: text.count * count)
  }

  private static func repeated(
    _ items: [Value], _ count: Int, _ render: Render
  ) throws(TemplateError) -> [Value] {
    guard count > 0, !items.isEmpty else { return [] }
    let (size, overflow) = items.count.multipliedReportingOverflow(by: count)
    guard !overflow else { throw .limit("a list gets too long") }
    try render.charge(rounds: size)
    var result: [Value] = []
    result.reserveCapacity(size)
    for _ in 0..<count { result += items }
    return result
  }
}
