/// Fills `{…}` fields as CPython's `str.format` does.
struct StringFormat {
  let render: Render
  let positional: [Value]
  /// The named values; nil where there is no such name.
  let named: (Text) throws(TemplateError) -> Value?
  /// Whether fields are escaped, as `Markup.format` does.
  let escapes: Bool
  private var size = 0
  private var next = 0
  private var isManual: Bool?

  init(
    _ render: Render, positional: [Value], escapes: Bool,
    named: @escaping (Text) throws(TemplateError) -> Value?
  ) {
    self.render = render
    self.positional = positional
    self.escapes = escapes
    self.named = named
  }

  /// The formatted text.
  mutating func format(_ text: Text) throws(TemplateError) -> Text {
    var result: [UInt8] = []
    try expand(text.codePoints[...], depth: 2, into: &result)
    return Text(bytes: result)
  }

  private mutating func expand(
    _ format: ArraySlice<UInt32>, depth: Int, into result: inout [UInt8]
  ) throws(TemplateError) {
    guard depth > 0 else { throw .value("Max string recursion exceeded") }
    var rest = format
    while let point = rest.popFirst() {
      guard point == 0x7B || point == 0x7D else {
        Text.append(point, to: &result)
        continue
      }
      if rest.first == point {
        rest.removeFirst()
        Text.append(point, to: &result)
        continue
      }
      guard point == 0x7B else {
        throw .value("Single '}' encountered in format string")
      }
      guard !rest.isEmpty else { throw .value("Single '{' encountered in format string") }
      let field = try Field(&rest)
      result += try value(of: field, depth: depth).bytes
      try TextLimits.check(result.count)
    }
  }

  /// What stands between braces.
  private struct Field {
    var name: ArraySlice<UInt32>
    var conversion: UInt32?
    var specification: ArraySlice<UInt32> = []
    var isNested = false

    init(_ rest: inout ArraySlice<UInt32>) throws(TemplateError) {
      let start = rest.startIndex
      let whole = rest
      var end: UInt32?
      scan: while let point = rest.popFirst() {
        switch point {
        case 0x7B: throw .value("unexpected '{' in field name")
        case 0x5B: rest = rest[(rest.firstIndex(of: 0x5D) ?? rest.endIndex)...]
        case 0x7D, 0x3A, 0x21:
          end = point
          break scan
        default: break
        }
      }
      guard let end else { throw .value("expected '}' before end of string") }
      name = whole[start..<(rest.startIndex - 1)]
      if end == 0x7D { return }
      if end == 0x21 {
        guard let conversion = rest.popFirst() else {
          throw .value("end of string while looking for conversion specifier")
        }
        self.conversion = conversion
        if let following = rest.popFirst() {
          if following == 0x7D { return }
          guard following == 0x3A else {
            throw .value("expected ':' after conversion specifier")
          }
        }
      }
      let from = rest.startIndex
      var open = 1
      while let point = rest.popFirst() {
        if point == 0x7B {
          isNested = true
          open += 1
        } else if point == 0x7D {
          open -= 1
          if open == 0 {
            specification = whole[from..<(rest.startIndex - 1)]
            return
          }
        }
      }
      throw .value("unmatched '{' in format spec")
    }
  }

  private mutating func value(of field: Field, depth: Int) throws(TemplateError) -> Text {
    var value = try lookUp(field.name)
    switch field.conversion {
    case nil: break
    case 0x73: value = .string(try render.str(value))
    case 0x72: value = .string(try render.repr(value))
    case 0x61: value = .string(ASCIIText.escaped(try render.repr(value)))
    case .some(let other):
      let shown =
        other > 32 && other < 127
        ? String(UnicodeScalar(UInt8(other))) : "\\x" + String(other, radix: 16)
      throw .value("Unknown conversion specifier \(shown)")
    }
    var specification = Text(codePoints: field.specification)
    if field.isNested {
      var inner: [UInt8] = []
      try expand(field.specification, depth: depth - 1, into: &inner)
      specification = Text(bytes: inner)
    }
    guard escapes else { return try render.format(value, specification) }
    if value.isMarkup {
      guard specification.isEmpty else {
        throw .value("Unsupported format specification for Markup.")
      }
      return try render.escape(value)
    }
    return Printing.escape(try render.format(value, specification))
  }

  private mutating func lookUp(_ field: ArraySlice<UInt32>) throws(TemplateError) -> Value {
    let nameEnd = field.firstIndex { $0 == 0x2E || $0 == 0x5B } ?? field.endIndex
    let name = field[..<nameEnd]
    var value = try first(name, isWhole: name.count == field.count)
    var rest = field[nameEnd...]
    while let mark = rest.popFirst() {
      if mark == 0x2E {
        let end = rest.firstIndex { $0 == 0x2E || $0 == 0x5B } ?? rest.endIndex
        let attribute = Text(codePoints: rest[..<end])
        guard !attribute.isEmpty else { throw .value("Empty attribute in format string") }
        guard let found = try render.attributeIfAny(value, attribute) else {
          throw .missing("\(attribute)", in: value)
        }
        value = found
        rest = rest[end...]
        continue
      }
      guard mark == 0x5B else {
        throw .value("Only '.' or '[' may follow ']' in format field specifier")
      }
      guard let end = rest.firstIndex(of: 0x5D) else {
        throw .value("Missing ']' in format string")
      }
      let item = rest[..<end]
      guard !item.isEmpty else { throw .value("Empty attribute in format string") }
      let index = try Self.index(item)
      value = try render.subscripted(
        value, index.map { .int($0) } ?? .string(Text(codePoints: item)))
      rest = rest[(end + 1)...]
    }
    return value
  }

  /// - Parameter isWhole: whether neither attribute nor item follows; Python's own formatter, which `Markup` uses, counts
  ///   no others as numbered by hand.
  private mutating func first(
    _ name: ArraySlice<UInt32>, isWhole: Bool
  ) throws(TemplateError) -> Value {
    let index = try Self.index(name)
    guard name.isEmpty || index != nil else {
      let key = Text(codePoints: name)
      guard let value = try named(key) else { throw .key(.string(key)) }
      return value
    }
    let isManualNow = !name.isEmpty
    if isWhole || !escapes || !isManualNow {
      if let isManual, isManual != isManualNow {
        throw .value(
          isManual || escapes
            ? "cannot switch from manual field specification to automatic field numbering"
            : "cannot switch from automatic field numbering to manual field specification")
      }
      isManual = isManualNow
    }
    let place = index ?? next
    if index == nil { next += 1 }
    guard place < positional.count else {
      throw .index(
        escapes
          ? "tuple index out of range"
          : "Replacement index \(place) out of range for positional args tuple")
    }
    return positional[place]
  }

  private static func index(_ text: ArraySlice<UInt32>) throws(TemplateError) -> Int? {
    guard !text.isEmpty else { return nil }
    var value = 0
    for point in text {
      guard let digit = CodePoint.decimalValue(point) else { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflowAgain) = product.addingReportingOverflow(digit)
      guard !overflow, !overflowAgain else {
        throw .value("Too many decimal digits in format string")
      }
      value = sum
    }
    return value
  }
}
