extension Text {
  /// `str.split(separator, most)`; `most` below 0 is no limit. The separator must not be empty.
  package func split(by separator: Text, most: Int = -1) -> [Text] {
    var parts: [Text] = []
    var start = 0
    while most < 0 || parts.count < most, let found = firstOffset(of: separator, from: start) {
      parts.append(Text(bytes[start..<found]))
      start = found + separator.bytes.count
    }
    parts.append(Text(bytes[start...]))
    return parts
  }

  /// `str.rsplit(separator, most)`.
  package func splitFromEnd(by separator: Text, most: Int = -1) -> [Text] {
    var parts: [Text] = []
    var end = bytes.count
    while most < 0 || parts.count < most, let found = lastOffset(of: separator, to: end) {
      parts.append(Text(bytes[(found + separator.bytes.count)..<end]))
      end = found
    }
    parts.append(Text(bytes[..<end]))
    return parts.reversed()
  }

  /// `str.split(None, most)`: at runs of white space.
  package func words(most: Int = -1) -> [Text] {
    var parts: [Text] = []
    var position = skipSpace(from: 0)
    while position < bytes.count {
      if most >= 0, parts.count >= most {
        parts.append(Text(bytes[position...]))
        break
      }
      let start = position
      while position < bytes.count {
        var next = position
        if CodePoint.isSpace(Text.decode(bytes, &next)) { break }
        position = next
      }
      parts.append(Text(bytes[start..<position]))
      position = skipSpace(from: position)
    }
    return parts
  }

  /// `str.rsplit(None, most)`.
  package func wordsFromEnd(most: Int = -1) -> [Text] {
    if most < 0 { return words() }
    let points = codePoints
    var parts: [Text] = []
    var end = points.count
    func skipSpace() { while end > 0, CodePoint.isSpace(points[end - 1]) { end -= 1 } }
    skipSpace()
    while end > 0 {
      if parts.count >= most {
        parts.append(Text(codePoints: points[..<end]))
        break
      }
      var start = end
      while start > 0, !CodePoint.isSpace(points[start - 1]) { start -= 1 }
      parts.append(Text(codePoints: points[start..<end]))
      end = start
      skipSpace()
    }
    return parts.reversed()
  }

  /// `str.splitlines(keepends)`.
  package func lines(keepingEnds: Bool = false) -> [Text] {
    var parts: [Text] = []
    var start = 0
    var position = 0
    while position < bytes.count {
      let end = position
      let point = Text.decode(bytes, &position)
      guard CodePoint.isLineBreak(point) else { continue }
      if point == 0x0D, position < bytes.count, bytes[position] == 0x0A { position += 1 }
      parts.append(Text(bytes[start..<(keepingEnds ? position : end)]))
      start = position
    }
    if start < bytes.count { parts.append(Text(bytes[start...])) }
    return parts
  }

  /// `str.partition(separator)`: what stands before the first one, whether there is one, what stands behind.
  package func partitioned(at separator: Text) -> (Text, found: Bool, Text) {
    guard let found = firstOffset(of: separator) else { return (self, false, .empty) }
    return (Text(bytes[..<found]), true, Text(bytes[(found + separator.bytes.count)...]))
  }

  /// `str.rpartition(separator)`.
  package func partitionedAtLast(_ separator: Text) -> (Text, found: Bool, Text) {
    guard let found = lastOffset(of: separator, to: bytes.count) else {
      return (.empty, false, self)
    }
    return (Text(bytes[..<found]), true, Text(bytes[(found + separator.bytes.count)...]))
  }

  /// The first byte of the last occurrence that ends at or before a byte.
  package func lastOffset(of needle: Text, from start: Int = 0, to end: Int) -> Int? {
    let size = needle.bytes.count
    guard size <= end - start else { return nil }
    guard size > 0 else { return end }
    var position = end - size
    while position >= start {
      if bytes[position] == needle.bytes[0],
        bytes[position..<(position + size)].elementsEqual(needle.bytes)
      {
        return position
      }
      position -= 1
    }
    return nil
  }

  private func skipSpace(from start: Int) -> Int {
    var position = start
    while position < bytes.count {
      var next = position
      guard CodePoint.isSpace(Text.decode(bytes, &next)) else { break }
      position = next
    }
    return position
  }
}

extension Text {
  /// `str.strip(characters)`; nil strips white space.
  package func stripped(of characters: Text? = nil) -> Text {
    strippedLeft(of: characters).strippedRight(of: characters)
  }

  /// `str.lstrip(characters)`.
  package func strippedLeft(of characters: Text? = nil) -> Text {
    let isStripped = Text.stripper(characters)
    var position = 0
    while position < bytes.count {
      var next = position
      guard isStripped(Text.decode(bytes, &next)) else { break }
      position = next
    }
    return position == 0 ? self : Text(bytes[position...])
  }

  /// `str.rstrip(characters)`.
  package func strippedRight(of characters: Text? = nil) -> Text {
    let isStripped = Text.stripper(characters)
    var end = bytes.count
    while end > 0 {
      var start = end - 1
      while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
      var next = start
      guard isStripped(Text.decode(bytes, &next)) else { break }
      end = start
    }
    return end == bytes.count ? self : Text(bytes[..<end])
  }

  private static func stripper(_ characters: Text?) -> (UInt32) -> Bool {
    guard let characters else { return CodePoint.isSpace }
    let set = Set(characters.codePoints)
    return { set.contains($0) }
  }
}
