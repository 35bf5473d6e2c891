/// A class as a value: `range`, `dict`, `namespace`, what `x.__class__` gives; calling it makes one, where templates may.
final class ClassObject: ValueObject {
  private let name: String
  private let make: TemplateLibrary.Function?

  init(_ name: String, _ make: TemplateLibrary.Function? = nil) {
    self.name = name
    self.make = make
  }

  /// The class of a value.
  init(of value: Value) {
    name =
      switch value {
      case .undefined(let undefined): "jinja2.runtime.\(undefined.kind.className)"
      case .markup: "markupsafe.Markup"
      case .tuple(let box): box.className.map { "jinja2.filters.\($0)" } ?? "tuple"
      case .object(let object): object.qualifiedTypeName
      default: value.typeName
      }
    make = nil
  }

  var typeName: String { "type" }
  /// What messages call it.
  var description: String {
    "type object '\(name.split(separator: ".").last.map(String.init) ?? name)'"
  }
  var isCallable: Bool { true }
  var plainRepr: String { "<class '\(name)'>" }

  func call(_ arguments: Arguments, _ render: Render) throws(TemplateError) -> Value {
    guard let make else { throw .type("cannot create '\(name)' instances") }
    return try make(arguments, render)
  }

  func attribute(_ attribute: Text, _ render: Render) throws(TemplateError) -> Value? {
    let words = name.split(separator: ".").map(String.init)
    switch attribute {
    case "__name__", "__qualname__": return .text(words.last ?? name)
    case "__module__":
      return .text(words.count > 1 ? words.dropLast().joined(separator: ".") : "builtins")
    case "__mro__": return .tuple(bases(withSelf: true))
    case "__bases__": return .tuple(Array(bases(withSelf: false).prefix(1)))
    case "__base__": return bases(withSelf: false).first ?? Value.none
    case "fromkeys" where name == "dict":
      return try render.attributeIfAny(.dict(DictBox()), attribute)
    default: return nil
    }
  }

  private func bases(withSelf: Bool) -> [Value] {
    let above: [String: [String]] = [
      "object": [], "bool": ["int", "object"], "markupsafe.Markup": ["str", "object"],
      "collections.OrderedDict": ["dict", "object"],
    ]
    let names = (withSelf ? [name] : []) + (above[name] ?? ["object"])
    return names.map { .object(ClassObject($0)) }
  }

  func equals(_ other: Value) -> Bool {
    guard case .object(let object) = other, let other = object as? ClassObject else { return false }
    return other.name == name
  }

  func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
