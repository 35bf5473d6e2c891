extension Parser {
  /// Reads the whole template.
  mutating func template() throws(TemplateError) -> [Statement] {
    try statements(until: nil)
  }

  /// Reads text and tags up to one of some tags, whose name is then current; up to the end when none is given.
  private mutating func statements(until ends: [Keyword]?) throws(TemplateError) -> [Statement] {
    var body: [Statement] = []
    var parts: [OutputPart] = []
    if let ends { awaited.append(ends) }
    func flush() {
      guard let first = parts.first else { return }
      let position: Position =
        switch first {
        case .data(_, let position): position
        case .value(let expression): expression.position
        }
      body.append(.output(parts, position))
      parts = []
    }
    while current.kind != .end {
      switch current.kind {
      case .data:
        let range = Int(current.position.offset)..<Int(current.end)
        parts.append(.data(textData(range), current.position))
        try advance()
      case .variableBegin:
        try advance()
        beginChain()
        parts.append(.value(try tuple()))
        try expect(.variableEnd)
      default:
        flush()
        try advance()
        beginChain()
        if let ends, current.kind == .name, ends.contains(current.keyword) {
          awaited.removeLast()
          return body
        }
        body += try statement()
        try expect(.blockEnd)
      }
    }
    flush()
    if ends != nil { awaited.removeLast() }
    return body
  }

  func textData(_ range: Range<Int>) -> ArraySlice<UInt8> {
    let slice = lexer.source[range]
    let newline = environment.delimiters.newline
    guard newline != [0x0A], slice.contains(0x0A) else { return slice }
    var bytes: [UInt8] = []
    for byte in slice {
      if byte == 0x0A { bytes += newline } else { bytes.append(byte) }
    }
    return bytes[...]
  }

  /// Reads the rest of a tag and its body up to one of some tags, whose name is then current.
  mutating func body(until ends: [Keyword]) throws(TemplateError) -> [Statement] {
    _ = try skip(.colon)
    try expect(.blockEnd)
    try deeper()
    let body = try statements(until: ends)
    depth -= 1
    if current.kind == .end { throw unfinished(name: nil, awaited + [ends], current.position) }
    return body
  }

  /// The same up to one tag, which is passed.
  mutating func body(before end: Keyword) throws(TemplateError) -> [Statement] {
    let body = try body(until: [end])
    try advance()
    return body
  }

  private mutating func statement() throws(TemplateError) -> [Statement] {
    let token = current
    guard token.kind == .name else { throw error("tag name expected", at: token.position) }
    let name = text(of: token).string
    openTags.append(name)
    if let tag = environment.library.tags[name] {
      try advance()
      let expressions = try tag.read(&self)
      openTags.removeLast()
      return [.custom(name, expressions, token.position)]
    }
    if token.keyword == .trans, environment.hasTranslations {
      let statements = try translation()
      openTags.removeLast()
      return statements
    }
    guard let result = try known(token) else {
      openTags.removeLast()
      throw unfinished(name: name, awaited, token.position)
    }
    openTags.removeLast()
    return [result]
  }

  private mutating func known(_ token: Token) throws(TemplateError) -> Statement? {
    switch token.keyword {
    case .for: try loop()
    case .if: try conditional()
    case .block: try block()
    case .extends: try extends()
    case .print: try print()
    case .macro: try macro()
    case .include: try include()
    case .from: try importNames()
    case .import: try importModule()
    case .set: try set()
    case .with: try with()
    case .autoescape: try autoescape()
    case .call: try callBlock()
    case .filter: try filterBlock()
    case .do where environment.hasDo:
      .evaluate(try afterName { (p) throws(TemplateError) in try p.tuple() }, token.position)
    case .break where environment.hasLoopControls: try control(.break(token.position))
    case .continue where environment.hasLoopControls: try control(.continue(token.position))
    default: nil
    }
  }

  private mutating func afterName(
    _ read: (inout Parser) throws(TemplateError) -> Expression
  ) throws(TemplateError) -> Expression {
    try advance()
    return try read(&self)
  }

  private mutating func control(_ statement: Statement) throws(TemplateError) -> Statement {
    try advance()
    return statement
  }

  /// The error of a tag that is unknown, or of a template that ends too early.
  private func unfinished(
    name: String?, _ awaited: [[Keyword]], _ position: Position
  ) -> TemplateError {
    var parts: [String] = []
    if let name {
      parts.append("Encountered unknown tag \(Printing.repr(Text(name))).")
    } else {
      parts.append("Unexpected end of template.")
    }
    if let last = awaited.last {
      let looking = last.map { "'\($0.rawValue)'" }.joined(separator: " or ")
      let isExpected =
        name.map { name in awaited.joined().contains { $0.rawValue == name } } ?? false
      parts.append(
        isExpected
          ? "You probably made a nesting mistake. Jinja is expecting this tag, but currently "
            + "looking for \(looking)."
          : "Jinja was looking for the following tags: \(looking).")
    }
    if let tag = openTags.last {
      parts.append(
        "The innermost block that needs to be closed is \(Printing.repr(Text(tag))).")
    }
    return error(parts.joined(separator: " "), at: position)
  }

  // MARK: Targets

  /// Reads what stands left of `=` or of `in`.
  mutating func target(
    allowsNamespace: Bool = false
  ) throws(TemplateError) -> Expression {
    let target = try tuple(isSimple: true, allowsNamespace: allowsNamespace)
    guard target.isAssignable else {
      throw error("can't assign to '\(target.nodeName)'", at: target.position)
    }
    return target
  }

  /// Reads a name that is assigned to.
  mutating func targetName() throws(TemplateError) -> (name: Text, position: Position) {
    let token = try expect(.name)
    let name = text(of: token)
    guard Expression.name(name, token.position).isAssignable else {
      throw error("can't assign to 'name'", at: token.position)
    }
    return (name, token.position)
  }
}
