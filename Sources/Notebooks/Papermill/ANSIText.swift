/// Text with the escape sequences of terminals.
package enum ANSIText {
  /// The text without colours and styles: sequences `ESC [ … m` and `ESC [ K`, as papermill takes them out.
  package static func withoutColours(_ text: String) -> String {
    guard text.utf8.contains(0x1B) else { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var place = 0
    while place < bytes.count {
      if bytes[place] == 0x1B, place + 1 < bytes.count, bytes[place + 1] == UInt8(ascii: "["),
        let end = end(of: bytes, from: place + 2)
      {
        place = end
      } else {
        result.append(bytes[place])
        place += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Behind the `K`, or behind the next `m` of the line.
  private static func end(of bytes: [UInt8], from start: Int) -> Int? {
    if start < bytes.count, bytes[start] == UInt8(ascii: "K") { return start + 1 }
    for place in start..<bytes.count {
      if bytes[place] == UInt8(ascii: "m") { return place + 1 }
      if bytes[place] == 0x0A { return nil }
    }
    return nil
  }
}
