extension Tokenizer {
  /// A string that begins with letters; false when the letters are a name.
  mutating func readPrefixedString() -> Bool {
    let first = bytes[position] | 0x20
    var second: UInt8 = 0
    if !Self.isQuote(bytes[position + 1]) {
      guard Self.isQuote(bytes[position + 2]) else { return false }
      second = bytes[position + 1] | 0x20
    }
    let letters = (first, second)
    let isRaw = first == UInt8(ascii: "r") || second == UInt8(ascii: "r")
    let other = first == UInt8(ascii: "r") ? second : first
    // Two letters are `r` and one of `b`, `f` and `t`.
    if second != 0 {
      guard isRaw, letters.0 != letters.1, "bft".utf8.contains(other) else { return false }
    }
    let start = position
    position += second == 0 ? 1 : 2
    if other == UInt8(ascii: "f") || other == UInt8(ascii: "t") {
      beginFormat(from: start, isRaw: isRaw)
    } else {
      readString(from: start)
    }
    return true
  }

  private static func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
  }

  /// A string without fields, whose opening quote is at `position`.
  mutating func readString(from start: Int) {
    let quote = bytes[position]
    if bytes[position + 1] == quote, bytes[position + 2] == quote {
      readTripleString(from: start, quote: quote)
      return
    }
    var end = position + 1
    while true {
      let byte = bytes[end]
      if byte == quote {
        position = end + 1
        emit(.string, from: start, to: position)
        return
      }
      if byte == UInt8(ascii: "\\") {
        end += 1
        let length = lineEndLength(at: end)
        if length > 0 {
          end += length
        } else if end < count {
          end += 1
        }
      } else if byte == 0x0A || byte == 0x0D || (byte == 0 && end >= count) {
        break
      } else {
        end += 1
      }
    }
    position = min(end, count)
    let line = line(of: start)
    fail(
      "unterminated string literal (detected at line \(line))", from: start, to: position)
    // What follows cannot be trusted to close anything.
    brackets.removeAll()
    formats.removeAll()
  }

  private mutating func readTripleString(from start: Int, quote: UInt8) {
    var end = position + 3
    while true {
      let byte = bytes[end]
      if byte == quote {
        if bytes[end + 1] == quote, bytes[end + 2] == quote {
          position = end + 3
          emit(.string, from: start, to: position)
          return
        }
        end += 1
      } else if byte == UInt8(ascii: "\\") {
        end = min(end + 2, count)
      } else if byte == 0 {
        if end >= count { break }
        end += 1
      } else {
        end += 1
      }
    }
    position = count
    let line = line(of: count)
    fail(
      "unterminated triple-quoted string literal (detected at line \(line))", from: start,
      to: count)
    brackets.removeAll()
    formats.removeAll()
  }

  /// The 1-based line of an offset, for messages: counted on from where the last was, so that many cost little.
  private mutating func line(of offset: Int) -> Int {
    var (index, line) = counted
    while index < offset {
      let length = lineEndLength(at: index)
      if length > 0 { line += 1 }
      index += max(1, length)
    }
    counted = (index, line)
    return line
  }

  // MARK: f-strings and t-strings

  private mutating func beginFormat(from start: Int, isRaw: Bool) {
    let quote = bytes[position]
    let isTriple = bytes[position + 1] == quote && bytes[position + 2] == quote
    position += isTriple ? 3 : 1
    emit(.formatStart, from: start, to: position)
    formats.append(
      OpenFormat(
        quote: quote, isTriple: isTriple, isRaw: isRaw, depth: brackets.count, offset: start))
  }

  /// Literal text up to a field, the end of a field or the end of the string.
  mutating func readFormatText() {
    let format = formats[formats.count - 1]
    let isSpec = brackets.count > format.depth
    let start = position
    var end = position
    func finishText(_ tokenizer: inout Tokenizer) {
      if end > start { tokenizer.emit(.formatMiddle, from: start, to: end) }
      tokenizer.position = end
    }
    while true {
      let byte = bytes[end]
      switch byte {
      case format.quote:
        if format.isTriple, bytes[end + 1] != byte || bytes[end + 2] != byte {
          end += 1
          continue
        }
        finishText(&self)
        let close = end + (format.isTriple ? 3 : 1)
        if isSpec {
          fail("f-string: expecting '}'", from: end, to: end)
          brackets.removeSubrange(format.depth...)
        }
        position = close
        emit(.formatEnd, from: end, to: close)
        formats.removeLast()
        return
      case UInt8(ascii: "{"):
        if !isSpec, bytes[end + 1] == byte {
          end += 2
          continue
        }
        finishText(&self)
        position = end + 1
        brackets.append(OpenBracket(byte: byte, isField: true, offset: end))
        emit(.leftBrace, from: end, to: position)
        return
      case UInt8(ascii: "}"):
        if isSpec {
          finishText(&self)
          position = end + 1
          brackets.removeLast()
          emit(.rightBrace, from: end, to: position)
          return
        }
        if bytes[end + 1] == byte {
          end += 2
          continue
        }
        finishText(&self)
        position = end + 1
        fail("f-string: single '}' is not allowed", from: end, to: position)
        return
      case UInt8(ascii: "\\"): end = skipEscape(at: end, format)
      case 0x0A, 0x0D:
        if format.isTriple {
          end += 1
          continue
        }
        finishText(&self)
        failFormat(format)
        return
      case 0 where end >= count:
        finishText(&self)
        failFormat(format)
        return
      default: end += 1
      }
    }
  }

  /// The offset behind a backslash and what it covers. A brace is not covered: `\{` is a backslash and a field.
  private func skipEscape(at offset: Int, _ format: OpenFormat) -> Int {
    var end = offset + 1
    let byte = bytes[end]
    if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") { return end }
    let length = lineEndLength(at: end)
    if length > 0 { return end + length }
    guard end < count else { return end }
    end += 1
    guard byte == UInt8(ascii: "N"), !format.isRaw, bytes[end] == UInt8(ascii: "{") else {
      return end
    }
    // `\N{NAME}` holds no field.
    var close = end + 1
    while isNamePart[Int(bytes[close])] || bytes[close] == 0x20 || bytes[close] == 0x2D {
      close += 1
    }
    return bytes[close] == UInt8(ascii: "}") ? close + 1 : end
  }

  private mutating func failFormat(_ format: OpenFormat) {
    let triple = format.isTriple ? "triple-quoted " : ""
    let line = line(of: position)
    fail(
      "unterminated \(triple)f-string literal (detected at line \(line))",
      from: position, to: position, at: format.offset)
    brackets.removeAll()
    formats.removeAll()
  }
}
