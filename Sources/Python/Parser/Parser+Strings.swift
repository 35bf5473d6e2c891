extension Parser {
  /// String literals that stand side by side, f-strings among them.
  mutating func strings() throws(Stop) -> Ref {
    let start = position
    var children = Children()
    var hasBytes = false
    var hasText = false
    var hasFormat = false
    var hasTemplate = false
    while kind == .string || kind == .formatStart {
      let prefix = StringPrefix(source, tokens[position])
      if prefix.isBytes { hasBytes = true } else { hasText = true }
      if kind == .formatStart {
        if prefix.isTemplate { hasTemplate = true } else { hasFormat = true }
        try formatString(prefix, &children)
      } else {
        try checkEscapes(prefix)
        let piece = position
        advance()
        // Pieces are children only beside an f-string.
        draft.append(
          node(prefix.isBytes ? .bytes : .string, from: piece), to: &children)
      }
    }
    if hasBytes, hasText {
      position = start
      kind = tokens[start].kind
      throw fail("cannot mix bytes and nonbytes literals")
    }
    if hasTemplate { return node(.templateString, from: start, children) }
    if hasFormat { return node(.joinedString, from: start, children) }
    if children.count == 1 { return children.first }
    return node(hasBytes ? .bytes : .string, from: start)
  }

  private mutating func checkEscapes(_ prefix: StringPrefix) throws(Stop) {
    let token = tokens[position]
    let content = UnsafeBufferPointer(rebasing: source[prefix.content(of: token)])
    if prefix.isBytes, content.contains(where: { $0 >= 0x80 }) {
      throw fail("bytes can only contain ASCII literal characters")
    }
    guard !prefix.isRaw, let message = StringEscapes.problem(in: content, isBytes: prefix.isBytes)
    else { return }
    throw fail(message)
  }

  /// One f-string or t-string.
  private mutating func formatString(
    _ prefix: StringPrefix, _ children: inout Children
  ) throws(Stop) {
    try descend()
    defer { depth -= 1 }
    advance()
    while kind != .formatEnd {
      switch kind {
      case .formatMiddle: draft.append(try stringPart(isRaw: prefix.isRaw), to: &children)
      case .leftBrace:
        draft.append(try field(isRaw: prefix.isRaw), to: &children)
      default: throw fail()
      }
    }
    advance()
  }

  private mutating func stringPart(isRaw: Bool) throws(Stop) -> Ref {
    let start = position
    let content = UnsafeBufferPointer(rebasing: source[tokens[position].range])
    if !isRaw, let message = StringEscapes.problem(in: content, isBytes: false) {
      throw fail(message)
    }
    advance()
    return node(.stringPart, from: start, detail: isRaw ? 1 : 0)
  }

  /// `{expression=!r:spec}`
  private mutating func field(isRaw: Bool) throws(Stop) -> Ref {
    try descend()
    defer { depth -= 1 }
    let start = position
    advance()
    if kind == .rightBrace || kind == .colon || kind == .exclamation || kind == .equal {
      throw fail("f-string: valid expression required before '\(text(position))'")
    }
    var children = Children()
    var flags: NodeFlags = []
    draft.append(try assignedValue(), to: &children)
    if take(.equal) { flags.insert(.isDebug) }
    var conversion: UInt8 = 0
    if kind == .exclamation {
      let mark = tokens[position].end
      advance()
      guard kind == .name else {
        throw fail("f-string: invalid conversion character")
      }
      guard tokens[position].start == mark else {
        throw fail("f-string: conversion type must come right after the exclamation mark")
      }
      conversion = source[Int(tokens[position].start)]
      let isKnown = "rsa".utf8.contains(conversion)
      guard isKnown, tokens[position].end - tokens[position].start == 1 else {
        throw fail(
          "f-string: invalid conversion character '\(text(position))': expected 's', 'r', or 'a'")
      }
      advance()
    }
    if kind == .colon {
      flags.insert(.hasExtra)
      advance()
      let spec = position
      var parts = Children()
      while kind == .formatMiddle || kind == .leftBrace {
        if kind == .formatMiddle {
          draft.append(try stringPart(isRaw: isRaw), to: &parts)
        } else {
          draft.append(try field(isRaw: isRaw), to: &parts)
        }
      }
      draft.append(node(.formatSpec, from: spec, parts), to: &children)
    }
    try expect(.rightBrace, "f-string: expecting '}'")
    return node(.formattedValue, from: start, children, flags: flags, detail: conversion)
  }
}
