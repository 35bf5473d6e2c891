/// Splits a format string into literal text and replacement fields, as CPython's `str.format` does.
struct PythonFormatScanner {
  /// What stands between `{` and `}`.
  struct Field {
    var name: ArraySlice<Unicode.Scalar>
    /// The character behind `!`.
    var conversion: Unicode.Scalar?
    /// What stands behind `:`.
    var specification: ArraySlice<Unicode.Scalar> = []
    /// Whether the specification has replacement fields of its own.
    var specificationHasFields = false
  }

  /// Literal text and the field behind it, if there is one.
  struct Markup {
    var literal: ArraySlice<Unicode.Scalar>
    var field: Field?
  }

  private let all: ArraySlice<Unicode.Scalar>
  private var rest: ArraySlice<Unicode.Scalar>

  init(_ format: ArraySlice<Unicode.Scalar>) {
    all = format
    rest = format
  }

  /// The next stretch; nil at the end.
  mutating func next() throws(PythonFormatError) -> Markup? {
    guard !rest.isEmpty else { return nil }
    guard let brace = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) else {
      defer { rest = rest[rest.endIndex...] }
      return Markup(literal: rest)
    }
    let literal = rest[..<brace]
    let isOpen = rest[brace] == "{"
    rest = rest[(brace + 1)...]
    if let following = rest.first, following == (isOpen ? "{" : "}") {
      // A doubled brace: one of them is literal.
      let text = literal + [following]
      rest.removeFirst()
      return Markup(literal: text)
    }
    guard isOpen else {
      throw PythonFormatError(.value, "Single '}' encountered in format string")
    }
    guard !rest.isEmpty else {
      throw PythonFormatError(.value, "Single '{' encountered in format string")
    }
    return Markup(literal: literal, field: try nextField())
  }

  private mutating func nextField() throws(PythonFormatError) -> Field {
    let start = rest.startIndex
    var end: Unicode.Scalar?
    scan: while let scalar = rest.popFirst() {
      switch scalar {
      case "{": throw PythonFormatError(.value, "unexpected '{' in field name")
      case "[": rest = rest[(rest.firstIndex(of: "]") ?? rest.endIndex)...]
      case "}", ":", "!":
        end = scalar
        break scan
      default: break
      }
    }
    guard let end else { throw PythonFormatError(.value, "expected '}' before end of string") }
    var field = Field(name: whole(from: start).dropLast())
    if end == "}" { return field }
    if end == "!" {
      guard let conversion = rest.popFirst() else {
        throw PythonFormatError(
          .value, "end of string while looking for conversion specifier")
      }
      field.conversion = conversion
      if let following = rest.popFirst() {
        if following == "}" { return field }
        guard following == ":" else {
          throw PythonFormatError(.value, "expected ':' after conversion specifier")
        }
      }
    }
    try takeSpecification(into: &field)
    return field
  }

  private mutating func takeSpecification(into field: inout Field) throws(PythonFormatError) {
    let start = rest.startIndex
    var open = 1
    while let scalar = rest.popFirst() {
      if scalar == "{" {
        field.specificationHasFields = true
        open += 1
      } else if scalar == "}" {
        open -= 1
        if open == 0 {
          field.specification = whole(from: start).dropLast()
          return
        }
      }
    }
    throw PythonFormatError(.value, "unmatched '{' in format spec")
  }

  /// What was taken since an index.
  private func whole(from start: Int) -> ArraySlice<Unicode.Scalar> {
    all[start..<rest.startIndex]
  }

  /// A number of decimal digits only; nil when it is something else.
  static func index(_ text: ArraySlice<Unicode.Scalar>) throws(PythonFormatError) -> Int? {
    guard !text.isEmpty else { return nil }
    var value = 0
    for scalar in text {
      guard let digit = decimalDigit(scalar) else { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflowAgain) = product.addingReportingOverflow(digit)
      guard !overflow, !overflowAgain else {
        throw PythonFormatError(.value, "Too many decimal digits in format string")
      }
      value = sum
    }
    return value
  }

  /// The value of a decimal digit of any script.
  static func decimalDigit(_ scalar: Unicode.Scalar) -> Int? {
    if scalar.isASCII { return scalar >= "0" && scalar <= "9" ? Int(scalar.value) - 0x30 : nil }
    guard scalar.properties.numericType == .decimal else { return nil }
    return scalar.properties.numericValue.map { Int($0) }
  }
}
