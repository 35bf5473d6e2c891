extension Tokenizer {
  /// A name or a keyword.
  @inline(__always)
  mutating func readName(from start: Int) {
    var end = start
    var wide: UInt8 = 0
    while isNamePart[Int(bytes[end])] {
      wide |= bytes[end]
      end += 1
    }
    if wide >= 0x80 {
      readWideName(from: start)
      return
    }
    position = end
    let length = end - start
    guard length >= 2, length <= 8 else {
      emit(.name, from: start, to: end)
      return
    }
    // The copy has zeros behind its end, so eight bytes can always be read.
    let word = UInt64(
      littleEndian: UnsafeRawPointer(bytes + start).loadUnaligned(as: UInt64.self))
    let kind = Keyword.kind(packed: word & (UInt64.max >> UInt64(64 - length * 8)))
    if kind != .name, kind.beginsOnlyStatements, !brackets.isEmpty, formats.isEmpty,
      tokens.last == .lineBreak
    {
      closeBrackets(before: start)
      return
    }
    emit(kind, from: start, to: end)
  }

  /// A statement begins inside a bracket: the bracket was forgotten, and the line is read again as a new one.
  private mutating func closeBrackets(before start: Int) {
    var line = start
    while line > 0, bytes[line - 1] != 0x0A, bytes[line - 1] != 0x0D { line -= 1 }
    position = line
    failOpenBracket()
    brackets.removeAll()
    emit(.newline, from: line, to: line)
    isLineStart = true
  }

  /// A name with characters beyond ASCII, which end at the first that no name may hold.
  private mutating func readWideName(from start: Int) {
    var end = start
    while end < count {
      let byte = bytes[end]
      if byte < 0x80 {
        guard isNamePart[Int(byte)] else { break }
        end += 1
        continue
      }
      guard let (scalar, length) = WideCharacter.decode(bytes + end, count - end) else { break }
      guard end == start ? WideCharacter.beginsName(scalar) : WideCharacter.continuesName(scalar)
      else { break }
      end += length
    }
    if end > start {
      emit(.name, from: start, to: end)
      position = end
      guard end < count, bytes[end] >= 0x80 else { return }
    }
    let (scalar, length) = WideCharacter.decode(bytes + end, count - end) ?? (nil, 1)
    position = end + length
    fail(WideCharacter.message(about: scalar), from: end, to: position)
  }
}
