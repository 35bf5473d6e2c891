extension Parser {
  mutating func set() throws(TemplateError) -> Statement {
    let position = try advance().position
    let target = try target(allowsNamespace: true)
    if try skip(.assign) {
      return .assign(target: target, value: try tuple(), position)
    }
    let filter = try filterChain(nil)
    return .assignBlock(target: target, filter: filter, body: try body(before: .endset), position)
  }

  mutating func loop() throws(TemplateError) -> Statement {
    let position = try expect(.for).position
    let target = try target()
    try expect(.in)
    let source = try tuple(allowsConditional: false)
    var test: Expression?
    if try skip(.if) { test = try expression() }
    let isRecursive = try skip(.recursive)
    let body = try body(until: [.endfor, .else])
    var otherwise: [Statement] = []
    if try advance().keyword == .else { otherwise = try self.body(before: .endfor) }
    return .loop(
      LoopStatement(
        target: target, source: source, test: test, isRecursive: isRecursive, body: body,
        otherwise: otherwise, position: position))
  }

  mutating func conditional() throws(TemplateError) -> Statement {
    let position = try expect(.if).position
    var branches: [Branch] = []
    var otherwise: [Statement] = []
    var start = position
    while true {
      let test = try tuple(allowsConditional: false)
      let body = try body(until: [.elif, .else, .endif])
      branches.append(Branch(test: test, body: body, position: start))
      let token = try advance()
      if token.keyword == .elif {
        start = current.position
        continue
      }
      if token.keyword == .else { otherwise = try self.body(before: .endif) }
      break
    }
    return .conditional(branches, else: otherwise, position)
  }

  mutating func with() throws(TemplateError) -> Statement {
    let position = try advance().position
    var targets: [Expression] = []
    var values: [Expression] = []
    while current.kind != .blockEnd {
      if !targets.isEmpty { try expect(.comma) }
      targets.append(try target())
      try expect(.assign)
      values.append(try expression())
    }
    return .with(targets: targets, values: values, body: try body(before: .endwith), position)
  }

  mutating func autoescape() throws(TemplateError) -> Statement {
    let position = try advance().position
    let value = try expression()
    return .autoescape(value, body: try body(before: .endautoescape), position)
  }

  mutating func block() throws(TemplateError) -> Statement {
    let position = try advance().position
    let name = text(of: try expect(.name))
    let isScoped = try skip(.scoped)
    let isRequired = try skip(.required)
    if current.kind == .subtract {
      throw error(
        "Block names in Jinja have to be valid Python identifiers and may not contain hyphens, "
          + "use an underscore instead.")
    }
    let body = try body(before: .endblock)
    if isRequired, !body.allSatisfy(\.isWhiteSpace) {
      throw error("Required blocks can only contain comments or whitespace")
    }
    if current.kind == .name, text(of: current) == name { try advance() }
    return .block(
      BlockStatement(
        name: name, isScoped: isScoped, isRequired: isRequired, body: body, position: position))
  }

  mutating func extends() throws(TemplateError) -> Statement {
    let position = try advance().position
    mayMutate = true
    hasExtends = true
    return .extends(try expression(), position)
  }

  mutating func print() throws(TemplateError) -> Statement {
    let position = try advance().position
    var parts: [OutputPart] = []
    while current.kind != .blockEnd {
      if !parts.isEmpty { try expect(.comma) }
      parts.append(.value(try expression()))
    }
    return .output(parts, position)
  }

  mutating func include() throws(TemplateError) -> Statement {
    let position = try advance().position
    mayMutate = true
    let template = try expression()
    var ignoresMissing = false
    if isName(.ignore) {
      let next = try look()
      if next.kind == .name, next.keyword == .missing {
        try advance()
        try advance()
        ignoresMissing = true
      }
    }
    let withContext = try importContext() ?? true
    return .include(template, ignoresMissing: ignoresMissing, withContext: withContext, position)
  }

  /// `with context` or `without context`; nil when neither stands there.
  private mutating func importContext() throws(TemplateError) -> Bool? {
    guard isName(.with) || isName(.without) else { return nil }
    let next = try look()
    guard next.kind == .name, next.keyword == .context else { return nil }
    let isWith = try advance().keyword == .with
    try advance()
    return isWith
  }

  mutating func importModule() throws(TemplateError) -> Statement {
    let position = try advance().position
    mayMutate = true
    let template = try expression()
    try expect(.as)
    let target = try targetName().name
    let withContext = try importContext() ?? false
    return .importModule(template, target: target, withContext: withContext, position)
  }

  mutating func importNames() throws(TemplateError) -> Statement {
    let position = try advance().position
    mayMutate = true
    let template = try expression()
    try expect(.import)
    var names: [ImportedName] = []
    var withContext: Bool?
    while true {
      if !names.isEmpty { try expect(.comma) }
      guard current.kind == .name else {
        try expect(Token.Kind.name)
        continue
      }
      withContext = try importContext()
      if withContext != nil { break }
      let (name, place) = try targetName()
      if name.bytes.first == UInt8(ascii: "_") {
        throw error(
          "names starting with an underline can not be imported", at: place,
          "TemplateAssertionError")
      }
      let alias = try skip(.as) ? try targetName().name : name
      names.append(ImportedName(name: name, alias: alias))
      withContext = try importContext()
      if withContext != nil || current.kind != .comma { break }
    }
    return .importNames(template, names, withContext: withContext ?? false, position)
  }

  private mutating func signature(_ macro: inout MacroStatement) throws(TemplateError) {
    try expect(.leftParenthesis)
    while current.kind != .rightParenthesis {
      if !macro.parameters.isEmpty { try expect(.comma) }
      let (name, _) = try targetName()
      if try skip(.assign) {
        macro.defaults.append(try expression())
      } else if !macro.defaults.isEmpty {
        throw error("non-default argument follows default argument")
      }
      macro.parameters.append(name)
    }
    try expect(.rightParenthesis)
  }

  mutating func callBlock() throws(TemplateError) -> Statement {
    var macro = MacroStatement(position: try advance().position)
    if current.kind == .leftParenthesis { try signature(&macro) }
    let call = try expression()
    guard case .call = call else { throw error("expected call", at: macro.position) }
    macro.body = try body(before: .endcall)
    return .callBlock(call, macro)
  }

  mutating func filterBlock() throws(TemplateError) -> Statement {
    let position = try advance().position
    guard let filter = try filterChain(nil, isInline: true) else { throw error("expected filter") }
    return .filterBlock(filter, body: try body(before: .endfilter), position)
  }

  mutating func macro() throws(TemplateError) -> Statement {
    var macro = MacroStatement(position: try advance().position)
    let name = try targetName().name
    try signature(&macro)
    macro.body = try body(before: .endmacro)
    return .macro(name: name, macro)
  }
}

extension Statement {
  /// Whether it is text of nothing but white space.
  fileprivate var isWhiteSpace: Bool {
    guard case .output(let parts, _) = self else { return false }
    return parts.allSatisfy { part in
      guard case .data(let bytes, _) = part else { return false }
      return Array(bytes).withUnsafeBufferPointer { SourceText.endOfSpace($0, 0) == $0.count }
    }
  }
}
