/// What `namespace()` gives: attributes that templates may set.
package final class Namespace: ValueObject {
  package let values: DictBox

  package init(_ values: DictBox) { self.values = values }

  package var typeName: String { "Namespace" }
  package var qualifiedTypeName: String { "jinja2.utils.Namespace" }

  package var plainRepr: String { "<Namespace \(Printing.plainRepr(.dict(values)))>" }

  package func attribute(_ name: Text, _ render: Render) throws(TemplateError) -> Value? {
    values.get(name)
  }

  package func repr(_ render: Render) throws(TemplateError) -> Text {
    "<Namespace " + (try render.repr(.dict(values))) + ">"
  }
}
