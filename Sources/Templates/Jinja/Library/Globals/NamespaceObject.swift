/// What `namespace(…)` makes: attributes that `{% set ns.name = … %}` changes from any scope.
package final class NamespaceObject: ValueObject {
  package let values: DictBox

  package init(_ values: DictBox = DictBox()) { self.values = values }

  package var typeName: String { "Namespace" }
  package var qualifiedTypeName: String { "jinja2.utils.Namespace" }

  package func attribute(_ name: Text, _ render: Render) throws(TemplateError) -> Value? {
    values.get(name)
  }

  /// `{% set namespace.name = value %}`.
  package func set(_ name: Text, to value: Value) { values.set(name, value) }

  package func repr(_ render: Render) throws(TemplateError) -> Text {
    "<Namespace " + (try render.repr(.dict(values))) + ">"
  }
}
