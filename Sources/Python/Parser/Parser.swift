/// Turns tokens into a tree: recursive descent, with operators by precedence, after CPython's `Grammar/python.gram` of
/// 3.14 and with what 3.8 to 3.13 allowed beyond it.
///
/// A logical line that is no Python becomes an `invalid` node and one problem, and the next line is parsed as if nothing
/// had been. What recurses counts its depth, so that no nesting can use up the stack.
struct Parser: ~Copyable {
  typealias Ref = UInt32
  typealias Children = TreeDraft.Children

  /// The line is no Python; the problem is in `problem`.
  struct Stop: Error {}

  struct Result {
    var nodes: [Node]
    var comparisons: [CompareOperator]
    var problems: [SyntaxProblem]
  }

  /// How deep expressions and patterns may be nested: CPython's tokenizer allows 200 brackets.
  static let maximumDepth = 400

  let tokens: UnsafePointer<Token>
  let source: UnsafeBufferPointer<UInt8>
  let tokenProblems: [SyntaxProblem]
  let lines: LineTable
  /// The token that is looked at, never trivia.
  var position = 0
  var kind: TokenKind
  /// The token behind the last that was taken and is not layout: where a finished node ends.
  var previousEnd = 0
  var draft: TreeDraft
  var comparisons: [CompareOperator] = []
  var problems: [SyntaxProblem] = []
  var depth = 0
  /// Why the current line stopped.
  var problem: SyntaxProblem?
  /// Problems before this token have been passed, so many.
  private var passed = (token: 0, problems: 0)

  static func parse(_ list: TokenList) -> Result {
    list.tokens.withUnsafeBufferPointer { tokens in
      list.source.withUnsafeBufferPointer { source in
        // A list always has its `end`.
        guard let base = tokens.baseAddress else {
          return Result(nodes: [], comparisons: [], problems: list.problems)
        }
        var parser = Parser(
          tokens: base, source: source, list: list, capacity: tokens.count)
        let root = parser.parseModule()
        let (comparisons, problems) = (parser.comparisons, parser.problems)
        return Result(
          nodes: parser.finish(root), comparisons: comparisons, problems: problems)
      }
    }
  }

  init(
    tokens: UnsafePointer<Token>, source: UnsafeBufferPointer<UInt8>, list: TokenList,
    capacity: Int
  ) {
    self.tokens = tokens
    self.source = source
    tokenProblems = list.problems
    lines = list.lines
    draft = TreeDraft(capacity: capacity)
    kind = tokens[0].kind
    while kind.isTrivia {
      position += 1
      kind = tokens[position].kind
    }
  }

  consuming func finish(_ root: Ref) -> [Node] { draft.finish(root: root) }

  // MARK: Tokens

  /// Takes the token.
  @inline(__always)
  mutating func advance() {
    previousEnd = position + 1
    skip()
  }

  /// Takes a token of layout, at which no node ends.
  @inline(__always)
  mutating func skip() {
    guard kind != .end else { return }
    repeat { position += 1 } while tokens[position].kind.isTrivia
    kind = tokens[position].kind
  }

  @inline(__always)
  mutating func take(_ wanted: TokenKind) -> Bool {
    guard kind == wanted else { return false }
    advance()
    return true
  }

  @inline(__always)
  mutating func expect(_ wanted: TokenKind, _ message: String? = nil) throws(Stop) {
    guard kind == wanted else { throw fail(message) }
    advance()
  }

  /// The kind of the token behind the current.
  func peek(_ distance: Int = 1) -> TokenKind {
    var index = position
    for _ in 0..<distance {
      guard tokens[index].kind != .end else { return .end }
      repeat { index += 1 } while tokens[index].kind.isTrivia
    }
    return tokens[index].kind
  }

  /// Whether a token is spelled like that.
  func isSpelled(_ text: StaticString, _ index: Int) -> Bool {
    let token = tokens[index]
    guard Int(token.end - token.start) == text.utf8CodeUnitCount else { return false }
    for offset in 0..<text.utf8CodeUnitCount
    where source[Int(token.start) + offset] != text.utf8Start[offset] { return false }
    return true
  }

  /// Whether the current token is a name that this place takes for a keyword.
  func isSoftKeyword(_ text: StaticString) -> Bool { kind == .name && isSpelled(text, position) }

  func text(_ index: Int) -> String {
    let token = tokens[index]
    return String(decoding: source[Int(token.start)..<Int(token.end)], as: UTF8.self)
  }

  // MARK: Nodes

  /// A node from a token up to the last token taken.
  @inline(__always)
  mutating func node(
    _ kind: NodeKind, from first: Int, _ children: Children = Children(), flags: NodeFlags = [],
    detail: UInt8 = 0, data: Int = 0
  ) -> Ref {
    draft.add(
      TreeDraft.Draft(
        kind: kind, flags: flags, detail: detail, firstToken: UInt32(truncatingIfNeeded: first),
        endToken: UInt32(truncatingIfNeeded: max(first, previousEnd)),
        data: UInt32(truncatingIfNeeded: data), firstChild: children.first, next: 0))
  }

  func firstToken(_ node: Ref) -> Int { Int(draft[node].firstToken) }

  func isParenthesized(_ node: Ref) -> Bool { draft[node].flags.contains(.isParenthesized) }

  // MARK: Problems

  /// Notes why the line stops here; what the tokenizer said about this place goes before.
  mutating func fail(_ message: String? = nil, at node: Ref? = nil) -> Stop {
    if kind == .error, let known = tokenProblem() {
      problem = known
      return Stop()
    }
    var (start, end) = (Int(tokens[position].start), Int(tokens[position].end))
    if let node {
      start = Int(tokens[firstToken(node)].start)
      end = Int(tokens[max(firstToken(node), Int(draft[node].endToken) - 1)].end)
    }
    problem = SyntaxProblem(
      kind: .syntax, start: start, end: max(start, end), message: message ?? "invalid syntax")
    return Stop()
  }

  /// What the tokenizer said about the current token.
  private mutating func tokenProblem() -> SyntaxProblem? {
    // An attempt that was taken back may have gone ahead.
    if passed.token > position { passed = (0, 0) }
    while passed.token < position {
      if tokens[passed.token].kind == .error { passed.problems += 1 }
      passed.token += 1
    }
    return passed.problems < tokenProblems.count ? tokenProblems[passed.problems] : nil
  }

  mutating func report(_ message: String, kind: SyntaxProblem.Kind = .syntax) {
    let token = tokens[position]
    problems.append(
      SyntaxProblem(kind: kind, start: Int(token.start), end: Int(token.end), message: message))
  }

  /// Counts one level of nesting.
  @inline(__always)
  mutating func descend() throws(Stop) {
    depth += 1
    guard depth <= Self.maximumDepth else { throw tooDeep() }
  }

  @inline(never)
  private mutating func tooDeep() -> Stop {
    let stop = fail("too deeply nested")
    problem?.kind = .depth
    return stop
  }
}
