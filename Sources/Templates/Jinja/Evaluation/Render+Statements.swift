extension Render {
  /// How a body ended.
  enum Flow { case done, broke, continued }

  /// Renders a template from its root, and those that it extends.
  func renderRoot(_ template: Template, _ context: Context) throws(TemplateError) -> [UInt8] {
    defer {
      // A macro that another template of the session may call stays whole.
      if !template.mutatesContext {
        for (frame, context) in closures {
          for index in frame.slots.indices { frame.slots[index] = nil }
          context.variables = [:]
        }
      }
    }
    output.reserveCapacity(template.source.bytes.count)
    try runRoot(template, context)
    try checkPieces()
    return output
  }

  /// Runs the root of a template in a context, then that of the template it extends.
  func runRoot(_ template: Template, _ context: Context) throws(TemplateError) {
    try nested { () throws(TemplateError) in
      let outer = self.context
      let outerParent = context.parentTemplate
      self.context = context
      context.parentTemplate = nil
      defer {
        self.context = outer
        context.parentTemplate = outerParent
      }
      try runFunction(template.root, context, template, block: nil)
      if let parent = context.parentTemplate { try runRoot(parent, context) }
    }
  }

  /// Runs a block in a context.
  func runBlock(
    _ name: Text, depth: Int, _ context: Context
  ) throws(TemplateError) {
    guard let block = context.blocks[name]?[depth] else { return }
    try nested { () throws(TemplateError) in
      let outer = self.context
      self.context = context
      defer { self.context = outer }
      try runFunction(block.code, context, block.template, block: (name, depth))
    }
  }

  private func runFunction(
    _ code: FunctionCode, _ context: Context, _ template: Template,
    block: (name: Text, depth: Int)?
  ) throws(TemplateError) {
    let frame = Frame(code.slotCount)
    let outerBlocks = openBlocks
    openBlocks = 0
    defer { openBlocks = outerBlocks }
    if let slot = code.selfSlot { frame.slots[slot] = .object(TemplateReference(context)) }
    if let slot = code.superSlot, let block {
      frame.slots[slot] = BlockReference.above(block.name, block.depth, context, self)
    }
    do throws(TemplateError) {
      try enter(code.scope, frame)
      _ = try run(code.body, frame)
    } catch {
      throw located(error, nil, template)
    }
  }

  /// Adds the place to an error that has none.
  func located(
    _ error: TemplateError, _ position: Position?, _ template: Template?
  ) -> TemplateError {
    var error = error
    if error.line == nil, let position {
      error.line = Int(position.line)
      if let template = template ?? context?.template {
        error.column = SourceColumn.column(
          of: Int(position.offset), in: template.source.bytes)
        error.name = template.name
      }
    } else if error.line != nil, error.name == nil {
      error.name = template?.name
    }
    return error
  }

  func enter(_ scope: Scope, _ frame: Frame) throws(TemplateError) {
    for (index, load) in scope.loads {
      switch load {
      case .resolve(let name): frame.slots[index] = try context?.find(name, self)
      case .alias(let slot): frame.slots[index] = frame[slot]
      case .missing: frame.slots[index] = nil
      }
    }
  }

  func leave(_ scope: Scope, _ frame: Frame) {
    for index in scope.cleared { frame.slots[index] = nil }
  }

  /// Runs the statements of a body.
  func run(_ body: [Instruction], _ frame: Frame) throws(TemplateError) -> Flow {
    for instruction in body {
      switch instruction {
      case .text(let bytes): try write(bytes)
      case .output(let code, let mode, let position):
        do throws(TemplateError) {
          try print(evaluate(code, frame), mode)
        } catch {
          throw located(error, position, nil)
        }
      case .conditional(let branches, let otherwise):
        var chosen = otherwise
        for branch in branches {
          let holds: Bool
          do throws(TemplateError) {
            holds = try truth(evaluate(branch.test, frame))
          } catch {
            throw located(error, branch.position, nil)
          }
          if holds {
            chosen = branch.body
            break
          }
        }
        let flow = try run(chosen, frame)
        if flow != .done { return flow }
      case .loop(let loop):
        do throws(TemplateError) {
          try run(loop, frame)
        } catch {
          throw located(error, loop.position, nil)
        }
      case .break: return .broke
      case .continue: return .continued
      case .unlessExtended(let inner):
        if context?.parentTemplate == nil {
          let flow = try run(inner, frame)
          if flow != .done { return flow }
        }
      case .with(let pairs, let scope, let inner, let position):
        try enter(scope, frame)
        do throws(TemplateError) {
          for pair in pairs { try assign(evaluate(pair.code, frame), to: pair.target, frame) }
        } catch {
          throw located(error, position, nil)
        }
        let flow = try run(inner, frame)
        leave(scope, frame)
        if flow != .done { return flow }
      case .autoescape(let code, let inner, let position):
        let saved = context?.escape.isOn ?? false
        do throws(TemplateError) {
          context?.escape.isOn = try truth(evaluate(code, frame))
        } catch {
          throw located(error, position, nil)
        }
        let flow = try run(inner, frame)
        // As in Jinja2, leaving by `break` leaves the mode as it is.
        if flow != .done { return flow }
        context?.escape.isOn = saved
      default:
        let flow = try runOther(instruction, frame)
        if flow != .done { return flow }
      }
    }
    return .done
  }

  private func print(_ value: Value, _ mode: EscapeMode) throws(TemplateError) {
    let escapes =
      switch mode {
      case .off: false
      case .on: true
      case .dynamic: autoescape
      }
    try write(escapes ? escape(value) : str(value))
  }

  // MARK: Assignment

  func assign(_ value: Value, to target: Target, _ frame: Frame) throws(TemplateError) {
    switch target {
    case .slot(let slot): frame[slot] = value
    case .namespace(let slot, let name):
      guard case .object(let object)? = frame[slot], let namespace = object as? Namespace else {
        throw notNamespace
      }
      namespace.values.set(name, value)
    case .tuple(let targets):
      let values = try unpack(value, targets.count)
      for (target, value) in zip(targets, values) { try assign(value, to: target, frame) }
    }
  }

  var notNamespace: TemplateError {
    .runtime("cannot assign attribute on non-namespace object")
  }

  private func unpack(_ value: Value, _ count: Int) throws(TemplateError) -> [Value] {
    let iterator: ValueIterator
    do throws(TemplateError) {
      iterator = try self.iterator(value)
    } catch  where error.message == "'\(value.typeName)' object is not iterable" {
      throw .type("cannot unpack non-iterable \(value.typeName) object")
    }
    var values: [Value] = []
    while values.count < count {
      guard let next = try iterator.next() else {
        throw .value("not enough values to unpack (expected \(count), got \(values.count))")
      }
      values.append(next)
    }
    guard try iterator.next() == nil else {
      throw .value("too many values to unpack (expected \(count))")
    }
    return values
  }
}
