import Formats

extension JSONNode {
  /// Whether Python takes the value for true.
  package func isTrue(in bytes: [UInt8]) -> Bool {
    if let items { return !items.isEmpty }
    if let members { return !members.isEmpty }
    if isString { return range.count > 2 }
    let text = plain(in: bytes) ?? "null"
    return !["false", "null"].contains(text) && Double(text) != 0
  }

  /// How many characters all texts below have; numbers and words count as Python writes them, keys do not.
  func characterCount(in bytes: [UInt8]) -> Int {
    switch content {
    case .object(let members): members.reduce(0) { $0 + $1.value.characterCount(in: bytes) }
    case .array(let items): items.reduce(0) { $0 + $1.characterCount(in: bytes) }
    case .string: stringCount(bytes[range].dropFirst().dropLast())
    case .plain: plainCount(plain(in: bytes) ?? "")
    }
  }

  /// Characters of a string with its escapes read; a pair of surrogates is one.
  private func stringCount(_ text: ArraySlice<UInt8>) -> Int {
    guard text.contains(UInt8(ascii: "\\")) else { return text.count { $0 & 0xC0 != 0x80 } }
    var count = 0
    var rest = text
    var wasHigh = false
    while let byte = rest.first {
      var isHigh = false
      if byte == UInt8(ascii: "\\"), rest.dropFirst().first == UInt8(ascii: "u") {
        let unit =
          UInt32(String(decoding: rest.dropFirst(2).prefix(4), as: UTF8.self), radix: 16) ?? 0
        isHigh = unit & 0xFC00 == 0xD800
        if !(wasHigh && unit & 0xFC00 == 0xDC00) { count += 1 }
        rest = rest.dropFirst(6)
      } else if byte == UInt8(ascii: "\\") {
        count += 1
        rest = rest.dropFirst(2)
      } else {
        if byte & 0xC0 != 0x80 { count += 1 }
        rest = rest.dropFirst()
      }
      wasHigh = isHigh
    }
    return count
  }

  /// `len(str(x))` of what Python reads: `None` and `True` have four, `inf` three; doubles get their shortest text.
  private func plainCount(_ text: String) -> Int {
    switch text {
    case "null", "true", "-Infinity": return 4
    case "false": return 5
    case "NaN", "Infinity": return 3
    case "-0": return 1
    default:
      guard text.contains(where: { ".eE".contains($0) }), let number = Double(text) else {
        return text.utf8.count
      }
      if number.isInfinite { return number < 0 ? 4 : 3 }
      return PythonText.repr(number).utf8.count
    }
  }
}
