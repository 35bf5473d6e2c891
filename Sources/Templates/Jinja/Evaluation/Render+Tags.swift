extension Render {
  /// Runs the rarer statements.
  func runOther(_ instruction: Instruction, _ frame: Frame) throws(TemplateError) -> Flow {
    do throws(TemplateError) {
      return try runTag(instruction, frame)
    } catch {
      throw located(error, instruction.position, nil)
    }
  }

  private func runTag(
    _ instruction: Instruction, _ frame: Frame
  ) throws(TemplateError) -> Flow {
    var flow = Flow.done
    switch instruction {
    case .assign(let target, let code, let namespaces, let exports, _):
      for slot in namespaces {
        guard case .object(let object)? = frame[slot], object is Namespace else {
          throw notNamespace
        }
      }
      try assign(evaluate(code, frame), to: target, frame)
      export(exports, frame)
    case .assignBlock(let target, let scope, let body, let filter, let exports, _):
      try enter(scope, frame)
      let text = try block { () throws(TemplateError) in flow = try run(body, frame) }
      if flow != .done { return flow }
      var value = Value.string(text)
      if let filter { value = try applying(filter, to: text, frame) }
      if autoescape { value = .markup(try str(value)) }
      try assign(value, to: target, frame)
      export(exports, frame)
      leave(scope, frame)
    case .filterBlock(let filter, let scope, let body, _):
      try enter(scope, frame)
      let text = try block { () throws(TemplateError) in flow = try run(body, frame) }
      if flow != .done { return flow }
      try writePiece(applying(filter, to: text, frame))
      leave(scope, frame)
    case .macro(let code, let slot, let isTop, _):
      guard let context else { break }
      if closures.last?.frame !== frame { closures.append((frame, context)) }
      let macro = Value.object(MacroObject(code, frame, context))
      frame[slot] = macro
      if isTop, let name = code.name {
        context.variables[name] = macro
        if name.bytes.first != UInt8(ascii: "_") { context.exported.insert(name) }
      }
    case .callBlock(let code, let function, let arguments, _):
      guard let context else { break }
      let caller = Value.object(MacroObject(code, frame, context))
      let function = try evaluate(function, frame)
      var given = try self.arguments(arguments, frame)
      // It stands before what `**` spreads.
      given.named.insert(("caller", caller), at: arguments.named.count)
      try writePiece(call(function, given))
    case .evaluate(let code, _): _ = try evaluate(code, frame)
    case .custom(let write, let codes, _):
      var values: [Value] = []
      for code in codes { values.append(try evaluate(code, frame)) }
      try self.write(str(write(values, self)))
    default: try runInheritance(instruction, frame)
    }
    return .done
  }

  /// A chain of filters over what a block wrote.
  private func applying(
    _ filter: Code, to text: Text, _ frame: Frame
  ) throws(TemplateError) -> Value {
    let outer = captured
    captured = autoescape ? .markup(text) : .string(text)
    defer { captured = outer }
    return try evaluate(filter, frame)
  }

  private func export(_ names: [NamedSlot], _ frame: Frame) {
    guard let context else { return }
    for export in names {
      context.variables[export.name] = frame[export.slot]
      if export.name.bytes.first != UInt8(ascii: "_") { context.exported.insert(export.name) }
    }
  }

  // MARK: Loops

  func run(_ loop: LoopCode, _ frame: Frame) throws(TemplateError) {
    let source = try evaluate(loop.source, frame)
    guard loop.recursiveSlotCount != nil else {
      return try iterate(loop, source, frame, outer: frame, depth: 0)
    }
    try writePiece(recurse(loop, source, frame, depth: 0))
  }

  /// Runs a recursive loop's body over something inside.
  func recurse(
    _ loop: LoopCode, _ source: Value, _ outer: Frame, depth: Int
  ) throws(TemplateError) -> Value {
    if let path = loop.generator {
      return .object(GeneratorObject(name: path, ValueIterator()))
    }
    return try nested { () throws(TemplateError) in
      let inner = Frame(loop.recursiveSlotCount ?? 0, parent: outer)
      let text = try captured { () throws(TemplateError) in
        try iterate(loop, source, inner, outer: outer, depth: depth)
      }
      let isSafe =
        switch loop.escape {
        case .off: false
        case .on: true
        case .dynamic: autoescape
        }
      return isSafe ? .markup(text) : .string(text)
    }
  }

  private func iterate(
    _ loop: LoopCode, _ source: Value, _ frame: Frame, outer: Frame, depth: Int
  ) throws(TemplateError) {
    let items = try iterator(source)
    let values = loop.filter.map { filtered(items, $0, frame) } ?? items
    var wasEmpty = true
    var object: LoopObject?
    if let slot = loop.loopSlot {
      frame.slots[slot] = nil
      object = LoopObject(
        values, length: loop.filter == nil ? source : nil, loop, outer, depth: depth)
    }
    while true {
      let item: Value
      if let object {
        guard let next = try object.advance() else { break }
        item = next
        try assign(item, to: loop.target, frame)
        if let slot = loop.loopSlot { frame.slots[slot] = .object(object) }
      } else {
        guard let next = try values.next() else { break }
        item = next
        try assign(item, to: loop.target, frame)
      }
      try charge(rounds: 1)
      try enter(loop.scope, frame)
      let flow = try run(loop.body, frame)
      // A round that was cut short does not count for `else`.
      if flow == .done { wasEmpty = false }
      if flow == .broke { break }
    }
    leave(loop.scope, frame)
    if wasEmpty, !loop.otherwise.isEmpty {
      try enter(loop.otherwiseScope, frame)
      _ = try run(loop.otherwise, frame)
      leave(loop.otherwiseScope, frame)
    }
  }

  private func filtered(
    _ items: ValueIterator, _ filter: LoopFilterCode, _ frame: Frame
  ) -> ValueIterator {
    let inner = Frame(filter.slotCount, parent: frame)
    var hasStarted = false
    return FunctionIterator { [self] () throws(TemplateError) in
      if !hasStarted {
        try enter(filter.scope, inner)
        hasStarted = true
      }
      while let item = try items.next() {
        try charge(rounds: 1)
        try assign(item, to: filter.target, inner)
        if try truth(evaluate(filter.test, inner)) { return item }
      }
      return nil
    }
  }
}

extension Instruction {
  var position: Position? {
    switch self {
    case .output(_, _, let position), .assign(_, _, _, _, let position),
      .assignBlock(_, _, _, _, _, let position), .with(_, _, _, let position),
      .autoescape(_, _, let position), .block(_, _, _, let position),
      .extends(_, _, let position), .extendedTwice(let position),
      .include(_, _, _, _, let position), .importModule(_, _, _, _, _, let position),
      .importNames(_, _, _, _, _, let position), .macro(_, _, _, let position),
      .callBlock(_, _, _, let position), .filterBlock(_, _, _, let position),
      .evaluate(_, let position), .custom(_, _, let position):
      position
    case .loop(let loop): loop.position
    default: nil
    }
  }
}
