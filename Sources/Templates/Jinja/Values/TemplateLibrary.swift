/// The filters, tests, global functions and methods that templates can call, by name.
package struct TemplateLibrary: Sendable {
  /// What a filter, test, method or function does with its arguments. For filters, tests and methods the value itself
  /// (the input, `self`) comes first and apart.
  package typealias Function = @Sendable (Arguments, Render) throws(TemplateError) -> Value
  package typealias ValueFunction =
    @Sendable (Value, Arguments, Render) throws(TemplateError) -> Value
  package typealias TestFunction =
    @Sendable (Value, Arguments, Render) throws(TemplateError) -> Bool
  /// Makes the value of a global once a render, when it is first asked for.
  package typealias GlobalFactory = @Sendable (Render) throws(TemplateError) -> Value

  package var filters: [String: ValueFunction] = [:]
  package var tests: [String: TestFunction] = [:]
  package var globals: [Text: GlobalFactory] = [:]
  /// The methods of the builtin types (`'a'.upper`).
  package var methods: [BuiltinType: [Text: ValueFunction]] = [:]
  /// The attributes of the builtin types that are no methods (`(1).real`, `range(3).stop`).
  package var properties: [BuiltinType: [Text: @Sendable (Value) -> Value]] = [:]
  /// `text % value`; the first value is a `str` or `Markup`.
  package var percentFormat: @Sendable (Value, Value, Render) throws(TemplateError) -> Value = {
    (left, right, _) throws(TemplateError) in
    throw .type("unsupported operand type(s) for %: '\(left.typeName)' and '\(right.typeName)'")
  }
  /// What a tag of an extension writes.
  package typealias CustomWriter = ExtensionTag.Writer
  /// Tags of extensions (`now`, `gitcommit`), by name.
  package var tags: [String: ExtensionTag] = [:]

  package init() {}

  /// The names of all methods and properties, and what every value has.
  var memberNames: [Text] {
    methods.values.flatMap(\.keys) + properties.values.flatMap(\.keys) + ["__class__"]
  }

  /// Registers a global function.
  package mutating func addFunction(_ name: Text, _ function: @escaping Function) {
    globals[name] = { _ in .object(NativeFunction(name: name, function)) }
  }
}
