/// The escapes of string literals, as Python's `unicode-escape` codec reads them.
enum StringEscapes {
  struct Problem: Error { let message: String }

  /// The text of a literal's content; line ends become the environment's.
  static func decoded(_ content: ArraySlice<UInt8>, newline: [UInt8]) -> Result<Text, Problem> {
    var reader = EscapeReader(bytes: Array(content), newline: newline)
    do throws(Problem) {
      while reader.index < reader.bytes.count { try reader.step() }
    } catch {
      return .failure(error)
    }
    return .success(Text(bytes: reader.result))
  }
}

private struct EscapeReader {
  let bytes: [UInt8]
  let newline: [UInt8]
  var index = 0
  var result: [UInt8] = []

  mutating func step() throws(StringEscapes.Problem) {
    let byte = bytes[index]
    index += 1
    if byte == 0x0A {
      result += newline
      return
    }
    guard byte == UInt8(ascii: "\\") else {
      result.append(byte)
      return
    }
    guard index < bytes.count else { throw .init(message: "\\ at end of string") }
    let letter = bytes[index]
    if letter >= 0x80 {
      // Jinja2 writes the character as an escape first, whose backslash ours then escapes.
      let point = Text.decode(bytes, &index)
      let hex = String(point, radix: 16)
      let (mark, width) = point <= 0xFF ? ("x", 2) : point <= 0xFFFF ? ("u", 4) : ("U", 8)
      result += "\\\(mark)\(String(repeating: "0", count: width - hex.utf8.count))\(hex)".utf8
      return
    }
    index += 1
    switch letter {
    case 0x0A:
      if newline.first == 0x0D {
        if newline.count == 1 { result += "\\\r".utf8 } else { result += "\\\r\n".utf8 }
      }
    case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): result.append(letter)
    case UInt8(ascii: "a"): result.append(0x07)
    case UInt8(ascii: "b"): result.append(0x08)
    case UInt8(ascii: "f"): result.append(0x0C)
    case UInt8(ascii: "n"): result.append(0x0A)
    case UInt8(ascii: "r"): result.append(0x0D)
    case UInt8(ascii: "t"): result.append(0x09)
    case UInt8(ascii: "v"): result.append(0x0B)
    case UInt8(ascii: "0")...UInt8(ascii: "7"): octal(letter)
    case UInt8(ascii: "x"): try hex(2, "truncated \\xXX escape")
    case UInt8(ascii: "u"): try hex(4, "truncated \\uXXXX escape")
    case UInt8(ascii: "U"): try hex(8, "truncated \\UXXXXXXXX escape")
    case UInt8(ascii: "N"): try name()
    default: result += [UInt8(ascii: "\\"), letter]
    }
  }

  private mutating func octal(_ first: UInt8) {
    var point = UInt32(first - 0x30)
    for _ in 0..<2 {
      guard index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x37 else { break }
      point = point * 8 + UInt32(bytes[index] - 0x30)
      index += 1
    }
    Text.append(point, to: &result)
  }

  private mutating func hex(_ width: Int, _ problem: String) throws(StringEscapes.Problem) {
    var point: UInt32 = 0
    for _ in 0..<width {
      guard index < bytes.count, bytes[index] < 0x80,
        let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue
      else { throw .init(message: problem) }
      point = point << 4 | UInt32(digit)
      index += 1
    }
    guard point <= 0x10FFFF else { throw .init(message: "illegal Unicode character") }
    Text.append(point, to: &result)
  }

  private mutating func name() throws(StringEscapes.Problem) {
    guard index < bytes.count, bytes[index] == UInt8(ascii: "{"),
      let end = bytes[index...].firstIndex(of: UInt8(ascii: "}")), end > index + 1
    else { throw .init(message: "malformed \\N character escape") }
    let name = String(decoding: bytes[(index + 1)..<end], as: UTF8.self).uppercased()
    index = end + 1
    guard let value = ScalarNames.find(name) else {
      throw .init(message: "unknown Unicode character name")
    }
    Text.append(value, to: &result)
  }
}
