import BigInt
import Formats

/// A format specification (`[[fill]align][sign][z][#][0][width][grouping][.precision][type]`), read as CPython 3.11 reads it.
struct FormatSpecification {
  var fill: UInt32 = 0x20
  /// `<`, `>`, `=` or `^`; nil for the type's own.
  var alignment: Unicode.Scalar?
  var sign: Unicode.Scalar?
  var coercesZero = false
  var isAlternate = false
  var width = 0
  var grouping: Unicode.Scalar?
  var precision: Int?
  var type: Unicode.Scalar?
  private let object: String

  /// - Parameters:
  ///   - object: the name of the value's type, for messages.
  ///   - isText: whether the value is a text, whose own type is `s`.
  init(_ text: Text, for object: String, isText: Bool = false) throws(TemplateError) {
    self.object = object
    var rest = text.codePoints[...]
    func isAlignment(_ point: UInt32?) -> Bool {
      point == 0x3C || point == 0x3E || point == 0x3D || point == 0x5E
    }
    func take(_ allowed: String) -> Unicode.Scalar? {
      guard let first = rest.first, let scalar = Unicode.Scalar(first),
        allowed.unicodeScalars.contains(scalar)
      else { return nil }
      rest.removeFirst()
      return scalar
    }
    var hasFill = false
    if rest.count >= 2, isAlignment(rest[rest.startIndex + 1]) {
      fill = rest.removeFirst()
      alignment = Unicode.Scalar(rest.removeFirst())
      hasFill = true
    } else if isAlignment(rest.first) {
      alignment = Unicode.Scalar(rest.removeFirst())
    }
    sign = take(" +-")
    coercesZero = take("z") != nil
    isAlternate = take("#") != nil
    if !hasFill, take("0") != nil {
      fill = 0x30
      if alignment == nil, !isText { alignment = "=" }
    }
    width = try Self.number(&rest) ?? 0
    let comma = take(",")
    let underscore = take("_")
    if comma != nil, underscore != nil || rest.first == 0x5F {
      throw .value("Cannot specify both ',' and '_'.")
    }
    if underscore != nil, rest.first == 0x2C { throw .value("Cannot specify both ',' and '_'.") }
    if underscore != nil, rest.first == 0x5F { throw .value("Cannot specify '_' with '_'.") }
    grouping = comma ?? underscore
    if take(".") != nil {
      precision = try Self.number(&rest)
      guard precision != nil else { throw .value("Format specifier missing precision") }
    }
    guard rest.count <= 1 else {
      throw .value(
        "Invalid format specifier \(TextRepr.plainQuoted(text)) for object of type '\(object)'")
    }
    type = rest.first.flatMap { Unicode.Scalar($0) }
    if let grouping {
      switch type ?? (isText ? "s" : nil) {
      case nil, "d", "e", "f", "g", "E", "G", "%", "F": break
      case .some(let type):
        if grouping == "_", type == "b" || type == "o" || type == "x" || type == "X" { break }
        throw .value("Cannot specify '\(grouping)' with '\(Self.shown(type))'.")
      }
    }
    try TextLimits.check(width)
  }

  private static func number(_ rest: inout ArraySlice<UInt32>) throws(TemplateError) -> Int? {
    var value: Int?
    while let first = rest.first, let digit = CodePoint.decimalValue(first) {
      rest.removeFirst()
      let (product, overflow) = (value ?? 0).multipliedReportingOverflow(by: 10)
      let (sum, overflowAgain) = product.addingReportingOverflow(digit)
      guard !overflow, !overflowAgain else {
        throw .value("Too many decimal digits in format string")
      }
      value = sum
    }
    return value
  }

  static func shown(_ scalar: Unicode.Scalar) -> String {
    scalar.value > 32 && scalar.value < 128
      ? String(scalar) : "\\x" + String(scalar.value, radix: 16)
  }

  func unknown() -> TemplateError {
    .value(
      "Unknown format code '\(type.map(Self.shown) ?? "")' for object of type '\(object)'")
  }

  /// `format(text, spec)`.
  func apply(to text: Text) throws(TemplateError) -> Text {
    guard type == nil || type == "s" else { throw unknown() }
    if let sign {
      throw .value(
        "\(sign == " " ? "Space" : "Sign") not allowed in string format specifier")
    }
    if coercesZero {
      throw .value("Negative zero coercion (z) not allowed in string format specifier")
    }
    if isAlternate {
      throw .value("Alternate form (#) not allowed in string format specifier")
    }
    if grouping != nil {
      throw .value("Cannot specify '\(grouping.map(String.init) ?? "")' with 's'.")
    }
    if alignment == "=" {
      throw .value("'=' alignment not allowed in string format specifier")
    }
    var text = text
    if let precision, precision < text.count { text = text.characters(0..<precision) }
    return try pad(text, default: "<")
  }

  /// Pads a finished text to the width.
  func pad(_ text: Text, default usual: Unicode.Scalar) throws(TemplateError) -> Text {
    guard width > text.count else { return text }
    let margin = width - text.count
    let left =
      switch alignment ?? usual {
      case ">", "=": margin
      case "^": margin / 2
      default: 0
      }
    let character = Text(codePoints: [fill])
    return try character.repeated(left) + text + (try character.repeated(margin - left))
  }

  /// Puts a number together: sign, prefix, zeros, grouped digits, what follows them, and margins.
  func assemble(
    isNegative: Bool, prefix: String = "", digits: String, rest: String = "", every size: Int = 3
  ) throws(TemplateError) -> Text {
    let mark =
      isNegative ? "-" : sign == "+" ? "+" : sign == " " ? " " : ""
    let lead = mark + prefix
    let fillsZeros = fill == 0x30 && alignment == "="
    let leadCount = lead.utf8.count
    let digitWidth = fillsZeros ? max(0, width - leadCount - rest.utf8.count) : 0
    let body: String
    if let grouping {
      body = Self.grouped(digits, grouping, every: size, atLeast: digitWidth)
    } else {
      body = String(repeating: "0", count: max(0, digitWidth - digits.utf8.count)) + digits
    }
    let number = body + rest
    if alignment == "=" {
      let margin = width - leadCount - number.utf8.count
      let zeros = try Text(codePoints: [fill]).repeated(max(0, margin))
      return Text(lead) + zeros + Text(number)
    }
    return try pad(Text(lead + number), default: ">")
  }

  /// Digits in groups, with zeros in front up to a width that counts the separators.
  private static func grouped(
    _ digits: String, _ separator: Unicode.Scalar, every size: Int, atLeast width: Int
  ) -> String {
    var left = Array(digits.utf8)
    var missing = width
    var groups: [String] = []
    while true {
      let length = min(size, max(max(left.count, missing), 1))
      let taken = Array(left.suffix(length))
      left.removeLast(taken.count)
      groups.append(
        String(repeating: "0", count: length - taken.count) + String(decoding: taken, as: UTF8.self)
      )
      missing -= length
      if left.isEmpty, missing <= 0 { break }
      missing -= 1
    }
    return groups.reversed().joined(separator: String(separator))
  }
}
