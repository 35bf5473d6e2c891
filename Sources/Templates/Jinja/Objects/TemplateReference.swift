/// The `self` of a template: its blocks by name.
final class TemplateReference: ValueObject {
  private let context: Context

  init(_ context: Context) { self.context = context }

  var typeName: String { "TemplateReference" }
  var qualifiedTypeName: String { "jinja2.runtime.TemplateReference" }

  func item(_ key: Value, _ render: Render) throws(TemplateError) -> Value? {
    guard let name = key.text, context.blocks[name] != nil else { return nil }
    return .object(BlockReference(name, context, 0))
  }

  func repr(_ render: Render) throws(TemplateError) -> Text {
    let name = context.template.name.map { Printing.repr(Text($0)) } ?? "None"
    return "<TemplateReference " + name + ">"
  }
}

/// A block that can be called: `self.title`, `super`.
final class BlockReference: ValueObject {
  private let name: Text
  private let context: Context
  private let depth: Int

  init(_ name: Text, _ context: Context, _ depth: Int) {
    self.name = name
    self.context = context
    self.depth = depth
  }

  /// The block that the one of a depth replaces; undefined when there is none.
  static func above(
    _ name: Text, _ depth: Int, _ context: Context, _ render: Render
  ) -> Value {
    guard let blocks = context.blocks[name], depth + 1 < blocks.count else {
      return render.undefined(
        hint: "there is no parent block called \(Printing.repr(name)).", name: .string("super"))
    }
    return .object(BlockReference(name, context, depth + 1))
  }

  var typeName: String { "BlockReference" }
  var qualifiedTypeName: String { "jinja2.runtime.BlockReference" }
  var isCallable: Bool { true }

  func attribute(_ attribute: Text, _ render: Render) throws(TemplateError) -> Value? {
    switch attribute {
    case "name": .string(name)
    case "super": BlockReference.above(name, depth, context, render)
    default: nil
    }
  }

  func call(_ arguments: Arguments, _ render: Render) throws(TemplateError) -> Value {
    _ = try Signature("BlockReference.__call__", "self").bind(arguments.prepending(.none))
    let text = try render.captured { () throws(TemplateError) in
      try render.runBlock(name, depth: depth, context)
    }
    return context.escape.isOn ? .markup(text) : .string(text)
  }
}
