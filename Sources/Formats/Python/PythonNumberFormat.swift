import Glibc

/// What stands behind the `:` of a replacement field, for a number.
///
/// `[[fill]align][sign][z][#][0][width][grouping][.precision][type]` of Python's "Format Specification Mini-Language".
struct PythonNumberFormat {
  private var fill: Unicode.Scalar = " "
  private var alignment: Unicode.Scalar = ">"
  /// Nil is as `-`.
  private var sign: Unicode.Scalar?
  private var coercesZero = false
  private var isAlternate = false
  private var width = 0
  private var grouping: Unicode.Scalar?
  private var precision: Int?
  private var type: Unicode.Scalar?
  private let typeName: String

  /// Wider or more exact than this is refused: CPython would try, and run out of memory.
  private static let widest = 1 << 20

  /// - Parameter type: the name of the value's type in Python.
  init(_ text: ArraySlice<Unicode.Scalar>, type name: String) throws(PythonFormatError) {
    typeName = name
    var rest = text
    let isAlignment = { (scalar: Unicode.Scalar) in "<>=^".unicodeScalars.contains(scalar) }
    var hasAlignment = true
    if rest.count >= 2, isAlignment(rest[rest.startIndex + 1]) {
      fill = rest.removeFirst()
      alignment = rest.removeFirst()
    } else if let first = rest.first, isAlignment(first) {
      alignment = rest.removeFirst()
    } else {
      hasAlignment = false
    }
    let hasFill = text.count - rest.count == 2
    if let first = rest.first, " +-".unicodeScalars.contains(first) { sign = rest.removeFirst() }
    coercesZero = Self.take("z", &rest)
    isAlternate = Self.take("#", &rest)
    if !hasFill, Self.take("0", &rest) {
      fill = "0"
      if !hasAlignment { alignment = "=" }
    }
    width = try Self.number(&rest) ?? 0
    if Self.take(",", &rest) { grouping = "," }
    if Self.take("_", &rest) {
      guard grouping == nil else {
        throw PythonFormatError(.value, "Cannot specify both ',' and '_'.")
      }
      grouping = "_"
      guard rest.first != "," else {
        throw PythonFormatError(.value, "Cannot specify both ',' and '_'.")
      }
    }
    if Self.take(".", &rest) {
      precision = try Self.number(&rest)
      guard precision != nil else {
        throw PythonFormatError(.value, "Format specifier missing precision")
      }
    }
    guard rest.count <= 1 else { throw PythonFormatError(.value, "Invalid format specifier") }
    type = rest.first
    guard width <= Self.widest, precision ?? 0 <= Self.widest else {
      throw PythonFormatError(.unsupported, "a width of more than \(Self.widest)")
    }
    if let grouping, let type {
      let isAllowed = grouping == "_" ? "deEfFgGboxX%" : "deEfFgG%"
      guard isAllowed.unicodeScalars.contains(type) else {
        throw PythonFormatError(.value, "Cannot specify '\(grouping)' with '\(type)'.")
      }
    }
  }

  private static func take(_ sign: Unicode.Scalar, _ rest: inout ArraySlice<Unicode.Scalar>) -> Bool
  {
    guard rest.first == sign else { return false }
    rest.removeFirst()
    return true
  }

  private static func number(
    _ rest: inout ArraySlice<Unicode.Scalar>
  ) throws(PythonFormatError) -> Int? {
    let digits = rest.prefix { PythonFormatScanner.decimalDigit($0) != nil }
    rest = rest[digits.endIndex...]
    return try PythonFormatScanner.index(digits)
  }

  /// - Parameter digits: decimal digits, `-` in front of a negative number.
  func text(wholeNumber digits: String) throws(PythonFormatError) -> String {
    let isNegative = digits.hasPrefix("-")
    let magnitude = isNegative ? String(digits.dropFirst()) : digits
    switch type {
    case "e", "E", "f", "F", "g", "G", "%":
      guard let value = Double(digits), value.isFinite else {
        throw PythonFormatError(.value, "int too large to convert to float")
      }
      return try text(value)
    default: break
    }
    guard precision == nil else {
      throw PythonFormatError(.value, "Precision not allowed in integer format specifier")
    }
    guard !coercesZero else {
      throw PythonFormatError(
        .value, "Negative zero coercion (z) not allowed in format specifier with integer")
    }
    switch type {
    case nil, "d", "n":
      return padded(isNegative, prefix: "", whole: magnitude, tail: "", groupSize: 3)
    case "b", "o", "x", "X":
      guard let value = UInt128(magnitude) else {
        throw PythonFormatError(.unsupported, "a whole number of more than 128 bits in hexadecimal")
      }
      let radix = type == "b" ? 2 : type == "o" ? 8 : 16
      let prefix = isAlternate ? "0" + String(type ?? "x") : ""
      return padded(
        isNegative, prefix: prefix, whole: String(value, radix: radix, uppercase: type == "X"),
        tail: "", groupSize: 4)
    case "c":
      guard sign == nil, !isAlternate else {
        let name = sign == nil ? "Alternate form (#)" : "Sign"
        throw PythonFormatError(
          .value, "\(name) not allowed with integer format specifier 'c'")
      }
      guard !isNegative, let code = UInt32(magnitude), let scalar = Unicode.Scalar(code) else {
        throw PythonFormatError(.value, "%c arg not in range(0x110000)")
      }
      return padded(false, prefix: "", whole: String(scalar), tail: "", groupSize: 0)
    default: throw unknownType
    }
  }

  func text(_ value: Double) throws(PythonFormatError) -> String {
    let letter = type ?? "g"
    guard "eEfFgGn%".unicodeScalars.contains(letter) else { throw unknownType }
    var text = digits(of: letter == "%" ? value * 100 : value, letter)
    var isNegative = value.sign == .minus && !value.isNaN
    if coercesZero, isNegative, text.allSatisfy({ !("1"..."9").contains($0) }) {
      isNegative = false
    }
    if letter == "%" { text += "%" }
    let whole = text.prefix { ("0"..."9").contains($0) }
    return padded(
      isNegative, prefix: "", whole: String(whole), tail: String(text.dropFirst(whole.count)),
      groupSize: 3)
  }

  /// The digits of a number without its sign.
  private func digits(of value: Double, _ letter: Unicode.Scalar) -> String {
    let isUpper = letter == "E" || letter == "F" || letter == "G"
    if !value.isFinite {
      let word = value.isNaN ? "nan" : "inf"
      return isUpper ? word.uppercased() : word
    }
    let value = value.magnitude
    guard type != nil || precision != nil else {
      let text = PythonText.repr(value)
      guard isAlternate, !text.contains("."), let mark = text.firstIndex(of: "e") else {
        return text
      }
      return text[..<mark] + "." + text[mark...]
    }
    switch letter {
    case "f", "F", "%": return printed("f", precision ?? 6, value)
    case "e", "E":
      let text = printed("e", precision ?? 6, value)
      return isUpper ? text.uppercased() : text
    default:
      let text = general(value, max(precision ?? 6, 1))
      return isUpper ? text.uppercased() : text
    }
  }

  /// As `%g`; without a type a number that is whole keeps one digit behind its point.
  private func general(_ value: Double, _ precision: Int) -> String {
    let scientific = printed("e", precision - 1, value)
    guard let mark = scientific.firstIndex(of: "e"),
      let exponent = Int(scientific[scientific.index(after: mark)...])
    else { return scientific }
    let limit = type == nil ? precision - 1 : precision
    let isPlain = exponent >= -4 && exponent < limit
    var number =
      isPlain ? printed("f", precision - 1 - exponent, value) : String(scientific[..<mark])
    if !isAlternate, number.contains(".") {
      while number.hasSuffix("0") { number.removeLast() }
      if number.hasSuffix(".") { number.removeLast() }
    } else if isAlternate, !number.contains(".") {
      number += "."
    }
    if isPlain, type == nil, !number.contains(".") { number += ".0" }
    return isPlain ? number : number + scientific[mark...]
  }

  private func printed(_ letter: String, _ precision: Int, _ value: Double) -> String {
    let format = isAlternate ? "%#.*\(letter)" : "%.*\(letter)"
    let count = withVaList([Int32(truncatingIfNeeded: precision), value]) {
      vsnprintf(nil, 0, format, $0)
    }
    guard count > 0 else { return "" }
    return String(unsafeUninitializedCapacity: Int(count) + 1) { room in
      room.withMemoryRebound(to: CChar.self) { room in
        withVaList([Int32(truncatingIfNeeded: precision), value]) {
          _ = vsnprintf(room.baseAddress, room.count, format, $0)
        }
      }
      return Int(count)
    }
  }

  private func padded(
    _ isNegative: Bool, prefix: String, whole: String, tail: String, groupSize: Int
  ) -> String {
    let shownSign = isNegative ? "-" : sign.map { $0 == "-" ? "" : String($0) } ?? ""
    let taken = shownSign.count + prefix.count + tail.count
    // Zeros in front are grouped too.
    let isZeroFilled = fill == "0" && alignment == "="
    var digits = whole
    if let grouping, groupSize > 0, !whole.isEmpty {
      digits = Self.grouped(
        whole, by: groupSize, grouping, width: isZeroFilled ? width - taken : 0)
    }
    let room = max(0, width - taken - digits.unicodeScalars.count)
    let padding = { (count: Int) in String(scalars: repeatElement(fill, count: count)) }
    let number = prefix + digits + tail
    return switch alignment {
    case "<": shownSign + number + padding(room)
    case "^": padding(room / 2) + shownSign + number + padding(room - room / 2)
    case "=": shownSign + prefix + padding(room) + digits + tail
    default: padding(room) + shownSign + number
    }
  }

  private static func grouped(
    _ digits: String, by size: Int, _ separator: Unicode.Scalar, width: Int
  ) -> String {
    var result: [Unicode.Scalar] = []
    var count = 0
    var rest = Array(digits.unicodeScalars)
    while !rest.isEmpty || result.count < width {
      if count > 0, count % size == 0 { result.append(separator) }
      result.append(rest.popLast() ?? "0")
      count += 1
    }
    return String(scalars: result.reversed())
  }

  private var unknownType: PythonFormatError {
    PythonFormatError(
      .value,
      "Unknown format code '\(type.map { String($0) } ?? "")' for object of type '\(typeName)'")
  }
}
