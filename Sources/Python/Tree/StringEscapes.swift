/// The escapes of string literals (Python's language reference, 2.4.1).
enum StringEscapes {
  /// Why the text between the quotes has no value; nil when it has one.
  static func problem(in content: UnsafeBufferPointer<UInt8>, isBytes: Bool) -> String? {
    guard content.contains(UInt8(ascii: "\\")) else { return nil }
    var index = 0
    while index < content.count {
      guard content[index] == UInt8(ascii: "\\"), index + 1 < content.count else {
        index += 1
        continue
      }
      let letter = content[index + 1]
      switch letter {
      case UInt8(ascii: "x"):
        guard digits(content, index + 2, 2) != nil else {
          return isBytes
            ? "(value error) invalid \\x escape at position \(index)"
            : "(unicode error) 'unicodeescape' codec can't decode bytes: truncated \\xXX escape"
        }
      case UInt8(ascii: "u") where !isBytes, UInt8(ascii: "U") where !isBytes:
        let wanted = letter == UInt8(ascii: "u") ? 4 : 8
        guard let value = digits(content, index + 2, wanted) else {
          let form = wanted == 4 ? "\\uXXXX" : "\\UXXXXXXXX"
          return
            "(unicode error) 'unicodeescape' codec can't decode bytes: truncated \(form) escape"
        }
        guard value <= 0x10FFFF else {
          return
            "(unicode error) 'unicodeescape' codec can't decode bytes: illegal Unicode character"
        }
      case UInt8(ascii: "N") where !isBytes:
        guard index + 3 < content.count, content[index + 2] == UInt8(ascii: "{"),
          let close = content[(index + 3)...].firstIndex(of: UInt8(ascii: "}")), close > index + 3
        else {
          return
            "(unicode error) 'unicodeescape' codec can't decode bytes: malformed \\N character escape"
        }
      default: break
      }
      index += 2
    }
    return nil
  }

  /// The value of so many hexadecimal digits.
  private static func digits(
    _ content: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int
  ) -> UInt32? {
    guard start + count <= content.count else { return nil }
    var value: UInt32 = 0
    for index in start..<(start + count) {
      guard let digit = hexadecimal(content[index]), value >> 28 == 0 else { return nil }
      value = value << 4 | digit
    }
    return value
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte) - 0x30
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte) - 0x57
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte) - 0x37
    default: nil
    }
  }

  /// Puts the value of a literal's text behind `value`; false when a part has no UTF-8, as `\uD800`, or is a name that
  /// is not looked up.
  ///
  /// - Parameter isFormat: `{{` and `}}` stand for one brace each.
  static func decode(
    _ content: ArraySlice<UInt8>, isBytes: Bool, isRaw: Bool, isFormat: Bool = false,
    into value: inout [UInt8]
  ) -> Bool {
    var index = content.startIndex
    let end = content.endIndex
    func append(_ code: UInt32, to value: inout [UInt8]) -> Bool {
      guard !isBytes else {
        value.append(UInt8(truncatingIfNeeded: code))
        return true
      }
      guard let scalar = Unicode.Scalar(code) else { return false }
      value.append(contentsOf: UTF8.encode(scalar).unsafelyUnwrapped)
      return true
    }
    while index < end {
      let byte = content[index]
      // CPython reads every line end as LF.
      if byte == 0x0D {
        value.append(0x0A)
        index += index + 1 < end && content[index + 1] == 0x0A ? 2 : 1
        continue
      }
      if isFormat, byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") {
        value.append(byte)
        index += index + 1 < end && content[index + 1] == byte ? 2 : 1
        continue
      }
      guard byte == UInt8(ascii: "\\"), !isRaw, index + 1 < end else {
        value.append(byte)
        index += 1
        continue
      }
      let letter = content[index + 1]
      index += 2
      switch letter {
      case 0x0A: break
      case 0x0D: if index < end, content[index] == 0x0A { index += 1 }
      case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): value.append(letter)
      case UInt8(ascii: "a"): value.append(7)
      case UInt8(ascii: "b"): value.append(8)
      case UInt8(ascii: "f"): value.append(12)
      case UInt8(ascii: "n"): value.append(10)
      case UInt8(ascii: "r"): value.append(13)
      case UInt8(ascii: "t"): value.append(9)
      case UInt8(ascii: "v"): value.append(11)
      case UInt8(ascii: "0")...UInt8(ascii: "7"):
        var code = UInt32(letter) - 0x30
        for _ in 0..<2 {
          guard index < end, content[index] &- 0x30 < 8 else { break }
          code = code * 8 + UInt32(content[index]) - 0x30
          index += 1
        }
        guard append(code, to: &value) else { return false }
      case UInt8(ascii: "x"),
        UInt8(ascii: "u") where !isBytes,
        UInt8(ascii: "U") where !isBytes:
        let count = letter == UInt8(ascii: "x") ? 2 : letter == UInt8(ascii: "u") ? 4 : 8
        var code: UInt32 = 0
        guard index + count <= end else { return false }
        for digit in content[index..<(index + count)] {
          guard let digit = hexadecimal(digit) else { return false }
          code = code << 4 | digit
        }
        index += count
        guard append(code, to: &value) else { return false }
      case UInt8(ascii: "N") where !isBytes: return false
      default: value.append(contentsOf: [UInt8(ascii: "\\"), letter])
      }
    }
    return true
  }
}
