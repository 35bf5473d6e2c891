/// A name in quotes, as git writes those with odd bytes: `"b/a\tb\303\251"`.
enum QuotedName {
  /// Takes a name in quotes from the start of a text; nil, and nothing taken, when there is none or it does not end.
  static func read(_ text: inout ArraySlice<UInt8>) -> [UInt8]? {
    var rest = text
    guard rest.popFirst() == UInt8(ascii: "\"") else { return nil }
    var name: [UInt8] = []
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "\""):
        text = rest
        return name
      case UInt8(ascii: "\\"):
        guard let escaped = escape(&rest) else { return nil }
        name.append(escaped)
      default: name.append(byte)
      }
    }
    return nil
  }

  private static func escape(_ rest: inout ArraySlice<UInt8>) -> UInt8? {
    guard let byte = rest.popFirst() else { return nil }
    switch byte {
    case UInt8(ascii: "a"): return 0x07
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "v"): return 0x0B
    case UInt8(ascii: "f"): return 0x0C
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): return byte
    case UInt8(ascii: "0")...UInt8(ascii: "3"):
      var value = byte - UInt8(ascii: "0")
      for _ in 0..<2 {
        guard let digit = rest.popFirst(), (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(digit)
        else { return nil }
        value = value << 3 | (digit - UInt8(ascii: "0"))
      }
      return value
    default: return nil
    }
  }
}
