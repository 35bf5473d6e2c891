/// A macro, or the body of a call block as `caller`.
final class MacroObject: ValueObject {
  private let code: MacroCode
  private let frame: Frame
  private let context: Context

  /// - Parameter frame: the variables where it stands, which its body sees.
  init(_ code: MacroCode, _ frame: Frame, _ context: Context) {
    self.code = code
    self.frame = frame
    self.context = context
  }

  var typeName: String { "Macro" }
  var qualifiedTypeName: String { "jinja2.runtime.Macro" }
  var isCallable: Bool { true }

  func attribute(_ name: Text, _ render: Render) throws(TemplateError) -> Value? {
    switch name {
    case "name": code.name.map { .string($0) } ?? Value.none
    case "arguments": .tuple(code.parameters.map { .string($0) })
    case "catch_kwargs": .bool(code.usesNamedRest)
    case "catch_varargs": .bool(code.usesRest)
    case "caller": .bool(code.usesCaller)
    case "explicit_caller": .bool(code.parameters.contains("caller"))
    default: nil
    }
  }

  func repr(_ render: Render) throws(TemplateError) -> Text {
    "<Macro " + (code.name.map { Printing.repr($0) } ?? "anonymous") + ">"
  }

  func call(_ arguments: Arguments, _ render: Render) throws(TemplateError) -> Value {
    let isSafe = render.autoescape
    let values = try bind(arguments, render)
    if let path = code.generator {
      let generator = Value.object(GeneratorObject(name: path, ValueIterator()))
      return isSafe ? .markup(try render.str(generator)) : generator
    }
    let inner = Frame(code.function.slotCount, parent: frame)
    for (slot, value) in zip(code.parameterSlots, values) { inner.slots[slot] = value }
    let text = try render.nested { () throws(TemplateError) in
      let outer = render.context
      render.context = context
      defer { render.context = outer }
      do throws(TemplateError) {
        return try render.captured { () throws(TemplateError) in try run(inner, render) }
      } catch {
        throw render.located(error, code.function.position, context.template)
      }
    }
    return isSafe ? .markup(text) : .string(text)
  }

  private func run(_ inner: Frame, _ render: Render) throws(TemplateError) {
    try render.enter(code.function.scope, inner)
    for (index, name) in code.parameters.enumerated() {
      let slot = code.parameterSlots[index]
      guard inner.slots[slot] == nil else { continue }
      if let value = code.defaults[index] {
        inner.slots[slot] = try render.evaluate(value, inner)
      } else {
        inner.slots[slot] = render.undefined(
          hint: "parameter \(Printing.repr(name)) was not provided", name: .string(name))
      }
    }
    _ = try render.run(code.function.body, inner)
  }

  /// The values of the parameters, then `caller`, `kwargs` and `varargs` as far as they are used.
  private func bind(_ arguments: Arguments, _ render: Render) throws(TemplateError) -> [Value?] {
    var named = arguments
    var values: [Value?] = Array(arguments.positional.prefix(code.parameters.count))
    var foundCaller = false
    if values.count != code.parameters.count {
      for name in code.parameters[values.count...] {
        if name == "caller" { foundCaller = true }
        values.append(named.take(name))
      }
    } else {
      foundCaller = code.parameters.contains("caller")
    }
    if code.usesCaller, !foundCaller {
      let caller = named.take("caller")
      let isMissing = caller?.isNone ?? true
      values.append(
        isMissing
          ? render.undefined(hint: "No caller defined", name: .string("caller")) : caller)
    }
    let shown = code.name.map { Printing.repr($0).string } ?? "None"
    if code.usesNamedRest {
      let rest = DictBox()
      for (name, value) in named.named { rest.set(name, value) }
      values.append(.dict(rest))
    } else if let first = named.named.first {
      guard !named.named.contains(where: { $0.name == "caller" }) else {
        throw .type(
          "macro \(shown) was invoked with two values for the special caller argument. This is "
            + "most likely a bug.")
      }
      throw .type("macro \(shown) takes no keyword argument \(Printing.repr(first.name))")
    }
    if code.usesRest {
      values.append(.tuple(Array(arguments.positional.dropFirst(code.parameters.count))))
    } else if arguments.positional.count > code.parameters.count {
      throw .type("macro \(shown) takes not more than \(code.parameters.count) argument(s)")
    }
    return values
  }
}
