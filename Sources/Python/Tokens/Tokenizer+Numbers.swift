extension Tokenizer {
  /// A number, whose value nobody asks for here; or a dot that begins none.
  mutating func readNumber() {
    let start = position
    var end = position
    var form = "decimal"
    var mistake: String?
    if bytes[end] == UInt8(ascii: "0") {
      switch bytes[end + 1] | 0x20 {
      case UInt8(ascii: "x"): (form, mistake) = readRadix(&end, "hexadecimal", 16)
      case UInt8(ascii: "o"): (form, mistake) = readRadix(&end, "octal", 8)
      case UInt8(ascii: "b"): (form, mistake) = readRadix(&end, "binary", 2)
      default: mistake = readDecimal(&end)
      }
    } else {
      mistake = readDecimal(&end)
    }
    if mistake == nil, isNamePart[Int(bytes[end])], !isKeywordAhead(end) {
      mistake = "invalid \(form) literal"
    }
    if let mistake {
      while isNamePart[Int(bytes[end])] { end += 1 }
      position = end
      fail(mistake, from: start, to: end)
      return
    }
    position = end
    emit(.number, from: start, to: end)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  /// Digits with single underscores between them; false when an underscore has no digit behind it.
  private func readDigits(_ end: inout Int) -> Bool {
    while true {
      while Self.isDigit(bytes[end]) { end += 1 }
      guard bytes[end] == UInt8(ascii: "_") else { return true }
      guard Self.isDigit(bytes[end + 1]) else { return false }
      end += 1
    }
  }

  private func readRadix(_ end: inout Int, _ form: String, _ radix: UInt8) -> (String, String?) {
    func isDigit(_ byte: UInt8) -> Bool {
      if radix == 16 { return Self.isDigit(byte) || (byte | 0x20) &- 0x61 < 6 }
      return byte &- 0x30 < radix
    }
    end += 2
    repeat {
      if bytes[end] == UInt8(ascii: "_") { end += 1 }
      guard isDigit(bytes[end]) else {
        if Self.isDigit(bytes[end]) {
          return (form, "invalid digit '\(UnicodeScalar(bytes[end]))' in \(form) literal")
        }
        return (form, "invalid \(form) literal")
      }
      while isDigit(bytes[end]) { end += 1 }
    } while bytes[end] == UInt8(ascii: "_")
    if Self.isDigit(bytes[end]) {
      return (form, "invalid digit '\(UnicodeScalar(bytes[end]))' in \(form) literal")
    }
    return (form, nil)
  }

  private func readDecimal(_ end: inout Int) -> String? {
    let start = end
    guard readDigits(&end) else { return "invalid decimal literal" }
    let integerEnd = end
    var isInteger = true
    if bytes[end] == UInt8(ascii: ".") {
      isInteger = false
      end += 1
      if Self.isDigit(bytes[end]), !readDigits(&end) { return "invalid decimal literal" }
    }
    if bytes[end] | 0x20 == UInt8(ascii: "e") {
      let sign = bytes[end + 1]
      if Self.isDigit(sign) {
        end += 1
      } else if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
        guard Self.isDigit(bytes[end + 2]) else { return "invalid decimal literal" }
        end += 2
      }
      if Self.isDigit(bytes[end]) {
        isInteger = false
        guard readDigits(&end) else { return "invalid decimal literal" }
      }
    }
    if bytes[end] | 0x20 == UInt8(ascii: "j") {
      end += 1
      return nil
    }
    // `007` is no number, `000` is.
    if isInteger, bytes[start] == UInt8(ascii: "0"), integerEnd - start > 1,
      (start..<integerEnd).contains(where: { bytes[$0] != 0x30 && bytes[$0] != 0x5F })
    {
      return "leading zeros in decimal integer literals are not permitted; "
        + "use an 0o prefix for octal integers"
    }
    return nil
  }

  /// Whether a keyword touches the number: `1if x else y` is allowed, with a warning.
  private func isKeywordAhead(_ offset: Int) -> Bool {
    func follows(_ text: StaticString) -> Bool {
      for index in 0..<text.utf8CodeUnitCount
      where bytes[offset + index] != text.utf8Start[index] { return false }
      return true
    }
    return follows("and") || follows("else") || follows("for") || follows("if") || follows("in")
      || follows("is") || follows("or") || follows("not")
  }
}
