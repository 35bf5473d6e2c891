import Python

/// A string literal: a `string` token, or an f-string from its beginning to its end.
struct StringPart {
  /// The indices of its tokens.
  var tokens: Range<Int>
  var range: Range<Int>
  /// The letters before the quotes.
  var prefix: Range<Int>
  var quote: UInt8
  var isTriple: Bool
  var isFormat: Bool
  /// Whether there is a string in a replacement field.
  var holdsStrings = false

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ tokens: UnsafeBufferPointer<Token>, _ own: Range<Int>)
  {
    self.tokens = own
    let first = tokens[own.lowerBound]
    range = Int(first.start)..<Int(tokens[own.upperBound - 1].end)
    isFormat = first.kind == .formatStart
    var start = range.lowerBound
    while bytes[start] != 0x22, bytes[start] != 0x27 { start += 1 }
    prefix = range.lowerBound..<start
    quote = bytes[start]
    let opening = Int(first.end) - start
    isTriple =
      (isFormat ? opening == 3 : opening >= 6) && bytes[start + 1] == quote
      && bytes[start + 2] == quote
    for index in own.dropFirst() {
      if tokens[index].kind == .string || tokens[index].kind == .formatStart { holdsStrings = true }
    }
  }

  var quoteLength: Int { isTriple ? 3 : 1 }

  /// The bytes between the quotes.
  var content: Range<Int> {
    let start = prefix.upperBound + quoteLength
    return start..<max(start, range.upperBound - quoteLength)
  }

  func isRaw(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes[prefix].contains { $0 | 0x20 == UInt8(ascii: "r") }
  }
}

/// Strings that stand side by side, which are one.
enum StringSequence {
  /// Calls `body` for every string that is not in a replacement field of another.
  static func visit(
    _ bytes: UnsafeBufferPointer<UInt8>, _ tokens: UnsafeBufferPointer<Token>,
    _ body: ([StringPart]) -> Void
  ) {
    var index = 0
    // One array for all.
    var parts: [StringPart] = []
    while index < tokens.count {
      let kind = tokens[index].kind
      guard kind == .string || kind == .formatStart else {
        index += 1
        continue
      }
      parts.removeAll(keepingCapacity: true)
      while let end = end(of: index, tokens) {
        parts.append(StringPart(bytes, tokens, index..<end))
        index = end
        while index < tokens.count, tokens[index].kind.isTrivia { index += 1 }
      }
      if parts.isEmpty { index += 1 } else { body(parts) }
    }
  }

  /// The token behind the literal that begins with one.
  private static func end(of start: Int, _ tokens: UnsafeBufferPointer<Token>) -> Int? {
    guard start < tokens.count else { return nil }
    if tokens[start].kind == .string { return start + 1 }
    guard tokens[start].kind == .formatStart else { return nil }
    var depth = 0
    for index in start..<tokens.count {
      if tokens[index].kind == .formatStart { depth += 1 }
      if tokens[index].kind == .formatEnd { depth -= 1 }
      if depth == 0 { return index + 1 }
    }
    return nil
  }
}
