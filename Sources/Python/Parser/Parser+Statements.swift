extension Parser {
  mutating func parseModule() -> Ref {
    var children = Children()
    // Indentation that belongs to nothing ends in a `dedent` that belongs to nothing.
    while kind != .end {
      statements(&children)
      if kind == .dedent { skip() }
    }
    let root = node(.module, from: 0, children)
    draft.extend(root, to: position)
    return root
  }

  /// Statements up to the end of the block.
  mutating func statements(_ children: inout Children) {
    var isAfterInvalid = false
    while kind != .dedent, kind != .end {
      // `else` behind an `if` that could not be read is part of the same problem.
      let isSilent = isAfterInvalid && continuesStatement
      isAfterInvalid = !recovering(&children, isSilent: isSilent) || isSilent
    }
  }

  private var continuesStatement: Bool {
    switch kind {
    case .elseKeyword, .elifKeyword, .exceptKeyword, .finallyKeyword: true
    default: isSoftKeyword("case")
    }
  }

  /// One logical line, or a statement with its blocks; false when it is not Python.
  private mutating func recovering(_ children: inout Children, isSilent: Bool) -> Bool {
    let start = position
    if kind == .indent {
      if !isSilent { report("unexpected indent", kind: .indentation) }
      skip()
      statements(&children)
      if kind == .dedent { skip() }
      return true
    }
    if kind == .newline {
      skip()
      return true
    }
    let outer = depth
    do throws(Stop) {
      try statement(&children)
      return true
    } catch {
      depth = outer
      if let problem, !isSilent { problems.append(problem) }
      skipLine(from: start, &children)
      return false
    }
  }

  /// Goes behind a line that is not Python, and the block it begins, whose statements are kept.
  mutating func skipLine(from start: Int, _ children: inout Children) {
    while kind != .newline, kind != .end {
      if kind == .indent || kind == .dedent { skip() } else { advance() }
    }
    if kind == .newline { skip() }
    var inner = Children()
    if kind == .indent {
      skip()
      statements(&inner)
      if kind == .dedent { skip() }
    }
    draft.append(node(.invalid, from: start, inner), to: &children)
  }

  private mutating func statement(_ children: inout Children) throws(Stop) {
    switch kind {
    case .ifKeyword: draft.append(try ifStatement(), to: &children)
    case .whileKeyword: draft.append(try whileLoop(), to: &children)
    case .forKeyword: draft.append(try forLoop(from: position), to: &children)
    case .tryKeyword: draft.append(try tryStatement(), to: &children)
    case .withKeyword: draft.append(try withStatement(from: position), to: &children)
    case .defKeyword:
      draft.append(try function(from: position, Children()), to: &children)
    case .classKeyword: draft.append(try classDef(Children()), to: &children)
    case .at: draft.append(try decorated(), to: &children)
    case .asyncKeyword: draft.append(try asyncStatement(Children()), to: &children)
    case .name where isSoftKeyword("match"):
      guard let match = matchStatement() else { fallthrough }
      draft.append(match, to: &children)
    default: try simpleStatements(&children)
    }
  }

  /// Statements on one line, up to its end.
  private mutating func simpleStatements(_ children: inout Children) throws(Stop) {
    repeat {
      draft.append(try simpleStatement(), to: &children)
    } while take(.semicolon) && kind != .newline && kind != .end
    guard kind == .newline || kind == .end else { throw fail(oldStatement(children.last)) }
    skip()
  }

  /// What CPython says of the statements that Python 3 made functions.
  private func oldStatement(_ last: Ref) -> String? {
    guard draft[last].kind == .expressionStatement, beginsExpression, kind != .error else {
      return nil
    }
    let value = draft[last].firstChild
    guard draft[value].kind == .name, !isParenthesized(value) else { return nil }
    for name in ["print", "exec"] where text(firstToken(value)) == name {
      return "Missing parentheses in call to '\(name)'. Did you mean \(name)(...)?"
    }
    return nil
  }

  /// `:` and what it governs: the rest of the line, or a block.
  mutating func suite(after header: String, line: Int) throws(Stop) -> Ref {
    try expect(.colon, kind == .newline ? "expected ':'" : nil)
    var children = Children()
    guard kind == .newline else {
      let first = position
      try simpleStatements(&children)
      return node(.suite, from: first, children)
    }
    skip()
    guard kind == .indent else {
      let place = lineNumber(of: line)
      report("expected an indented block after \(header) on line \(place)", kind: .indentation)
      let empty = node(.suite, from: position)
      draft.empty(empty)
      return empty
    }
    skip()
    let first = position
    statements(&children)
    let suite = node(.suite, from: first, children)
    if kind == .dedent { skip() }
    return suite
  }

  /// The 1-based line of a token, for the few messages that name one.
  private func lineNumber(of token: Int) -> Int {
    lines.line(of: Int(tokens[token].start))
  }
}
