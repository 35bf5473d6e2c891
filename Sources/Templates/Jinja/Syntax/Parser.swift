/// Reads a template's tokens into statements and expressions, with Jinja2's grammar, precedence and messages.
package struct Parser {
  var lexer: Lexer
  /// The token that is looked at.
  var current: Token
  private var ahead: Token?
  /// The values of ``current`` and of the token ahead, when they are literals.
  private var currentValue = Literal.none
  private var aheadValue = Literal.none
  let environment: TemplateEnvironment
  /// The tags that are open, innermost last.
  var openTags: [String] = []
  /// What would end the bodies that are open.
  var awaited: [[Keyword]] = []
  var depth = 0
  /// Operators, filters, calls and subscripts of the expression that is read: each may make the tree deeper.
  private var links = 0
  /// Whether a method that changes its object is named anywhere, or another template is brought in.
  var mayMutate = false
  var hasExtends = false
  private var names = RecentNames()

  init(source: SourceText, environment: TemplateEnvironment) throws(TemplateError) {
    self.environment = environment
    lexer = Lexer(source, delimiters: environment.delimiters)
    current = Token(kind: .data, position: .start, end: 0)
    try advance()
  }

  // MARK: Tokens

  /// Moves on and gives the token that was looked at.
  @discardableResult
  mutating func advance() throws(TemplateError) -> Token {
    let token = current
    if let next = ahead {
      current = next
      currentValue = aheadValue
      ahead = nil
    } else {
      current = try lexer.next()
      currentValue = value(of: current)
    }
    return token
  }

  /// The token after the current one.
  mutating func look() throws(TemplateError) -> Token {
    if let ahead { return ahead }
    let next = try lexer.next()
    ahead = next
    aheadValue = value(of: next)
    return next
  }

  private func value(of token: Token) -> Literal {
    switch token.kind {
    case .string: .string(lexer.string)
    case .integer, .float: lexer.number
    default: .none
    }
  }

  /// The literal that the current token is.
  var literal: Literal { currentValue }

  /// The text of a name or of any other token.
  func text(of token: Token) -> Text {
    Text(lexer.source[Int(token.position.offset)..<Int(token.end)])
  }

  /// The text of a name; one that was read just before costs no memory.
  mutating func name(of token: Token) -> Text {
    lexer.source.withUnsafeBufferPointer {
      names.text(UnsafeBufferPointer(rebasing: $0[Int(token.position.offset)..<Int(token.end)]))
    }
  }

  func isName(_ keyword: Keyword) -> Bool { current.kind == .name && current.keyword == keyword }

  mutating func skip(_ keyword: Keyword) throws(TemplateError) -> Bool {
    guard isName(keyword) else { return false }
    try advance()
    return true
  }

  mutating func skip(_ kind: Token.Kind) throws(TemplateError) -> Bool {
    guard current.kind == kind else { return false }
    try advance()
    return true
  }

  @discardableResult
  mutating func expect(_ kind: Token.Kind) throws(TemplateError) -> Token {
    guard current.kind == kind else { throw unexpected(kind.rawValue) }
    return try advance()
  }

  @discardableResult
  mutating func expect(_ keyword: Keyword) throws(TemplateError) -> Token {
    guard isName(keyword) else { throw unexpected(keyword.rawValue) }
    return try advance()
  }

  private func unexpected(_ wanted: String) -> TemplateError {
    let wanted = Printing.repr(Text(wanted))
    if current.kind == .end {
      return error("unexpected end of template, expected \(wanted).")
    }
    return error("expected token \(wanted), got \(Printing.repr(describe(current)))")
  }

  /// How a message names a token.
  func describe(_ token: Token) -> Text {
    token.kind == .name ? text(of: token) : Text(token.kind.rawValue)
  }

  /// An error at a place, at the current token when none is given.
  func error(
    _ message: String, at position: Position? = nil, _ exception: String = "TemplateSyntaxError"
  ) -> TemplateError {
    let place = position ?? current.position
    return TemplateError(
      exception, message, line: Int(place.line),
      column: SourceColumn.column(of: Int(place.offset), in: lexer.source))
  }

  /// Counts a level of nesting.
  mutating func deeper() throws(TemplateError) {
    depth += 1
    if depth > 100 { throw tooDeep }
  }

  /// Counts what chains one more part to an expression; CPython's own compiler gives up at 200.
  mutating func link() throws(TemplateError) {
    links += 1
    if links > 400 { throw tooDeep }
  }

  /// A new expression stands in a tag.
  mutating func beginChain() { links = 0 }

  private var tooDeep: TemplateError {
    TemplateError(
      "RecursionError", "maximum recursion depth exceeded", line: Int(current.position.line))
  }
}
