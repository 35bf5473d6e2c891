import BigInt
import Glibc

/// Filters on numbers, and those that read numbers.
enum NumberFilters {
  static func add(to library: inout TemplateLibrary) {
    library.addBuiltinFilter("abs", as: "abs") { (value, render) throws(TemplateError) -> Value in
      switch value {
      case .float(let number): return .float(abs(number))
      default:
        if let number = value.complex { return .float(number.magnitude) }
        guard let integer = value.bigInteger else {
          throw .type("bad operand type for abs(): '\(value.typeName)'")
        }
        return .integer(integer.magnitudeInteger)
      }
    }
    library.addFilter("int", as: Signature("do_int", "value", "default?", "base?"), int)
    library.addFilter("float", as: Signature("do_float", "value", "default?")) {
      (call, render) throws(TemplateError) -> Value in
      do throws(TemplateError) {
        return .float(try render.double(call.input))
      } catch {
        guard error.exception == "TypeError" || error.exception == "ValueError" else { throw error }
        return call[1] ?? .float(0)
      }
    }
    library.addFilter("round", as: Signature("do_round", "value", "precision?", "method?"), round)
    library.addFilter(
      "filesizeformat", as: Signature("do_filesizeformat", "value", "binary?")
    ) { (call, render) throws(TemplateError) -> Value in
      let size = try render.double(call.input)
      return .text(try fileSize(size, isBinary: call.flag(1, false, render)))
    }
  }

  private static let int: TemplateLibrary.FilterBody = {
    (call, render) throws(TemplateError) -> Value in
    let value = call.input
    do throws(TemplateError) {
      if value.text != nil {
        let base = try call[2].map { (base) throws(TemplateError) in try render.size(base) } ?? 10
        return .integer(try render.integer(value, base: base))
      }
      return .integer(try render.integer(value))
    } catch {
      guard error.exception == "TypeError" || error.exception == "ValueError" else { throw error }
    }
    do throws(TemplateError) {
      return .integer(try render.integer(.float(render.double(value))))
    } catch {
      switch error.exception {
      case "TypeError", "ValueError", "OverflowError": return call[1] ?? .int(0)
      default: throw error
      }
    }
  }

  private static let round: TemplateLibrary.FilterBody = {
    (call, render) throws(TemplateError) -> Value in
    let method = call[2] ?? .string("common")
    try render.requireHashable(method)
    let value = call.input
    let precision = call[1] ?? .int(0)
    switch method.text {
    case "common": return try rounded(value, precision, render)
    case "ceil", "floor":
      let power = try Arithmetic.apply(.power, .int(10), precision, render)
      let product = try Arithmetic.apply(.multiply, value, power, render)
      let whole: Value
      switch product {
      case .bool, .int, .bigInt: whole = .integer(product.bigInteger ?? 0)
      case .float(let number):
        whole = .integer(
          try render.integer(.float(method.text == "ceil" ? ceil(number) : floor(number))))
      default: throw .type("must be real number, not \(product.typeName)")
      }
      return try Arithmetic.apply(.divide, whole, power, render)
    default: throw .filterArgument("method must be common, ceil or floor")
    }
  }

  /// `round(value, precision)`.
  private static func rounded(
    _ value: Value, _ precision: Value, _ render: Render
  ) throws(TemplateError) -> Value {
    if let integer = value.bigInteger {
      guard !precision.isNone else { return .integer(integer) }
      guard let digits = precision.bigInteger else {
        throw .type("'\(precision.typeName)' object cannot be interpreted as an integer")
      }
      guard digits < 0 else { return .integer(integer) }
      // More digits than the number has leave nought.
      guard -digits <= BigInt(integer.magnitude.bitWidth) else { return .int(0) }
      let unit = BigInt(10).power(Int(-digits))
      var (quotient, rest) = integer.magnitude.quotientAndRemainder(dividingBy: unit.magnitude)
      rest *= 2
      if rest > unit.magnitude || (rest == unit.magnitude && quotient % 2 == 1) { quotient += 1 }
      let result = BigInt(quotient) * unit
      return .integer(integer < 0 ? -result : result)
    }
    guard case .float(let number) = value else {
      throw .type("type \(value.typeName) doesn't define __round__ method")
    }
    guard !precision.isNone else {
      return .integer(try render.integer(.float(number.rounded(.toNearestOrEven))))
    }
    var digits = Int.max
    if case .bigInt(let box) = precision {
      if box.value < 0 { digits = .min }
    } else {
      digits = try render.size(precision)
    }
    return .float(try rounded(number, digits))
  }

  /// A double rounded to decimal digits, halves to even, by its exact value.
  private static func rounded(_ number: Double, _ digits: Int) throws(TemplateError) -> Double {
    guard number.isFinite, number != 0 else { return number }
    if digits > 323 { return number }
    if digits < -308 { return number < 0 ? -0.0 : 0 }
    if digits >= 0 {
      let printed = try FloatText.printed(number, UInt8(ascii: "f"), precision: digits)
      return Double(printed) ?? number
    }
    let whole = number.magnitude.rounded(.down)
    let unit = BigInt(10).power(-digits)
    var (quotient, rest) = BigInt(whole).quotientAndRemainder(dividingBy: unit)
    rest *= 2
    let isTie = rest == unit && whole == number.magnitude
    if rest > unit || (rest == unit && !isTie) || (isTie && quotient % 2 == 1) { quotient += 1 }
    guard let result = Double(String(quotient * unit)), result.isFinite else {
      throw .overflow("rounded value too large to represent")
    }
    return number < 0 ? -result : result
  }

  private static func fileSize(_ size: Double, isBinary: Bool) throws(TemplateError) -> String {
    let base: Double = isBinary ? 1024 : 1000
    let names =
      isBinary
      ? ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"]
      : ["kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"]
    if size == 1 { return "1 Byte" }
    if size < base {
      guard size.isFinite else { throw .overflow("cannot convert float infinity to integer") }
      return "\(BigInt(size.rounded(.towardZero))) Bytes"
    }
    var unit = base
    for (index, name) in names.enumerated() {
      unit = index == 0 ? base * base : unit * base
      // The powers of 1000 from 10^24 on are no exact doubles.
      if !isBinary { unit = Double("1e\((index + 2) * 3)") ?? unit }
      if size < unit || index == names.count - 1 {
        let shown = base * size / unit
        return try FloatText.formatted(shown, UInt8(ascii: "f"), precision: 1) + " " + name
      }
    }
    return ""
  }
}
