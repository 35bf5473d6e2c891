extension TemplateLibrary {
  /// The methods in which `collections.OrderedDict` differs from `dict`; the others stay as they are.
  mutating func addOrderedMethods() {
    addOrdered("pop", ["key", "default"]) { (box, values, render) throws(TemplateError) -> Value in
      guard let key = values[0] else {
        throw .type("pop() missing required argument 'key' (pos 1)")
      }
      try render.requireHashable(key)
      if let value = box.remove(key) ?? values[1] { return value }
      throw .key(key)
    }
    addOrdered("popitem", ["last"]) { (box, values, render) throws(TemplateError) -> Value in
      let isLast = try values[0].map { (flag) throws(TemplateError) in try render.truth(flag) }
      guard let key = isLast ?? true ? box.keys.last : box.keys.first,
        let value = box.remove(key)
      else { throw .key(.string("dictionary is empty")) }
      return .tuple([key, value])
    }
    addOrdered("setdefault", ["key", "default"]) {
      (box, values, render) throws(TemplateError) -> Value in
      guard let key = values[0] else {
        throw .type("setdefault() missing required argument 'key' (pos 1)")
      }
      try render.requireHashable(key)
      if let value = box.get(key) { return value }
      try render.charge(rounds: 1)
      box.set(key, values[1] ?? Value.none)
      return values[1] ?? Value.none
    }
  }

  private mutating func addOrdered(
    _ name: String, _ parameters: [Text],
    _ body: @escaping @Sendable (DictBox, [Value?], Render) throws(TemplateError) -> Value
  ) {
    let plain = methods[.dict]?[Text(name)]
    let native = NativeParameters("OrderedDict", name, .named(parameters))
    let function: ValueFunction = { (value, arguments, render) throws(TemplateError) -> Value in
      guard case .dict(let box) = value else { return Value.none }
      guard box.isOrdered else {
        guard let plain else {
          throw .attribute("'dict' object has no attribute '\(name)'")
        }
        return try plain(value, arguments, render)
      }
      let values: [Value?] = try native.bind(arguments)
      return try body(box, values, render)
    }
    methods[.dict, default: [:]].updateValue(function, forKey: Text(name))
  }
}
