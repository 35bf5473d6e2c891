extension Parser {
  /// `if` with its `elif`s, read in a loop: a chain of a thousand is not deep.
  mutating func ifStatement() throws(Stop) -> Ref {
    var clauses: [(start: Int, children: Children)] = []
    repeat {
      let start = position
      let word = clauses.isEmpty ? "'if' statement" : "'elif' statement"
      advance()
      var children = Children()
      draft.append(try namedExpression(), to: &children)
      draft.append(try suite(after: word, line: start), to: &children)
      clauses.append((start, children))
    } while kind == .elifKeyword
    var rest: Ref = 0
    if kind == .elseKeyword { rest = try elseSuite() }
    while let clause = clauses.popLast() {
      var children = clause.children
      if rest != 0 { draft.append(rest, to: &children) }
      var flags: NodeFlags = rest != 0 ? .hasElse : []
      if !clauses.isEmpty { flags.insert(.isMarked) }
      let statement = node(.ifStatement, from: clause.start, children, flags: flags)
      guard !clauses.isEmpty else { return statement }
      var inner = Children()
      draft.append(statement, to: &inner)
      rest = node(.suite, from: clause.start, inner)
    }
    return rest
  }

  private mutating func elseSuite() throws(Stop) -> Ref {
    let start = position
    advance()
    return try suite(after: "'else' statement", line: start)
  }

  mutating func whileLoop() throws(Stop) -> Ref {
    let start = position
    advance()
    var children = Children()
    var flags: NodeFlags = []
    draft.append(try namedExpression(), to: &children)
    draft.append(try suite(after: "'while' statement", line: start), to: &children)
    if kind == .elseKeyword {
      flags.insert(.hasElse)
      draft.append(try elseSuite(), to: &children)
    }
    return node(.whileLoop, from: start, children, flags: flags)
  }

  mutating func forLoop(from start: Int, isAsync: Bool = false) throws(Stop) -> Ref {
    advance()
    var children = Children()
    var flags: NodeFlags = isAsync ? .isMarked : []
    draft.append(try targets(), to: &children)
    try expect(.inKeyword)
    draft.append(try starExpressions(), to: &children)
    draft.append(try suite(after: "'for' statement", line: start), to: &children)
    if kind == .elseKeyword {
      flags.insert(.hasElse)
      draft.append(try elseSuite(), to: &children)
    }
    return node(.forLoop, from: start, children, flags: flags)
  }

  // MARK: with

  mutating func withStatement(from start: Int, isAsync: Bool = false) throws(Stop) -> Ref {
    advance()
    var children = Children()
    // Brackets around the items are tried first, as CPython does: `with (a, b):` has two items.
    if kind != .leftParenthesis || !groupedItems(&children) {
      repeat { draft.append(try withItem(), to: &children) } while take(.comma)
    }
    draft.append(try suite(after: "'with' statement", line: start), to: &children)
    return node(.with, from: start, children, flags: isAsync ? .isMarked : [])
  }

  /// Items in brackets up to the colon; false, with nothing taken, when the bracket is an expression's.
  private mutating func groupedItems(_ children: inout Children) -> Bool {
    let mark = Mark(self)
    do throws(Stop) {
      advance()
      var items = Children()
      repeat {
        if kind == .rightParenthesis, items.count > 0 { break }
        draft.append(try withItem(), to: &items)
      } while take(.comma)
      try expect(.rightParenthesis)
      guard kind == .colon else { throw fail() }
      children = items
      return true
    } catch {
      restore(mark)
      return false
    }
  }

  private mutating func withItem() throws(Stop) -> Ref {
    let start = position
    var children = Children()
    draft.append(try expression(), to: &children)
    var flags: NodeFlags = []
    if take(.asKeyword) {
      flags.insert(.hasValue)
      let target = try starExpression()
      try check(target, .context)
      draft.append(target, to: &children)
      guard kind == .comma || kind == .colon || kind == .rightParenthesis else { throw fail() }
    }
    return node(.withItem, from: start, children, flags: flags)
  }

  /// A place to come back to when an attempt fails.
  struct Mark {
    var position: Int
    var kind: TokenKind
    var previousEnd: Int
    var nodes: Int
    var comparisons: Int
    var problems: Int
    var depth: Int

    init(_ parser: borrowing Parser) {
      position = parser.position
      kind = parser.kind
      previousEnd = parser.previousEnd
      nodes = parser.draft.count
      comparisons = parser.comparisons.count
      problems = parser.problems.count
      depth = parser.depth
    }
  }

  mutating func restore(_ mark: Mark) {
    position = mark.position
    kind = mark.kind
    previousEnd = mark.previousEnd
    draft.truncate(to: mark.nodes)
    comparisons.removeSubrange(mark.comparisons...)
    problems.removeSubrange(mark.problems...)
    problem = nil
    depth = mark.depth
  }

  // MARK: try

  mutating func tryStatement() throws(Stop) -> Ref {
    let start = position
    advance()
    var children = Children()
    var flags: NodeFlags = []
    draft.append(try suite(after: "'try' statement", line: start), to: &children)
    var handlers = 0
    while kind == .exceptKeyword {
      let handler = position
      advance()
      let isStar = take(.star)
      if handlers > 0, isStar != flags.contains(.isMarked) {
        throw fail("cannot have both 'except' and 'except*' on the same 'try'")
      }
      if isStar { flags.insert(.isMarked) }
      draft.append(try exceptHandler(from: handler, isStar: isStar), to: &children)
      handlers += 1
    }
    if handlers > 0, kind == .elseKeyword {
      flags.insert(.hasElse)
      draft.append(try elseSuite(), to: &children)
    }
    if kind == .finallyKeyword {
      flags.insert(.hasFinally)
      let line = position
      advance()
      draft.append(try suite(after: "'finally' statement", line: line), to: &children)
    } else if handlers == 0 {
      throw fail("expected 'except' or 'finally' block")
    }
    return node(.tryStatement, from: start, children, flags: flags)
  }

  /// What follows `except`.
  private mutating func exceptHandler(from start: Int, isStar: Bool) throws(Stop) -> Ref {
    var children = Children()
    var flags: NodeFlags = []
    var name = 0
    if kind != .colon {
      guard !isStar || beginsExpression else { throw fail("expected one or more exception types") }
      flags.insert(.hasType)
      let first = position
      var type = try expression()
      if kind == .comma {
        // 3.14 lets the brackets go, unless there is a name.
        var types = Children()
        draft.append(type, to: &types)
        while take(.comma), beginsExpression { draft.append(try expression(), to: &types) }
        type = node(.tuple, from: first, types)
        if kind == .asKeyword {
          throw fail("multiple exception types must be parenthesized when using 'as'", at: type)
        }
      }
      draft.append(type, to: &children)
      if take(.asKeyword) {
        flags.insert(.hasName)
        name = position
        try expect(.name)
      }
    } else if isStar {
      throw fail("expected one or more exception types")
    }
    let header = isStar ? "'except*' statement" : "'except' statement"
    draft.append(try suite(after: header, line: start), to: &children)
    return node(.exceptHandler, from: start, children, flags: flags, data: name)
  }

  // MARK: match

  /// A `match` statement; nil, with nothing taken, when `match` is a name here.
  mutating func matchStatement() -> Ref? {
    let next = peek()
    guard next != .colon, next != .dot, next != .equal, next != .comma else { return nil }
    let mark = Mark(self)
    let start = position
    var children = Children()
    do throws(Stop) {
      advance()
      let first = position
      var subject = try starNamedExpression()
      if kind == .comma {
        var parts = Children()
        draft.append(subject, to: &parts)
        while take(.comma), beginsExpression || kind == .star {
          draft.append(try starNamedExpression(), to: &parts)
        }
        subject = node(.tuple, from: first, parts)
      } else if draft[subject].kind == .starred {
        throw fail()
      }
      draft.append(subject, to: &children)
      guard kind == .colon, peek() == .newline, peek(2) == .indent else { throw fail() }
      advance()
      skip()
      skip()
      guard isSoftKeyword("case") else { throw fail() }
    } catch {
      restore(mark)
      return nil
    }
    while kind != .dedent, kind != .end { matchCase(&children) }
    let match = node(.match, from: start, children)
    if kind == .dedent { skip() }
    return match
  }

  private mutating func matchCase(_ children: inout Children) {
    let start = position
    let outer = depth
    do throws(Stop) {
      guard isSoftKeyword("case") else { throw fail() }
      advance()
      var own = Children()
      var flags: NodeFlags = []
      draft.append(try patterns(), to: &own)
      if take(.ifKeyword) {
        flags.insert(.hasExtra)
        draft.append(try namedExpression(), to: &own)
      }
      draft.append(try suite(after: "'case' statement", line: start), to: &own)
      draft.append(node(.matchCase, from: start, own, flags: flags), to: &children)
    } catch {
      depth = outer
      if let problem { problems.append(problem) }
      skipLine(from: start, &children)
    }
  }

  // MARK: Definitions

  mutating func decorated() throws(Stop) -> Ref {
    var decorators = Children()
    while kind == .at {
      let start = position
      advance()
      var children = Children()
      draft.append(try namedExpression(), to: &children)
      draft.append(node(.decorator, from: start, children), to: &decorators)
      guard kind == .newline else { throw fail() }
      skip()
    }
    switch kind {
    case .defKeyword: return try function(from: position, decorators)
    case .classKeyword: return try classDef(decorators)
    case .asyncKeyword where peek() == .defKeyword: return try asyncStatement(decorators)
    default: throw fail()
    }
  }

  mutating func asyncStatement(_ decorators: Children) throws(Stop) -> Ref {
    let start = position
    advance()
    switch kind {
    case .defKeyword: return try function(from: start, decorators, isAsync: true)
    case .forKeyword: return try forLoop(from: start, isAsync: true)
    case .withKeyword: return try withStatement(from: start, isAsync: true)
    default: throw fail()
    }
  }

  mutating func function(
    from start: Int, _ decorators: Children, isAsync: Bool = false
  ) throws(Stop) -> Ref {
    var children = decorators
    var flags: NodeFlags = isAsync ? .isMarked : []
    advance()
    let name = position
    try expect(.name)
    if kind == .leftBracket {
      flags.insert(.hasTypeParameters)
      draft.append(try typeParameters(), to: &children)
    }
    try expect(.leftParenthesis, "expected '('")
    draft.append(try parameters(until: .rightParenthesis), to: &children)
    try expect(.rightParenthesis)
    if take(.arrow) {
      flags.insert(.hasType)
      draft.append(try expression(), to: &children)
    }
    draft.append(try suite(after: "function definition", line: start), to: &children)
    return node(.functionDef, from: start, children, flags: flags, data: name)
  }

  mutating func classDef(_ decorators: Children) throws(Stop) -> Ref {
    let start = position
    var children = decorators
    var flags: NodeFlags = []
    advance()
    let name = position
    try expect(.name)
    if kind == .leftBracket {
      flags.insert(.hasTypeParameters)
      draft.append(try typeParameters(), to: &children)
    }
    if kind == .leftParenthesis { try arguments(&children, isClass: true) }
    draft.append(try suite(after: "class definition", line: start), to: &children)
    return node(.classDef, from: start, children, flags: flags, data: name)
  }
}
