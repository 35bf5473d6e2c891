/// A `{% trans %}` as it was read.
struct TranslatedText {
  let position: Position
  var context: Text?
  var isTrimmed = false
  /// Names and values, in order.
  var variables: [ExpressionPair] = []
  /// What chooses between singular and plural.
  var count: Expression?
  /// The call whose result is counted.
  var counted: Expression?
  var singular = Text.empty
  var plural: Text?
  /// The names in the texts.
  var referenced: [Text] = []

  init(position: Position) { self.position = position }

  subscript(name: Text) -> Expression? { variables.first { $0.isNamed(name) }?.value }

  var statements: [Statement] {
    var pairs = variables
    for name in referenced where pairs.allSatisfy({ !$0.isNamed(name) }) {
      pairs.append(
        ExpressionPair(key: .literal(.string(name), position), value: .name(name, position)))
    }
    var name: Text = "gettext"
    var arguments = CallArguments(positional: [constant(singular)])
    if let context {
      arguments.positional.insert(.literal(.string(context), position), at: 0)
      name = "p" + name
    }
    if let plural, let count {
      arguments.positional += [constant(plural), count]
      name = "n" + name
    }
    var result = Expression.filter(
      .call(.name(name, position), arguments, position), TranslationLibrary.safeMark,
      CallArguments(), position)
    if !pairs.isEmpty { result = .binary(.modulo, result, .dict(pairs, position), position) }
    let output = Statement.output([.value(result)], position)
    guard let counted else { return [output] }
    return [.assign(target: .name("_trans", position), value: counted, position), output]
  }

  private func constant(_ text: Text) -> Expression {
    var bytes = text.bytes
    if referenced.isEmpty { bytes = Self.withoutDoubles(bytes) }
    if isTrimmed { bytes = Self.trimmed(bytes) }
    return .literal(.string(Text(bytes: bytes)), position)
  }

  /// Every sign was written twice: every other one goes.
  private static func withoutDoubles(_ bytes: [UInt8]) -> [UInt8] {
    var isSecond = false
    return bytes.filter { byte in
      isSecond = byte == UInt8(ascii: "%") && !isSecond
      return byte != UInt8(ascii: "%") || isSecond
    }
  }

  /// Without white space at the ends; where white space holds a line end it becomes one space.
  private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    bytes.withUnsafeBufferPointer { bytes in
      var result: [UInt8] = []
      var index = SourceText.endOfSpace(bytes, 0)
      let last = SourceText.startOfSpace(bytes, bytes.count, from: index)
      while index < last {
        let end = SourceText.endOfSpace(bytes, index)
        if end == index {
          result.append(bytes[index])
          index += 1
        } else {
          let space = bytes[index..<end]
          if space.contains(0x0A) { result.append(0x20) } else { result += space }
          index = end
        }
      }
      return result
    }
  }
}

extension ExpressionPair {
  fileprivate func isNamed(_ name: Text) -> Bool {
    if case .literal(.string(let key), _) = key { key == name } else { false }
  }
}
