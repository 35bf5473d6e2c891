/// The arguments of a filter or test, sorted to its parameters; the value that it is applied to comes first.
struct FilterCall {
  let values: [Value?]
  let rest: [Value]
  let namedRest: [(name: Text, value: Value)]

  subscript(index: Int) -> Value? { values[index] }

  /// The value that the filter is applied to.
  var input: Value { values.first.flatMap { $0 } ?? Value.none }

  /// An argument as a truth value.
  func flag(_ index: Int, _ usual: Bool, _ render: Render) throws(TemplateError) -> Bool {
    guard let value = values[index] else { return usual }
    return try render.truth(value)
  }
}

extension TemplateLibrary {
  typealias FilterBody = @Sendable (FilterCall, Render) throws(TemplateError) -> Value
  typealias TestBody = @Sendable (FilterCall, Render) throws(TemplateError) -> Bool

  /// Registers a filter whose function is written in Python.
  ///
  /// - Parameter signature: as Jinja2 has it; when its first parameter is called `environment`, `context` or `eval_ctx`
  ///   the engine gives that one, and messages count it.
  mutating func addFilter(
    _ names: String..., as signature: Signature, _ body: @escaping FilterBody
  ) {
    let bind = Self.binder(signature)
    let function: ValueFunction = { (value, arguments, render) throws(TemplateError) -> Value in
      try body(try bind(value, arguments), render)
    }
    for name in names { filters.updateValue(function, forKey: name) }
  }

  /// Registers a test whose function is written in Python.
  mutating func addTest(_ names: String..., as signature: Signature, _ body: @escaping TestBody) {
    let bind = Self.binder(signature)
    let function: TestFunction = { (value, arguments, render) throws(TemplateError) -> Bool in
      try body(try bind(value, arguments), render)
    }
    for name in names { tests.updateValue(function, forKey: name) }
  }

  private static func binder(
    _ signature: Signature
  ) -> @Sendable (Value, Arguments) throws(TemplateError) -> FilterCall {
    let hasEngine =
      signature.parameters.first.map {
        $0.name == "environment" || $0.name == "context" || $0.name == "eval_ctx"
          || $0.name == "env"
      } ?? false
    return { (value, arguments) throws(TemplateError) -> FilterCall in
      var positional = arguments.positional
      positional.insert(value, at: 0)
      if hasEngine { positional.insert(Value.none, at: 0) }
      let bound = try signature.bind(Arguments(positional, named: arguments.named))
      guard !signature.parameters.isEmpty else {
        // `combine(*terms)`: the value is one of them.
        return FilterCall(values: [], rest: bound.rest, namedRest: bound.namedRest)
      }
      return FilterCall(
        values: hasEngine ? Array(bound.values.dropFirst()) : bound.values, rest: bound.rest,
        namedRest: bound.namedRest)
    }
  }

  /// Registers a filter whose function is a builtin one of one argument, such as `len`.
  mutating func addBuiltinFilter(
    _ names: String..., as builtin: String,
    _ body: @escaping @Sendable (Value, Render) throws(TemplateError) -> Value
  ) {
    let function: ValueFunction = { (value, arguments, render) throws(TemplateError) -> Value in
      guard arguments.named.isEmpty else {
        throw .type("\(builtin)() takes no keyword arguments")
      }
      guard arguments.positional.isEmpty else {
        throw .type(
          "\(builtin)() takes exactly one argument (\(arguments.positional.count + 1) given)")
      }
      return try body(value, render)
    }
    for name in names { filters.updateValue(function, forKey: name) }
  }
}
