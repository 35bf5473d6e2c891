import Formats

/// The variables that a template is given: immutable, so that many threads render with the same one.
package struct TemplateContext: Sendable {
  package private(set) var names: [Text] = []
  private var values: [Text: ContextValue] = [:]

  package init() {}

  /// The members of a JSON object; anything else gives no variables.
  package init(_ json: JSONValue, isOrdered: Bool = false) {
    for member in json.members ?? [] {
      set(Text(member.key), ContextValue(member.value, isOrdered: isOrdered))
    }
  }

  package init(_ pairs: [(String, ContextValue)]) {
    for (name, value) in pairs { set(Text(name), value) }
  }

  package subscript(name: Text) -> ContextValue? { values[name] }

  package mutating func set(_ name: Text, _ value: ContextValue) {
    if values.updateValue(value, forKey: name) == nil { names.append(name) }
  }
}
