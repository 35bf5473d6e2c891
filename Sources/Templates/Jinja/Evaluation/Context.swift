/// What a running template knows: the names it set itself, those around it, and the blocks of the templates it extends.
final class Context {
  /// What `autoescape` is while code runs; scoped blocks share it with their template.
  final class EscapeState {
    var isOn: Bool

    init(_ isOn: Bool) { self.isOn = isOn }
  }

  /// A block of one template of a chain.
  struct Block {
    let code: FunctionCode
    let template: Template
  }

  let template: Template
  let names: Names
  var variables: [Text: Value] = [:]
  /// The names that an import of this template brings.
  var exported: Set<Text> = []
  var blocks: [Text: [Block]] = [:]
  let escape: EscapeState
  /// The template that the running root extends.
  var parentTemplate: Template?

  init(_ template: Template, _ names: Names) {
    self.template = template
    self.names = names
    escape = EscapeState(template.environment.options.autoescape)
    for (name, code) in template.blocks {
      blocks[name] = [Block(code: code, template: template)]
    }
  }

  /// The same template with more names: for scoped blocks.
  init(deriving other: Context, _ names: Names) {
    template = other.template
    self.names = names
    escape = other.escape
    blocks = other.blocks
  }

  /// All names as another template sees them, with local variables on top.
  func namesInside(_ locals: [Text: Value]) -> Names {
    var layer = names
    if !variables.isEmpty { layer = Names(variables, over: layer) }
    return locals.isEmpty ? layer : Names(locals, over: layer)
  }

  func find(_ name: Text, _ render: Render) throws(TemplateError) -> Value? {
    if let value = variables[name] { return value }
    return try names.find(name, render)
  }
}
