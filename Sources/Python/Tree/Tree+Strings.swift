extension Tree {
  /// The prefix and quotes of a token that is, or begins, a string.
  package func prefix(ofToken index: Int) -> StringPrefix {
    list.source.withUnsafeBufferPointer { StringPrefix($0, list.tokens[index]) }
  }

  /// The string tokens of a node, one for each literal that stands beside another.
  package func stringTokens(of node: NodeID) -> [Int] {
    tokenRange(of: node).filter { list.tokens[$0].kind == .string }
  }

  /// The text of a string; nil when it is no plain string or has no value in Unicode.
  package func stringValue(of node: NodeID) -> String? {
    guard kind(node) == .string else { return nil }
    return bytesValue(of: node).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The bytes of a string (in UTF-8), of bytes, or of a part of an f-string.
  package func bytesValue(of node: NodeID) -> [UInt8]? {
    var value: [UInt8] = []
    switch kind(node) {
    case .string, .bytes:
      for index in stringTokens(of: node) {
        let prefix = prefix(ofToken: index)
        let content = prefix.content(of: list.tokens[index])
        guard
          StringEscapes.decode(
            list.source[content], isBytes: prefix.isBytes, isRaw: prefix.isRaw, into: &value)
        else { return nil }
      }
    case .stringPart:
      guard
        StringEscapes.decode(
          list.source[range(of: node)], isBytes: false, isRaw: self[node].detail == 1,
          isFormat: true, into: &value)
      else { return nil }
    default: return nil
    }
    return value
  }

  /// The letter behind `!` in a field.
  package func conversion(of field: NodeID) -> Character? {
    let letter = self[field].detail
    return letter == 0 ? nil : Character(UnicodeScalar(letter))
  }

  /// The value of a whole number that fits.
  package func integerValue(of node: NodeID) -> Int? {
    guard kind(node) == .number else { return nil }
    let digits = text(node).filter { $0 != "_" }.lowercased()
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where digits.hasPrefix(prefix) {
      return Int(digits.dropFirst(2), radix: radix)
    }
    return Int(digits)
  }
}
