extension Compiler {
  /// Compiles the statements of a body.
  mutating func body(
    _ statements: [Statement], _ frame: Frame
  ) throws(TemplateError) -> [Instruction] {
    var instructions: [Instruction] = []
    for statement in statements {
      try compile(statement, frame, into: &instructions)
      // Nothing behind a second certain `extends` is compiled.
      if case .extendedTwice? = instructions.last { break }
    }
    return instructions
  }

  private mutating func compile(
    _ statement: Statement, _ frame: Frame, into result: inout [Instruction]
  ) throws(TemplateError) {
    switch statement {
    case .output(let parts, _): try output(parts, frame, into: &result)
    case .assign(let target, let value, let position):
      var seen = Set<Text>()
      var namespaces: [Slot] = []
      target.forEachNamespace { name in
        if seen.insert(name).inserted { namespaces.append(slot(name, frame)) }
      }
      result.append(
        .assign(
          self.target(target, frame), try code(value, frame), namespaces: namespaces,
          exports: exports(target, frame), position))
    case .assignBlock(let target, let filter, let body, let position):
      var inner = frame.inner()
      inner.needsOutputCheck = false
      inner.symbols.read(body)
      let instructions = try self.body(body, inner)
      inner.isUntracked = true
      let code = try filter.map { (filter) throws(TemplateError) in try self.code(filter, inner) }
      result.append(
        .assignBlock(
          self.target(target, frame), scope(inner), instructions, filter: code,
          exports: exports(target, frame), position))
    case .loop(let loop): result.append(.loop(try self.loop(loop, frame)))
    case .conditional(let branches, let otherwise, _):
      let soft = frame.soft()
      var compiled: [(test: Code, body: [Instruction], position: Position)] = []
      for branch in branches {
        let test = try code(branch.test, soft)
        compiled.append((test, try body(branch.body, soft), branch.position))
      }
      result.append(.conditional(compiled, else: try body(otherwise, soft)))
    case .with(let targets, let values, let body, let position):
      let inner = frame.inner()
      for target in targets { inner.symbols.readTarget(target, asParameter: true) }
      inner.symbols.read(body)
      var pairs: [(target: Target, code: Code)] = []
      for (target, value) in zip(targets, values) {
        pairs.append((self.target(target, inner), try code(value, frame)))
      }
      let instructions = try self.body(body, inner)
      result.append(.with(pairs, scope(inner), instructions, position))
    case .autoescape(let value, let body, let position):
      try autoescape(value, body, position, frame, into: &result)
    case .block(let block): blockCall(block, frame, into: &result)
    case .extends(let template, let position):
      try extends(template, position, frame, into: &result)
    case .include(let template, let ignoresMissing, let withContext, let position):
      result.append(
        .include(
          try code(template, frame), isList: template.isSequence, ignoresMissing: ignoresMissing,
          locals: withContext ? locals(frame) : nil, position))
    case .importModule(let template, let target, let withContext, let position):
      result.append(
        .importModule(
          try code(template, frame), target: slot(target, frame), name: target,
          locals: withContext ? locals(frame) : nil, isTop: frame.isTop, position))
    case .importNames(let template, let names, let withContext, let position):
      let code = try code(template, frame)
      let imports = names.map {
        ImportCode(name: $0.name, alias: NamedSlot(name: $0.alias, slot: slot($0.alias, frame)))
      }
      result.append(
        .importNames(
          code, imports, locals: withContext ? locals(frame) : nil, isTop: frame.isTop,
          place: place(position), position))
    case .macro(let name, let macro):
      let code = try self.macro(macro, name: name, frame)
      result.append(.macro(code, slot(name, frame), isTop: frame.isTop, macro.position))
    case .callBlock(let call, let macro):
      let code = try self.macro(macro, name: nil, frame)
      guard case .call(let function, let arguments, _) = call else { return }
      if arguments.named.contains(where: { $0.name == "caller" }),
        !arguments.named.contains(where: { PythonKeyword.isOne($0.name) })
      {
        problems.note(.code, "keyword argument repeated: caller", self.name, macro.position)
      }
      result.append(
        .callBlock(
          code, try self.code(function, frame), try self.arguments(arguments, frame),
          macro.position))
    case .filterBlock(let filter, let body, let position):
      let inner = frame.inner()
      inner.symbols.read(body)
      inner.symbols.read(filter)
      let instructions = try self.body(body, inner)
      let code = try self.code(filter, inner)
      result.append(.filterBlock(code, scope(inner), instructions, position))
    case .evaluate(let expression, let position):
      result.append(.evaluate(try code(expression, frame), position))
    case .break(let position):
      if !frame.isInLoop { problems.note(.code, "'break' outside loop", name, position) }
      result.append(.break)
    case .continue(let position):
      if !frame.isInLoop {
        problems.note(.code, "'continue' not properly in loop", name, position)
      }
      result.append(.continue)
    case .custom(let name, let expressions, let position):
      guard let tag = environment.library.tags[name] else { return }
      try guarded(frame, into: &result) { (compiler, result) throws(TemplateError) in
        result.append(.custom(tag.write, try compiler.codes(expressions, frame), position))
      }
    }
  }

  /// Wraps what a child template must not print outside its blocks.
  private mutating func guarded(
    _ frame: Frame, into result: inout [Instruction],
    _ compile: (inout Compiler, inout [Instruction]) throws(TemplateError) -> Void
  ) throws(TemplateError) {
    guard frame.needsOutputCheck else { return try compile(&self, &result) }
    if hasKnownExtends { return }
    var inner: [Instruction] = []
    try compile(&self, &inner)
    result.append(.unlessExtended(inner))
  }

  private mutating func output(
    _ parts: [OutputPart], _ frame: Frame, into result: inout [Instruction]
  ) throws(TemplateError) {
    try guarded(frame, into: &result) { (compiler, result) throws(TemplateError) in
      var isFirst = true
      for part in parts {
        switch part {
        case .data(let bytes, _):
          // Where it is not known whether to escape, Jinja2 leaves texts to the render, one by one.
          if compiler.escape.isVolatile { isFirst = true }
          Self.append(bytes, to: &result, isFirst: &isFirst)
          if compiler.escape.isVolatile { isFirst = true }
        case .value(let expression):
          let escape = compiler.escape
          if let text = compiler.folder.text(
            expression, escapes: escape.isOn, isVolatile: escape.isVolatile)
          {
            Self.append(text.bytes[...], to: &result, isFirst: &isFirst)
            continue
          }
          isFirst = true
          result.append(
            .output(
              try compiler.code(expression, frame), compiler.escapeMode, expression.position))
        }
      }
    }
  }

  /// Adds text; texts that follow each other in one output are one piece.
  private static func append(
    _ bytes: ArraySlice<UInt8>, to result: inout [Instruction], isFirst: inout Bool
  ) {
    if !isFirst, case .text(let before)? = result.last {
      result[result.count - 1] = .text(before + bytes)
    } else {
      result.append(.text(bytes))
    }
    isFirst = false
  }

  private mutating func autoescape(
    _ value: Expression, _ body: [Statement], _ position: Position, _ frame: Frame,
    into result: inout [Instruction]
  ) throws(TemplateError) {
    let inner = frame.inner()
    inner.symbols.read(value)
    inner.symbols.read(body)
    let saved = escape
    let code = try code(value, inner)
    if let known = folder.truth(value, escapes: saved.isOn, isVolatile: saved.isVolatile) {
      escape.isOn = known
    } else {
      escape.isVolatile = true
    }
    let instructions = try self.body(body, inner)
    escape = saved
    result.append(.with([], scope(inner), [.autoescape(code, instructions, position)], position))
  }

  private func blockCall(
    _ block: BlockStatement, _ frame: Frame, into result: inout [Instruction]
  ) {
    if frame.isTop, hasKnownExtends { return }
    let call = Instruction.block(
      block.name, locals: block.isScoped ? locals(frame) : nil, isRequired: block.isRequired,
      block.position)
    result.append(frame.isTop && extendsSoFar > 0 ? .unlessExtended([call]) : call)
  }

  private mutating func extends(
    _ template: Expression, _ position: Position, _ frame: Frame,
    into result: inout [Instruction]
  ) throws(TemplateError) {
    guard frame.isTop else {
      throw error("cannot use extend from a non top-level scope", position)
    }
    if extendsSoFar > 0, hasKnownExtends {
      result.append(.extendedTwice(position))
      return
    }
    result.append(
      .extends(try code(template, frame), checksFirst: extendsSoFar > 0, position))
    if frame.isRoot { hasKnownExtends = true }
    extendsSoFar += 1
  }

  /// The names that an assignment at the top of a template shows to others.
  private func exports(_ target: Expression, _ frame: Frame) -> [NamedSlot] {
    guard frame.isTop else { return [] }
    var names: [NamedSlot] = []
    target.forEachAssignedName { name, _ in
      if !names.contains(where: { $0.name == name }) {
        names.append(NamedSlot(name: name, slot: slot(name, frame)))
      }
    }
    return names
  }

  // MARK: Loops and macros

  private mutating func loop(
    _ loop: LoopStatement, _ frame: Frame
  ) throws(TemplateError) -> LoopCode {
    let outerPath = path
    if loop.isRecursive { path += ".<locals>.loop" }
    defer { path = outerPath }
    var inner = loop.isRecursive ? frame.closure() : frame.inner()
    inner.isInLoop = true
    var otherwise = frame.inner()
    if loop.isRecursive {
      otherwise = Frame(
        symbols: Symbols(function: inner.function, parent: frame.symbols),
        function: inner.function, needsOutputCheck: frame.needsOutputCheck)
    }
    let isExtended =
      loop.isRecursive || !UndeclaredNames.find(["loop"], in: loop.body).isEmpty
      || (loop.body + loop.otherwise).blocks().contains { $0.isScoped }
    var loopSlot: Int?
    if isExtended { loopSlot = inner.symbols.declareParameter("loop").index }
    inner.symbols.readTarget(loop.target, asParameter: true)
    inner.symbols.read(loop.body)
    otherwise.symbols.read(loop.otherwise)
    let filter = try loop.test.map { (test) throws(TemplateError) in
      try loopFilter(test, loop.target, loop.isRecursive ? inner.function : frame.function, frame)
    }
    var misused: Position?
    let check = { (name: Text, position: Position) in
      if name == "loop", misused == nil { misused = position }
    }
    loop.target.forEachAssignedName(check)
    loop.body.forEachStoredName(check)
    loop.otherwise.forEachStoredName(check)
    if let misused {
      throw error("Can't assign to special loop variable in for-loop target", misused)
    }
    let target = self.target(loop.target, inner)
    let source = try code(loop.source, frame)
    let body = try self.body(loop.body, inner)
    let otherwiseBody = try self.body(loop.otherwise, otherwise)
    return LoopCode(
      source: source, target: target, loopSlot: loopSlot, scope: scope(inner), body: body,
      otherwise: otherwiseBody, otherwiseScope: scope(otherwise), filter: filter,
      recursiveSlotCount: loop.isRecursive ? inner.function.count : nil,
      generator: loop.isRecursive && (loop.body + loop.otherwise).includesBare ? path : nil,
      escape: escapeMode,
      position: loop.position)
  }

  private func loopFilter(
    _ test: Expression, _ target: Expression, _ function: FunctionBuilder, _ frame: Frame
  ) throws(TemplateError) -> LoopFilterCode {
    let builder = FunctionBuilder(parent: function)
    let inner = Frame(
      symbols: Symbols(function: builder, parent: frame.symbols), function: builder)
    inner.symbols.readTarget(target, asParameter: true)
    inner.symbols.read(test)
    let code = try code(test, inner)
    let target = self.target(target, inner)
    let scope = scope(inner)
    return LoopFilterCode(slotCount: builder.count, scope: scope, target: target, test: code)
  }

  private mutating func macro(
    _ macro: MacroStatement, name: Text?, _ frame: Frame
  ) throws(TemplateError) -> MacroCode {
    let outerPath = path
    path += ".<locals>.macro"
    defer { path = outerPath }
    var inner = frame.closure()
    inner.needsOutputCheck = false
    for (index, parameter) in macro.parameters.enumerated() {
      if macro.parameters[..<index].contains(parameter) {
        problems.note(
          .symbols,
          "duplicate argument 'l_\(inner.symbols.level)_\(parameter)' in function definition",
          self.name, macro.position)
      }
      inner.symbols.declareParameter(parameter)
    }
    for value in macro.defaults { inner.symbols.read(value) }
    inner.symbols.read(macro.body)
    let special = UndeclaredNames.find(["caller", "kwargs", "varargs"], in: macro.body)
    var slots = macro.parameters.map { slot($0, inner).index }
    let optional = macro.parameters.count - macro.defaults.count
    let explicit = macro.parameters.firstIndex(of: "caller")
    let usesCaller = special.contains("caller")
    if usesCaller {
      if let explicit {
        guard explicit >= optional else {
          throw error(
            "When defining macros or call blocks the special \"caller\" argument must be omitted "
              + "or be given a default.", macro.position)
        }
      } else {
        slots.append(inner.symbols.declareParameter("caller").index)
      }
    }
    let usesNamedRest = special.contains("kwargs") && !macro.parameters.contains("kwargs")
    if usesNamedRest { slots.append(inner.symbols.declareParameter("kwargs").index) }
    let usesRest = special.contains("varargs") && !macro.parameters.contains("varargs")
    if usesRest { slots.append(inner.symbols.declareParameter("varargs").index) }
    var defaults: [Code?] = []
    for index in macro.parameters.indices {
      defaults.append(
        index >= optional ? try code(macro.defaults[index - optional], inner) : nil)
    }
    let body = try self.body(macro.body, inner)
    return MacroCode(
      name: name, parameters: macro.parameters, parameterSlots: slots, defaults: defaults,
      usesCaller: usesCaller, usesNamedRest: usesNamedRest, usesRest: usesRest,
      generator: macro.body.includesBare ? path : nil,
      function: FunctionCode(
        slotCount: inner.function.count, scope: scope(inner, clears: false), body: body,
        position: macro.position))
  }
}

extension Expression {
  /// Whether `include` takes it for a list of names.
  fileprivate var isSequence: Bool {
    switch self {
    case .tuple, .list: true
    default: false
    }
  }

  /// Calls back for the names of `ns.name` targets.
  fileprivate func forEachNamespace(_ visit: (Text) -> Void) {
    switch self {
    case .namespaceTarget(let name, _, _): visit(name)
    case .tuple(let items, _): for item in items { item.forEachNamespace(visit) }
    default: break
    }
  }
}
