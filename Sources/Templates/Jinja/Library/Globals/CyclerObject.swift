/// What `cycler('odd', 'even')` makes.
final class CyclerObject: ValueObject {
  private let items: [Value]
  private var position = 0

  init(_ items: [Value]) { self.items = items }

  var typeName: String { "Cycler" }
  var qualifiedTypeName: String { "jinja2.utils.Cycler" }

  func attribute(_ name: Text, _ render: Render) throws(TemplateError) -> Value? {
    switch name {
    case "items": return .tuple(items)
    case "pos": return .int(position)
    case "current": return items[position]
    case "next", "__next__":
      return .object(
        NativeFunction(name: "next", of: ("Cycler", self)) {
          (arguments, _) throws(TemplateError) -> Value in
          _ = try Signature("Cycler.next", "self").bind(arguments.prepending(.object(self)))
          defer { self.position = (self.position + 1) % self.items.count }
          return self.items[self.position]
        })
    case "reset":
      return .object(
        NativeFunction(name: "reset", of: ("Cycler", self)) {
          (arguments, _) throws(TemplateError) -> Value in
          _ = try Signature("Cycler.reset", "self").bind(arguments.prepending(.object(self)))
          self.position = 0
          return Value.none
        })
    default: return nil
    }
  }
}

/// What `joiner(', ')` makes: nothing at its first call, the separator from then on.
final class JoinerObject: ValueObject {
  private let separator: Value
  private var isUsed = false

  init(_ separator: Value) { self.separator = separator }

  var typeName: String { "Joiner" }
  var qualifiedTypeName: String { "jinja2.utils.Joiner" }
  var isCallable: Bool { true }

  func call(_ arguments: Arguments, _ render: Render) throws(TemplateError) -> Value {
    _ = try Signature("Joiner.__call__", "self").bind(arguments.prepending(.object(self)))
    if isUsed { return separator }
    isUsed = true
    return .string(.empty)
  }

  func attribute(_ name: Text, _ render: Render) throws(TemplateError) -> Value? {
    name == "sep" ? separator : name == "used" ? .bool(isUsed) : nil
  }
}
