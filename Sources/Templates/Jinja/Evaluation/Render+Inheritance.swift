extension Render {
  /// Runs the statements that bring in other templates.
  func runInheritance(_ instruction: Instruction, _ frame: Frame) throws(TemplateError) {
    guard let context else { return }
    switch instruction {
    case .block(let name, let locals, let isRequired, _):
      var inner = context
      if let locals {
        inner = Context(deriving: context, context.namesInside(values(locals, frame)))
      }
      if isRequired, (context.blocks[name]?.count ?? 0) <= 1 {
        throw .runtime("Required block \(Printing.repr(name)) not found")
      }
      try runBlock(name, depth: 0, inner)
    case .extends(let code, let checksFirst, _):
      if checksFirst, context.parentTemplate != nil { throw .runtime("extended multiple times") }
      let parent = try template(evaluate(code, frame))
      context.parentTemplate = parent
      for (name, code) in parent.blocks {
        context.blocks[name, default: []].append(.init(code: code, template: parent))
      }
    case .extendedTwice: throw .runtime("extended multiple times")
    case .include(let code, let isList, let ignoresMissing, let locals, _):
      let found: Template
      do throws(TemplateError) {
        let name = try evaluate(code, frame)
        found = try isList ? select(name) : templateOrList(name)
      } catch
        where ignoresMissing && ["TemplateNotFound", "TemplatesNotFound"].contains(error.exception)
      {
        return
      }
      if let locals {
        try runRoot(found, Context(found, context.namesInside(values(locals, frame))))
      } else {
        try write(module(found))
      }
    case .importModule(let code, let slot, let name, let locals, let isTop, _):
      let module = Value.object(try module(code, locals, frame, context))
      frame[slot] = module
      if isTop {
        context.variables[name] = module
        context.exported.remove(name)
      }
    case .importNames(let code, let imports, let locals, let isTop, let place, _):
      let module = try module(code, locals, frame, context)
      for item in imports {
        let value = module.find(item.name)
        frame[item.alias.slot] =
          value
          ?? undefined(
            hint: "the template \(Printing.plainRepr(module.shownName)) (imported on \(place)) does"
              + " not export the requested name \(Printing.repr(item.name))",
            name: .string(item.name))
        if isTop {
          context.variables[item.alias.name] = frame[item.alias.slot]
          context.exported.remove(item.alias.name)
        }
      }
    default: break
    }
  }

  private func values(_ locals: [NamedSlot], _ frame: Frame) -> [Text: Value] {
    var values: [Text: Value] = [:]
    for local in locals { if let value = frame[local.slot] { values[local.name] = value } }
    return values
  }

  // MARK: Finding templates

  /// `environment.get_template`.
  private func template(_ name: Value) throws(TemplateError) -> Template {
    guard environment.loader != nil else {
      throw .type("no loader for this environment specified")
    }
    switch name {
    case .string(let text), .markup(let text):
      return try environment.template(named: text.string)
    case .undefined(let undefined): throw undefined.error
    default:
      try requireHashable(name)
      throw TemplateError("TemplateNotFound", try str(name).string)
    }
  }

  private func templateOrList(_ name: Value) throws(TemplateError) -> Template {
    switch name {
    case .string, .markup: return try template(name)
    case .undefined(let undefined): throw undefined.error
    default: return try select(name)
    }
  }

  /// `environment.select_template`: the first of some names that there is.
  private func select(_ names: Value) throws(TemplateError) -> Template {
    if case .undefined(let undefined) = names { throw undefined.error }
    guard try truth(names) else {
      throw TemplateError(
        "TemplatesNotFound", "Tried to select from an empty list of templates.")
    }
    var tried: [String] = []
    for name in try items(names) {
      do throws(TemplateError) {
        return try template(name)
      } catch
        where ["TemplateNotFound", "UndefinedError"].contains(error.exception) && error.line == nil
      {
        if case .undefined(let undefined) = name {
          tried.append(undefined.message)
        } else {
          tried.append(try str(name).string)
        }
      }
    }
    if case .dict(let box) = names, box.get(.int(-1)) == nil {
      // Jinja2 asks for the last name by its index.
      throw .key(.int(-1))
    }
    throw TemplateError(
      "TemplatesNotFound",
      "none of the templates given were found: \(tried.joined(separator: ", "))")
  }

  // MARK: Modules

  private func module(
    _ code: Code, _ locals: [NamedSlot]?, _ frame: Frame, _ context: Context
  ) throws(TemplateError) -> ModuleObject {
    let found = try template(evaluate(code, frame))
    guard let locals else { return try module(found) }
    return try module(found, context.namesInside(values(locals, frame)))
  }

  /// The module of a template without a context, made once a render.
  private func module(_ template: Template) throws(TemplateError) -> ModuleObject {
    if let module = modules[ObjectIdentifier(template)] { return module }
    let module = try module(template, Names(session: nil))
    modules[ObjectIdentifier(template)] = module
    return module
  }

  private func module(_ template: Template, _ names: Names) throws(TemplateError) -> ModuleObject {
    let context = Context(template, names)
    let text = try captured { () throws(TemplateError) in try runRoot(template, context) }
    let pieces = capturedPieces
    var exported: [Text: Value] = [:]
    for name in context.exported { exported[name] = context.variables[name] }
    return ModuleObject(template, exported, text, pieces: pieces)
  }
}
