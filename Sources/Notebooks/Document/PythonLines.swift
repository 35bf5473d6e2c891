/// Lines as Python's `str.splitlines(True)` cuts them, which is where nbformat cuts texts.
package enum PythonLines {
  /// Where the first line of a UTF-8 text ends, its end included: behind `\n`, `\r`, `\r\n`, U+000B, U+000C,
  /// U+001C to U+001E, U+0085, U+2028 or U+2029, or at the end of the text.
  static func endOfLine(in text: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
    var place = text.startIndex
    let end = text.endIndex
    while place < end {
      let byte = text[place]
      place += 1
      switch byte {
      case 0x0A, 0x0B, 0x0C, 0x1C...0x1E: return place
      case 0x0D: return place < end && text[place] == 0x0A ? place + 1 : place
      case 0xC2 where place < end && text[place] == 0x85: return place + 1
      case 0xE2
      where end - place >= 2 && text[place] == 0x80 && text[place + 1] & 0xFE == 0xA8:
        return place + 2
      default: break
      }
    }
    return end
  }

  /// The lines of a text, each with its end; none of an empty one.
  package static func split(_ text: String) -> [String] {
    var lines: [String] = []
    var text = text
    text.withUTF8 { utf8 in
      var rest = utf8[...]
      while !rest.isEmpty {
        let end = endOfLine(in: rest)
        lines.append(String(decoding: rest[..<end], as: UTF8.self))
        rest = rest[end...]
      }
    }
    return lines
  }

  /// The lines of a text without their ends, as `str.splitlines()`.
  package static func splitWithoutEnds(_ text: String) -> [String] {
    split(text).map { line in
      var scalars = Substring(line).unicodeScalars
      if scalars.last == "\n", scalars.dropLast().last == "\r" {
        scalars.removeLast(2)
      } else if let last = scalars.last, isEnd(last) {
        scalars.removeLast()
      }
      return String(scalars)
    }
  }

  private static func isEnd(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }
}
