import Templates

/// Calls one filter, test or method as a template would.
enum Call {
  static func render(autoescape: Bool = false, limits: TemplateLimits = TemplateLimits()) -> Render
  {
    var options = TemplateOptions()
    options.autoescape = autoescape
    return Render(environment: TemplateEnvironment(options: options, limits: limits))
  }

  static func filter(
    _ name: String, _ value: Value, _ arguments: Value..., named: [(Text, Value)] = [],
    autoescape: Bool = false
  ) throws -> String {
    let render = render(autoescape: autoescape)
    let arguments = Arguments(arguments, named: named.map { (name: $0.0, value: $0.1) })
    return try render.str(render.apply(filter: name, to: value, arguments)).string
  }

  static func method(_ name: Text, _ value: Value, _ arguments: Value...) throws -> String {
    let render = render()
    guard let method = try render.attributeIfAny(value, name) else { return "no such method" }
    return try render.str(render.call(method, Arguments(arguments))).string
  }

  /// What a call fails with, as `TypeError: …`; empty when it does not.
  static func failure(_ call: () throws -> Void) -> String {
    do {
      try call()
      return ""
    } catch let error as TemplateError {
      return error.exception + ": " + error.message
    } catch {
      return "\(error)"
    }
  }
}
