/// `map`, `select`, `reject` and those that look at an attribute.
enum SelectingFilters {
  static func add(to library: inout TemplateLibrary) {
    library.addFilter(
      "map", as: Signature("sync_do_map", "context", "value", rest: true, namedRest: true), map)
    let choices: [(String, keeps: Bool, byAttribute: Bool)] = [
      ("select", true, false), ("reject", false, false), ("selectattr", true, true),
      ("rejectattr", false, true),
    ]
    for (name, keeps, byAttribute) in choices {
      library.addFilter(
        name, as: Signature("sync_do_\(name)", "context", "value", rest: true, namedRest: true)
      ) { (call, render) throws(TemplateError) -> Value in
        select(call, keeps: keeps, byAttribute: byAttribute, render)
      }
    }
  }

  private static let map: TemplateLibrary.FilterBody = {
    (call, render) throws(TemplateError) -> Value in
    var mapper: Mapper?
    var source: ValueIterator?
    return SequenceFilters.generator("sync_do_map") { () throws(TemplateError) -> Value? in
      if source == nil {
        guard try render.truth(call.input) else { return nil }
        mapper = try Mapper(call)
        source = try render.iterator(call.input)
      }
      guard let mapper, let item = try source?.next() else { return nil }
      try render.charge(rounds: 1)
      return try mapper.value(of: item, render)
    }
  }

  /// What `map` does to each item.
  private enum Mapper {
    case attribute(AttributePath)
    case filter(Value, Arguments)

    init(_ call: FilterCall) throws(TemplateError) {
      var named = call.namedRest
      if call.rest.isEmpty, let place = named.firstIndex(where: { $0.name == "attribute" }) {
        let attribute = named.remove(at: place).value
        var fallback: Value?
        if let place = named.firstIndex(where: { $0.name == "default" }) {
          fallback = named.remove(at: place).value
        }
        if let other = named.first {
          throw .filterArgument("Unexpected keyword argument \(TextRepr.quoted(other.name))")
        }
        self = .attribute(AttributePath(attribute, fallback: fallback))
        return
      }
      guard let name = call.rest.first else {
        throw .filterArgument("map requires a filter argument")
      }
      self = .filter(name, Arguments(Array(call.rest.dropFirst()), named: named))
    }

    func value(of item: Value, _ render: Render) throws(TemplateError) -> Value {
      switch self {
      case .attribute(let path): return try path.value(of: item, render)
      case .filter(let name, let arguments):
        guard let text = name.text, render.environment.library.filters[text.string] != nil else {
          throw try render.missing("filter", name)
        }
        return try render.apply(filter: text.string, to: item, arguments)
      }
    }
  }

  private static func select(
    _ call: FilterCall, keeps: Bool, byAttribute: Bool, _ render: Render
  ) -> Value {
    var source: ValueIterator?
    var path: AttributePath?
    var test: (name: Value, arguments: Arguments)?
    return SequenceFilters.generator("select_or_reject") { () throws(TemplateError) -> Value? in
      if source == nil {
        guard try render.truth(call.input) else { return nil }
        var rest = call.rest[...]
        if byAttribute {
          guard let attribute = rest.popFirst() else {
            throw .filterArgument("Missing parameter for attribute name")
          }
          path = AttributePath(attribute)
        }
        if let name = rest.popFirst() {
          test = (name, Arguments(Array(rest), named: call.namedRest))
        }
        source = try render.iterator(call.input)
      }
      while let item = try source?.next() {
        try render.charge(rounds: 1)
        let value = try path?.value(of: item, render) ?? item
        let holds: Bool
        if let test {
          guard let text = test.name.text,
            render.environment.library.tests[text.string] != nil
          else { throw try render.missing("test", test.name) }
          holds = try render.passes(test: text.string, value, test.arguments)
        } else {
          holds = try render.truth(value)
        }
        if holds == keeps { return item }
      }
      return nil
    }
  }
}

extension Render {
  /// What a filter or test gets us whose name is no text.
  func missing(_ kind: String, _ name: Value) throws(TemplateError) -> TemplateError {
    try requireHashable(name)
    let message = "No \(kind) named \(try repr(name))."
    guard case .undefined(let undefined) = name else { return .runtime(message) }
    return .runtime(
      "\(message) (\(undefined.message); did you forget to quote the callable name?)")
  }
}
