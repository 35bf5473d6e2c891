import BigInt

/// Fills `%` fields as CPython's `str % values` does.
struct PercentFormat {
  let render: Render
  /// Whether values are escaped, as `Markup % values` does.
  let escapes: Bool
  private let format: [UInt32]
  private let values: Value
  /// The values in turn; nil when there is one that is no tuple.
  private let tuple: [Value]?
  private let isMapping: Bool
  private var used = 0
  /// The value of the key of this field, until it is taken.
  private var keyed: Value?
  private var position = 0

  init(_ render: Render, _ format: Text, _ values: Value, escapes: Bool) {
    self.render = render
    self.escapes = escapes
    self.format = format.codePoints
    self.values = values
    if case .tuple(let box) = values { tuple = box.items } else { tuple = nil }
    isMapping =
      switch values {
      case .tuple, .string, .markup, .none, .bool, .int, .bigInt, .float: false
      case .list, .dict, .range, .undefined: true
      case .object(let object): object.isMapping
      }
  }

  private struct Field {
    var isLeft = false
    var sign: UInt32?
    var isAlternate = false
    var isZero = false
    var width = 0
    var precision: Int?
  }

  /// The filled text.
  mutating func text() throws(TemplateError) -> Text {
    var result: [UInt8] = []
    while position < format.count {
      let point = format[position]
      position += 1
      guard point == 0x25 else {
        Text.append(point, to: &result)
        continue
      }
      result += try field().bytes
      try TextLimits.check(result.count)
    }
    if !isMapping, used < (tuple?.count ?? 1) {
      throw .type("not all arguments converted during string formatting")
    }
    return Text(bytes: result)
  }

  /// The next value in turn.
  private mutating func next() throws(TemplateError) -> Value {
    if let value = keyed {
      keyed = nil
      return value
    }
    defer { used += 1 }
    if let tuple, used < tuple.count { return tuple[used] }
    guard tuple == nil, used == 0 else {
      throw .type("not enough arguments for format string")
    }
    return values
  }

  private var peek: UInt32? { position < format.count ? format[position] : nil }

  private mutating func field() throws(TemplateError) -> Text {
    if peek == 0x25 {
      position += 1
      return "%"
    }
    var field = Field()
    keyed = peek == 0x28 ? try key() : nil
    flags: while let flag = peek {
      switch flag {
      case 0x2D: field.isLeft = true
      case 0x2B: field.sign = 0x2B
      case 0x20: if field.sign == nil { field.sign = 0x20 }
      case 0x23: field.isAlternate = true
      case 0x30: field.isZero = true
      default: break flags
      }
      position += 1
    }
    if let width = try number("width") {
      field.width = abs(width)
      if width < 0 { field.isLeft = true }
    }
    if peek == 0x2E {
      position += 1
      field.precision = max(0, try number("precision") ?? 0)
    }
    if peek == 0x68 || peek == 0x6C || peek == 0x4C { position += 1 }
    guard let type = peek else { throw .value("incomplete format") }
    position += 1
    return try convert(next(), type, field)
  }

  private mutating func key() throws(TemplateError) -> Value {
    guard isMapping else { throw .type("format requires a mapping") }
    position += 1
    let start = position
    var open = 1
    while open > 0 {
      guard let point = peek else { throw .value("incomplete format key") }
      position += 1
      if point == 0x28 { open += 1 } else if point == 0x29 { open -= 1 }
    }
    used = 1
    return try render.subscripted(
      values, .string(Text(codePoints: format[start..<(position - 1)])))
  }

  private mutating func number(_ name: String) throws(TemplateError) -> Int? {
    if peek == 0x2A {
      position += 1
      let value = try next()
      guard let number = value.bigInteger, !escapes else { throw .type("* wants int") }
      guard let size = Int(exactly: number) else {
        throw .overflow(
          "Python int too large to convert to C \(name == "width" ? "ssize_t" : "int")")
      }
      guard name == "width" || Int32(exactly: size) != nil else {
        throw .overflow("Python int too large to convert to C int")
      }
      guard size > .min else { throw .value("\(name) too big") }
      return size
    }
    var value: Int?
    while let digit = peek, digit >= 0x30, digit <= 0x39 {
      position += 1
      let (product, overflow) = (value ?? 0).multipliedReportingOverflow(by: 10)
      let (sum, overflowAgain) = product.addingReportingOverflow(Int(digit) - 0x30)
      let limit = name == "width" ? Int.max : Int(Int32.max)
      guard !overflow, !overflowAgain, sum <= limit else { throw .value("\(name) too big") }
      value = sum
    }
    return value
  }

  private func convert(_ value: Value, _ type: UInt32, _ field: Field) throws(TemplateError) -> Text
  {
    switch Unicode.Scalar(type) {
    case "s":
      return try word(escapes ? render.escape(value) : render.str(value), field)
    case "r":
      let text = try render.repr(value)
      return try word(escapes ? Printing.escape(text) : text, field)
    case "a":
      let text = try render.repr(value)
      return try word(ASCIIText.escaped(escapes ? Printing.escape(text) : text), field)
    case "d", "i", "u", "x", "X", "o":
      return try integer(value, Unicode.Scalar(UInt8(type)), field)
    case "e", "E", "f", "F", "g", "G":
      let number = try double(value)
      let printed = try FloatText.formatted(
        number, UInt8(type), precision: field.precision ?? 6, isAlternate: field.isAlternate)
      return try padded(printed, prefix: "", field, number.isFinite ? "0" : "0")
    case "c": return try word(character(value), field, ignoringPrecision: true)
    default:
      throw .value(
        "unsupported format character '\(Text(codePoints: [type > 31 && type < 128 ? type : 0x3F]))'"
          + " (0x\(String(type, radix: 16))) at index \(position - 1)")
    }
  }

  private func word(
    _ text: Text, _ field: Field, ignoringPrecision: Bool = false
  ) throws(TemplateError) -> Text {
    var text = text
    if let precision = field.precision, precision < text.count, !ignoringPrecision {
      text = text.characters(0..<precision)
    }
    return field.isLeft
      ? try text.paddedRight(to: field.width) : try text.paddedLeft(to: field.width)
  }

  private func character(_ value: Value) throws(TemplateError) -> Text {
    if !escapes {
      if let text = value.text, text.count == 1 { return text }
      if let number = value.bigInteger {
        guard let point = UInt32(exactly: number), point < 0x110000 else {
          throw .overflow("%c arg not in range(0x110000)")
        }
        return Text(codePoints: [point])
      }
    }
    throw .type("%c requires int or char")
  }

  private func double(_ value: Value) throws(TemplateError) -> Double {
    if escapes { return try render.double(value) }
    if value.isNumber { return try Arithmetic.double(value) }
    if case .undefined(let undefined) = value { throw undefined.error }
    throw .type("must be real number, not \(value.typeName)")
  }

  private func integer(
    _ value: Value, _ type: Unicode.Scalar, _ field: Field
  ) throws(TemplateError) -> Text {
    let isDecimal = type == "d" || type == "i" || type == "u"
    let number: BigInt
    if isDecimal, escapes || value.isNumber || value.isUndefined {
      do throws(TemplateError) {
        number = try render.integer(value)
      } catch {
        guard error.exception == "TypeError" else { throw error }
        throw wrongType(value, type)
      }
    } else if let integer = value.bigInteger, !escapes {
      number = integer
    } else {
      throw wrongType(value, type)
    }
    var digits: String
    var prefix = ""
    switch type {
    case "x":
      digits = String(number.magnitude, radix: 16)
      prefix = "0x"
    case "X":
      digits = String(number.magnitude, radix: 16, uppercase: true)
      prefix = "0X"
    case "o":
      digits = String(number.magnitude, radix: 8)
      prefix = "0o"
    default: digits = try IntegerText.decimal(number.magnitudeInteger)
    }
    if let precision = field.precision, precision > digits.utf8.count {
      try TextLimits.check(precision)
      digits = String(repeating: "0", count: precision - digits.utf8.count) + digits
    }
    return try padded(
      (number < 0 ? "-" : "") + digits, prefix: field.isAlternate ? prefix : "", field, "0")
  }

  private func wrongType(_ value: Value, _ type: Unicode.Scalar) -> TemplateError {
    let needed = type == "x" || type == "X" || type == "o" ? "an integer" : "a real number"
    return .type(
      "%\(type) format: \(needed) is required, not \(escapes ? "_MarkupEscapeHelper" : value.typeName)"
    )
  }

  /// A number with its sign, prefix and zeros or blanks.
  private func padded(
    _ number: String, prefix: String, _ field: Field, _ zero: String
  ) throws(TemplateError) -> Text {
    var digits = number
    var mark = ""
    if digits.utf8.first == UInt8(ascii: "-") {
      digits.removeFirst()
      mark = "-"
    } else if let sign = field.sign {
      mark = sign == 0x2B ? "+" : " "
    }
    let count = mark.utf8.count + prefix.utf8.count + digits.utf8.count
    let missing = max(0, field.width - count)
    try TextLimits.check(missing)
    if field.isZero, !field.isLeft {
      return Text(mark + prefix + String(repeating: zero, count: missing) + digits)
    }
    let text = mark + prefix + digits
    let blanks = String(repeating: " ", count: missing)
    return Text(field.isLeft ? text + blanks : blanks + text)
  }
}
