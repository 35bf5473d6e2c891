import Platform
import Python

/// E301 to E306: blank lines around functions and classes, and nowhere too many.
struct BlankLines: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    // In a notebook the cells stand apart.
    guard !source.isNotebook else { return }
    let layout = source.layout
    source.list.tokens.withUnsafeBufferPointer { tokens in
      layout.traits.withUnsafeBufferPointer { traits in
        check(layout.lines, BlankLineReader(tokens, traits), source, report)
      }
    }
  }

  private func check(
    _ lines: [LayoutLines.Line], _ reader: BlankLineReader, _ source: PythonSource,
    _ report: (PythonFinding) -> Void
  ) {
    var reader = reader
    var state = BlankLineState()
    /// The indentation of the last line that was no comment.
    var lastIndent: Int?
    var last: StatementLine?
    for own in lines {
      let line = reader.read(own)
      if let lastIndent, lastIndent > line.indent { state.follows = .other }
      if let last, last.isComment, last.indent != line.indent { state.lastEnd = last.end }
      state.classes.enter(line)
      state.functions.enter(line)
      let check = BlankLineCheck(line, state, lastIndent, source)
      check.run(report)
      state.leave(line)
      if !line.isComment { lastIndent = line.indent }
      last = line
    }
  }
}

/// A logical line as blank lines are counted around it.
struct StatementLine {
  enum Kind {
    case classLine, decorator, function, comment, importLine, importFrom, other

    var isDefinition: Bool { self == .classLine || self == .function || self == .decorator }
  }

  var kind: Kind
  /// The first token, `indent` and `dedent` aside.
  var first: Token
  /// The kind of the last token that is code.
  var last: TokenKind?
  /// The byte behind its line end.
  var end: Int
  var isComment: Bool
  var isDocstring: Bool
  /// In columns, tabs to four.
  var indent: Int
  /// The blank lines before it.
  var blanks: Int
  var blankRange: Range<Int>?
  /// The most blank lines in a row since the last line of code: those above comments count too.
  var most: Int
}

/// Whether lines are in the body of a class, or a function.
enum BodyState {
  case outside
  case inside(Int)
  /// Behind a comment that is less indented than the body, which may still go on.
  case behindComment(Int)

  mutating func enter(_ line: StatementLine) {
    switch self {
    case .outside: break
    case .inside(let indent):
      guard line.indent <= indent else { return }
      self = line.isComment ? .behindComment(indent) : .outside
    case .behindComment(let indent):
      guard !line.isComment else { return }
      self = line.indent > indent ? .inside(indent) : .outside
    }
  }

  var isInside: Bool { if case .inside = self { true } else { false } }
  var isOutside: Bool { if case .outside = self { true } else { false } }
}

/// What came before a line.
struct BlankLineState {
  enum Follows {
    case other, decorator, function
    /// A function whose body is `...` on its own line.
    case stub
    case importLine, importFrom, docstring

    var isFunction: Bool { self == .function || self == .stub }
    var isImport: Bool { self == .importLine || self == .importFrom }
  }

  var follows = Follows.other
  var functions = BodyState.outside
  var classes = BodyState.outside
  var hasCode = false
  /// The end of the last line that comments above a definition do not belong to.
  var lastEnd = 0
  /// The last line of code that is not indented.
  var lastTop: StatementLine.Kind?

  mutating func leave(_ line: StatementLine) {
    switch line.kind {
    case .classLine:
      if classes.isOutside { classes = .inside(line.indent) }
      follows = .other
    case .decorator: follows = .decorator
    case .function:
      if functions.isOutside { functions = .inside(line.indent) }
      follows = line.last == .ellipsis ? .stub : .function
    case .comment: break
    case .importLine: follows = .importLine
    case .importFrom: follows = .importFrom
    case .other: follows = .other
    }
    if line.isDocstring { follows = .docstring }
    guard !line.isComment else { return }
    hasCode = true
    lastEnd = line.end
    if line.indent == 0 { lastTop = line.kind }
  }
}
