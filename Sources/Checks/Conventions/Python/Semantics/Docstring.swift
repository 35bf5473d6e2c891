import Python

/// The docstring of a definition, as bytes of the file, with its lines.
struct Docstring {
  let source: PythonSource
  let bytes: [UInt8]
  let definition: Definition
  /// The literal, quotes included.
  let range: Range<Int>
  /// What is between the quotes.
  let body: Range<Int>
  let prefix: StringPrefix
  /// The lines of the body without their ends; behind a last line end there is one more, which is empty.
  let lines: [Range<Int>]

  /// Nil for a docstring that is put together of several literals.
  init?(_ node: NodeID, of definition: Definition, in source: PythonSource) {
    let tree = source.tree
    let tokens = tree.stringTokens(of: node)
    guard tokens.count == 1, let token = tokens.first else { return nil }
    self.source = source
    bytes = source.bytes
    self.definition = definition
    range = tree.tokens[token].range
    prefix = tree.prefix(ofToken: token)
    let start = range.lowerBound + prefix.length + prefix.quoteLength
    body = start..<max(start, range.upperBound - prefix.quoteLength)
    lines = Docstring.lines(of: body, in: source)
  }

  static func lines(of range: Range<Int>, in source: PythonSource) -> [Range<Int>] {
    let table = source.list.lines
    var number = table.line(of: range.lowerBound)
    var lines: [Range<Int>] = []
    var start = range.lowerBound
    while number < table.count, case let next = table.start(ofLine: number + 1),
      next <= range.upperBound
    {
      let isPair =
        next - start > 1 && source.bytes[next - 1] == 0x0A && source.bytes[next - 2] == 0x0D
      lines.append(start..<max(start, next - (isPair ? 2 : 1)))
      start = next
      number += 1
    }
    lines.append(start..<max(start, range.upperBound))
    return lines
  }

  /// The bytes before the docstring on its line.
  var indentation: ArraySlice<UInt8> {
    let lines = source.list.lines
    return bytes[lines.start(ofLine: lines.line(of: range.lowerBound))..<range.lowerBound]
  }

  var function: NodeID? {
    source.tree.kind(definition.node) == .functionDef ? definition.node : nil
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  func isBlank(_ range: Range<Int>) -> Bool { trimmed(range).isEmpty }

  /// Without the blanks at both ends.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    bytes.withUnsafeBufferPointer { bytes in
      var (start, end) = (range.lowerBound, range.upperBound)
      while start < end, case let width = Self.blank(bytes, start, end), width > 0 {
        start += width
      }
      while end > start {
        let byte = bytes[end - 1]
        if byte == 0x20 || byte >= 0x09 && byte <= 0x0D {
          end -= 1
        } else if byte >= 0x80, end - start >= 2, bytes[end - 2] == 0xC2,
          byte == 0xA0 || byte == 0x85
        {
          end -= 2
        } else if byte == 0x80, end - start >= 3, bytes[end - 3] == 0xE3, bytes[end - 2] == 0x80 {
          end -= 3
        } else {
          break
        }
      }
      return start..<end
    }
  }

  /// How many bytes the blank at a place has; 0 where there is none.
  @inline(__always)
  private static func blank(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ end: Int) -> Int {
    let byte = bytes[index]
    if byte == 0x20 || byte >= 0x09 && byte <= 0x0D { return 1 }
    if byte == 0xC2, index + 1 < end, bytes[index + 1] == 0xA0 || bytes[index + 1] == 0x85 {
      return 2
    }
    if byte == 0xE3, index + 2 < end, bytes[index + 1] == 0x80, bytes[index + 2] == 0x80 {
      return 3
    }
    return 0
  }

  /// The blanks a line begins with.
  func leadingSpace(_ line: Range<Int>) -> Range<Int> {
    bytes.withUnsafeBufferPointer { bytes in
      var end = line.lowerBound
      while end < line.upperBound, case let width = Self.blank(bytes, end, line.upperBound),
        width > 0
      {
        end += width
      }
      return line.lowerBound..<end
    }
  }

  /// In characters.
  func width(_ range: Range<Int>) -> Int {
    bytes[range].reduce(0) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) }
  }

  /// Whether a line is nothing but these, blanks around them aside.
  func isUnderline(_ line: Range<Int>, _ mark: UInt8 = UInt8(ascii: "-")) -> Bool {
    let inner = trimmed(line)
    return !inner.isEmpty && bytes[inner].allSatisfy { $0 == mark }
  }

  /// The lines from the first with text to the last with text.
  var textLines: ArraySlice<Range<Int>> {
    guard let first = lines.firstIndex(where: { !isBlank($0) }),
      let last = lines.lastIndex(where: { !isBlank($0) })
    else { return [] }
    return lines[first...last]
  }
}
