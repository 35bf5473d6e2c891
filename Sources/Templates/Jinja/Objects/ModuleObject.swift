/// What `import` gives: the names that a template exports.
final class ModuleObject: ValueObject {
  private let template: Template
  private let exported: [Text: Value]
  /// What the template printed.
  let text: Text
  /// In how many pieces.
  let pieces: Int

  init(_ template: Template, _ exported: [Text: Value], _ text: Text, pieces: Int) {
    self.pieces = pieces
    self.template = template
    self.exported = exported
    self.text = text
  }

  var typeName: String { "TemplateModule" }
  var qualifiedTypeName: String { "jinja2.environment.TemplateModule" }

  var shownName: Value { template.name.map { .text($0) } ?? .none }

  func find(_ name: Text) -> Value? { name == "__name__" ? shownName : exported[name] }

  func attribute(_ name: Text, _ render: Render) throws(TemplateError) -> Value? { find(name) }

  func str(_ render: Render) throws(TemplateError) -> Text { text }

  func html(_ render: Render) throws(TemplateError) -> Text? { text }

  func repr(_ render: Render) throws(TemplateError) -> Text {
    "<TemplateModule " + (template.name.map { Printing.repr(Text($0)) } ?? "memory:0") + ">"
  }
}
