/// What stands behind the `:` of a replacement field, for a text.
///
/// `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`; a text takes fill, `<`, `>`, `^`, width, precision
/// and the type `s`. What it does not take is refused in CPython's order and words.
struct PythonFormatSpecification {
  private var fill: Unicode.Scalar = " "
  private var alignment: Unicode.Scalar = "<"
  private var width: Int?
  private var precision: Int?

  /// A wider result than this is refused: CPython would try, and run out of memory.
  private static let widest = 1 << 20

  init(_ text: ArraySlice<Unicode.Scalar>) throws(PythonFormatError) {
    var rest = text
    var hasFill = false
    if rest.count >= 2, Self.isAlignment(rest[rest.startIndex + 1]) {
      fill = rest.removeFirst()
      alignment = rest.removeFirst()
      hasFill = true
    } else if let first = rest.first, Self.isAlignment(first) {
      alignment = rest.removeFirst()
    }
    let sign = Self.take(" +-", from: &rest)
    let hasZ = Self.take("z", from: &rest) != nil
    let isAlternate = Self.take("#", from: &rest) != nil
    if !hasFill, Self.take("0", from: &rest) != nil { fill = "0" }
    width = try Self.takeNumber(from: &rest)
    let grouping = try Self.takeGrouping(from: &rest)
    if Self.take(".", from: &rest) != nil {
      precision = try Self.takeNumber(from: &rest)
      guard precision != nil else {
        throw PythonFormatError(.value, "Format specifier missing precision")
      }
    }
    guard rest.count <= 1 else { throw PythonFormatError(.value, "Invalid format specifier") }
    let type = rest.first ?? "s"
    if let grouping { try Self.check(grouping, with: type) }
    guard type == "s" else {
      throw PythonFormatError(
        .value, "Unknown format code '\(Self.shown(type))' for object of type 'str'")
    }
    if let sign {
      let name = sign == " " ? "Space" : "Sign"
      throw PythonFormatError(.value, "\(name) not allowed in string format specifier")
    }
    if hasZ {
      throw PythonFormatError(
        .value, "Negative zero coercion (z) not allowed in string format specifier")
    }
    if isAlternate {
      throw PythonFormatError(
        .value, "Alternate form (#) not allowed in string format specifier")
    }
    if alignment == "=" {
      throw PythonFormatError(
        .value, "'=' alignment not allowed in string format specifier")
    }
    if let width, width > Self.widest {
      throw PythonFormatError(.unsupported, "a width of more than \(Self.widest)")
    }
  }

  /// The text cut to the precision and padded to the width.
  func apply(to text: String) -> String {
    var scalars = Array(text.unicodeScalars)
    if let precision, precision < scalars.count { scalars.removeLast(scalars.count - precision) }
    let padding = max(0, (width ?? 0) - scalars.count)
    let left =
      switch alignment {
      case ">": padding
      case "^": padding / 2
      default: 0
      }
    return String(
      scalars: Array(repeating: fill, count: left) + scalars
        + Array(repeating: fill, count: padding - left))
  }

  private static func isAlignment(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "<" || scalar == ">" || scalar == "=" || scalar == "^"
  }

  private static func take(
    _ allowed: String, from rest: inout ArraySlice<Unicode.Scalar>
  ) -> Unicode.Scalar? {
    guard let first = rest.first, allowed.unicodeScalars.contains(first) else { return nil }
    return rest.removeFirst()
  }

  private static func takeNumber(
    from rest: inout ArraySlice<Unicode.Scalar>
  ) throws(PythonFormatError) -> Int? {
    let digits = rest.prefix { PythonFormatScanner.decimalDigit($0) != nil }
    rest = rest[digits.endIndex...]
    return try PythonFormatScanner.index(digits)
  }

  private static func takeGrouping(
    from rest: inout ArraySlice<Unicode.Scalar>
  ) throws(PythonFormatError) -> Unicode.Scalar? {
    let both = PythonFormatError(.value, "Cannot specify both ',' and '_'.")
    let comma = take(",", from: &rest)
    let underscore = take("_", from: &rest)
    if comma != nil, underscore != nil { throw both }
    if underscore != nil, rest.first == "," { throw both }
    return comma ?? underscore
  }

  private static func check(
    _ grouping: Unicode.Scalar, with type: Unicode.Scalar
  ) throws(PythonFormatError) {
    switch type {
    case "d", "e", "f", "g", "E", "G", "%", "F", "\0": return
    case "b", "o", "x", "X": if grouping == "_" { return }
    default: break
    }
    throw PythonFormatError(.value, "Cannot specify '\(grouping)' with '\(shown(type))'.")
  }

  private static func shown(_ scalar: Unicode.Scalar) -> String {
    scalar.value > 32 && scalar.value < 128
      ? String(scalar) : "\\x" + String(scalar.value, radix: 16)
  }
}
