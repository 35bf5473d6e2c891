/// `range`, `dict`, `lipsum`, `cycler`, `joiner`, `namespace`.
enum StandardGlobals {
  static func add(to library: inout TemplateLibrary) {
    add("range", "range", to: &library, makeRange)
    add("dict", "dict", to: &library) { (arguments, render) throws(TemplateError) -> Value in
      guard arguments.positional.count <= 1 else {
        throw .type("dict expected at most 1 argument, got \(arguments.positional.count)")
      }
      let box = DictBox()
      try DictBuilding.update(box, arguments, render)
      return .dict(box)
    }
    add("namespace", "jinja2.utils.Namespace", to: &library) {
      (arguments, render) throws(TemplateError) -> Value in
      guard arguments.positional.count <= 1 else {
        throw .type("dict expected at most 1 argument, got \(arguments.positional.count)")
      }
      let box = DictBox()
      try DictBuilding.update(box, arguments, render)
      return .object(Namespace(box))
    }
    add("cycler", "jinja2.utils.Cycler", to: &library) {
      (arguments, _) throws(TemplateError) -> Value in
      if let (name, _) = arguments.named.first {
        throw .type("Cycler.__init__() got an unexpected keyword argument '\(name)'")
      }
      guard !arguments.positional.isEmpty else {
        throw TemplateError("RuntimeError", "at least one item has to be provided")
      }
      return .object(CyclerObject(arguments.positional))
    }
    add("joiner", "jinja2.utils.Joiner", to: &library) {
      (arguments, _) throws(TemplateError) -> Value in
      let bound = try Signature("Joiner.__init__", "self", "sep?")
        .bind(arguments.prepending(Value.none))
      return .object(JoinerObject(bound[1] ?? .string(", ")))
    }
    let lipsum: TemplateLibrary.Function = { (arguments, render) throws(TemplateError) -> Value in
      let bound = try Signature("generate_lorem_ipsum", "n?", "html?", "min?", "max?")
        .bind(arguments)
      return try LoremIpsum.text(bound, render)
    }
    library.globals["lipsum"] = { _ in
      .object(NativeFunction(name: "generate_lorem_ipsum", lipsum))
    }
  }

  private static func add(
    _ name: Text, _ className: String, to library: inout TemplateLibrary,
    _ make: @escaping TemplateLibrary.Function
  ) {
    let factory: TemplateLibrary.GlobalFactory = { (_) throws(TemplateError) -> Value in
      .object(ClassObject(className, make))
    }
    library.globals.updateValue(factory, forKey: name)
  }

  private static func makeRange(
    _ arguments: Arguments, _ render: Render
  ) throws(TemplateError) -> Value {
    guard arguments.named.isEmpty else { throw .type("range() takes no keyword arguments") }
    let given = arguments.positional
    guard !given.isEmpty else { throw .type("range expected at least 1 argument, got 0") }
    guard given.count <= 3 else {
      throw .type("range expected at most 3 arguments, got \(given.count)")
    }
    var bounds: [Int] = []
    var isHuge = false
    for value in given {
      if case .bigInt = value {
        isHuge = true
        bounds.append(1)
      } else {
        bounds.append(try render.size(value))
      }
    }
    let step = bounds.count > 2 ? bounds[2] : 1
    guard step != 0 else { throw .value("range() arg 3 must not be zero") }
    if isHuge { throw .limit("a range with a bound of more than 64 bits") }
    return .range(
      RangeValue(
        start: bounds.count > 1 ? bounds[0] : 0, stop: bounds.count > 1 ? bounds[1] : bounds[0],
        step: step))
  }
}
