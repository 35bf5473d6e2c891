/// The named and numbered character references of HTML.
enum Entities {
  struct Named {
    let text: Text
    /// Whether HTML 4 has it too.
    let isOld: Bool
    /// Whether it may stand without its semicolon.
    let isBare: Bool
  }

  /// The reference of a name without `&` and `;`.
  static func named(_ name: ArraySlice<UInt8>) -> Named? {
    let bytes = Table.bytes(EntityNames.text)
    var low = 0
    var high = bytes.count
    while low < high {
      var start = (low + high) / 2
      while start > low, bytes[start - 1] != bar { start -= 1 }
      var end = start
      while !isMark(bytes[end]) { end += 1 }
      let entry = bytes[start..<end]
      if entry.elementsEqual(name) { return value(bytes, at: end) }
      if name.lexicographicallyPrecedes(entry) {
        high = start
      } else {
        low = end
        while bytes[low] != bar { low += 1 }
        low += 1
      }
    }
    return nil
  }

  private static let bar = UInt8(ascii: "|")

  private static func isMark(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "=") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "*")
      || byte == UInt8(ascii: "!")
  }

  private static func value(_ bytes: UnsafeBufferPointer<UInt8>, at mark: Int) -> Named {
    var points: [UInt32] = [0]
    for byte in bytes[(mark + 1)...] {
      if byte == bar { break }
      if byte == UInt8(ascii: ",") {
        points.append(0)
      } else {
        let digit = UInt32(byte) - (byte > 0x39 ? 0x57 : 0x30)
        points[points.count - 1] = points[points.count - 1] << 4 | digit
      }
    }
    return Named(
      text: Text(codePoints: points),
      isOld: bytes[mark] == UInt8(ascii: "+") || bytes[mark] == UInt8(ascii: "*"),
      isBare: bytes[mark] == UInt8(ascii: "+") || bytes[mark] == UInt8(ascii: "!"))
  }
}
