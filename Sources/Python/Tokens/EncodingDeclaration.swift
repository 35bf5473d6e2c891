/// The comment that names a file's encoding (PEP 263).
enum EncodingDeclaration {
  /// The bytes of the encoding's name, in one of the first two lines.
  static func find(in source: [UInt8]) -> Range<Int>? {
    var start = source.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    for _ in 0..<2 {
      let end = source[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? source.count
      if let name = name(in: source[start..<end]) { return name }
      // The second line counts only behind a first that says nothing.
      let first = source[start..<end].first { !isSpace($0) } ?? UInt8(ascii: "#")
      guard first == UInt8(ascii: "#"), end < source.count else { return nil }
      start =
        end + (source[end] == 0x0D && end + 1 < source.count && source[end + 1] == 0x0A ? 2 : 1)
    }
    return nil
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0C
  }

  /// `^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)`
  private static func name(in line: ArraySlice<UInt8>) -> Range<Int>? {
    guard let hash = line.firstIndex(where: { !isSpace($0) }), line[hash] == UInt8(ascii: "#")
    else { return nil }
    let word = Array("coding".utf8)
    var index = hash + 1
    while index + word.count < line.endIndex {
      defer { index += 1 }
      guard line[index] == word[0], line[index..<(index + word.count)].elementsEqual(word)
      else { continue }
      var start = index + word.count
      guard line[start] == UInt8(ascii: ":") || line[start] == UInt8(ascii: "=") else { continue }
      start += 1
      while start < line.endIndex, line[start] == 0x20 || line[start] == 0x09 { start += 1 }
      let end =
        line[start...].firstIndex { byte in
          !(ByteClass.isNamePart[Int(byte)] && byte < 0x80) && byte != 0x2D && byte != 0x2E
        } ?? line.endIndex
      if end > start { return start..<end }
    }
    return nil
  }
}
