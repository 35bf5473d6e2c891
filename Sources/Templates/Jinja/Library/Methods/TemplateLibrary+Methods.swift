import BigInt

/// The body of a method of a builtin type: the value, the arguments in order, the render.
typealias MethodBody = @Sendable (Value, [Value?], Render) throws(TemplateError) -> Value

extension TemplateLibrary {
  mutating func addMethod(
    _ type: BuiltinType, _ typeName: String, _ name: String, _ kind: NativeParameters.Kind,
    _ body: @escaping MethodBody
  ) {
    let parameters = NativeParameters(typeName, name, kind)
    let function: ValueFunction = { (value, arguments, render) throws(TemplateError) -> Value in
      let values: [Value?] = try parameters.bind(arguments, of: value)
      return try body(value, values, render)
    }
    methods[type, default: [:]].updateValue(function, forKey: Text(name))
  }

  /// `index` and `count` of lists and tuples.
  private mutating func addLookups(
    _ type: BuiltinType, _ name: String, _ items: @escaping @Sendable (Value) -> [Value]
  ) {
    addMethod(type, name, "count", .one) { (value, values, render) throws(TemplateError) -> Value in
      var count = 0
      for item in items(value) where try Comparison.isSame(item, values[0] ?? Value.none) {
        count += 1
      }
      return .int(count)
    }
    addMethod(type, name, "index", .counted(1, 3)) {
      (value, values, render) throws(TemplateError) -> Value in
      let all = items(value)
      let wanted = values[0] ?? Value.none
      let low = try render.bound(values.count > 1 ? values[1] : nil, acceptsNone: false)
      let high = try render.bound(values.count > 2 ? values[2] : nil, acceptsNone: false)
      let (start, end) = render.range(low, high, count: all.count)
      if start < end {
        for index in start..<end where try Comparison.isSame(all[index], wanted) {
          return .int(index)
        }
      }
      if type == .tuple { throw .value("tuple.index(x): x not in tuple") }
      throw .value("\(try render.repr(wanted)) is not in list")
    }
  }

  mutating func addTupleMethods() {
    addLookups(.tuple, "tuple") { value in
      if case .tuple(let box) = value { box.items } else { [] }
    }
  }

  mutating func addListMethods() {
    addLookups(.list, "list") { value in
      if case .list(let box) = value { box.items } else { [] }
    }
    func add(
      _ name: String, _ kind: NativeParameters.Kind,
      _ body: @escaping @Sendable (ListBox, [Value?], Render) throws(TemplateError) -> Value
    ) {
      addMethod(.list, "list", name, kind) {
        (value, values, render) throws(TemplateError) -> Value in
        guard case .list(let box) = value else { return Value.none }
        return try body(box, values, render)
      }
    }
    add("append", .one) { (box, values, render) throws(TemplateError) -> Value in
      try render.charge(rounds: 1)
      box.items.append(values[0] ?? Value.none)
      return Value.none
    }
    add("extend", .one) { (box, values, render) throws(TemplateError) -> Value in
      box.items += try render.items(values[0] ?? Value.none)
      try render.charge(rounds: box.items.count)
      return Value.none
    }
    add("insert", .counted(2, 2)) { (box, values, render) throws(TemplateError) -> Value in
      let index = try render.size(values[0] ?? Value.none)
      let place = index < 0 ? max(0, index &+ box.items.count) : min(index, box.items.count)
      try render.charge(rounds: 1)
      box.items.insert(values[1] ?? Value.none, at: place)
      return Value.none
    }
    add("pop", .counted(0, 1)) { (box, values, render) throws(TemplateError) -> Value in
      let index = values.isEmpty ? -1 : try render.size(values[0] ?? Value.none)
      guard !box.items.isEmpty else { throw .index("pop from empty list") }
      let place = index < 0 ? index &+ box.items.count : index
      guard box.items.indices.contains(place) else { throw .index("pop index out of range") }
      return box.items.remove(at: place)
    }
    add("remove", .one) { (box, values, render) throws(TemplateError) -> Value in
      for index in box.items.indices
      where try Comparison.isSame(box.items[index], values[0] ?? Value.none) {
        box.items.remove(at: index)
        return Value.none
      }
      throw .value("list.remove(x): x not in list")
    }
    add("reverse", .none) { (box, _, _) throws(TemplateError) -> Value in
      box.items.reverse()
      return Value.none
    }
    add("copy", .none) { (box, _, _) throws(TemplateError) -> Value in .list(box.items) }
    add("clear", .none) { (box, _, _) throws(TemplateError) -> Value in
      box.items = []
      return Value.none
    }
    let sort: ValueFunction = { (value, arguments, render) throws(TemplateError) -> Value in
      guard case .list(let box) = value else { return Value.none }
      guard arguments.positional.isEmpty || arguments.count > 2 else {
        throw .type("sort() takes no positional arguments")
      }
      let values = try NativeParameters("list", "sort", .named(["key", "reverse"])).bind(arguments)
      let isReversed: Bool
      isReversed = try render.integerFlag(values[1])
      var keys = box.items
      if let key = values[0], !key.isNone {
        for index in keys.indices { keys[index] = try render.call(key, Arguments([keys[index]])) }
      }
      box.items = try StableSort.sorted(box.items, by: keys, reversed: isReversed, render)
      return Value.none
    }
    methods[.list, default: [:]].updateValue(sort, forKey: "sort")
  }

  mutating func addDictMethods() {
    func add(
      _ name: String, _ kind: NativeParameters.Kind,
      _ body: @escaping @Sendable (DictBox, [Value?], Render) throws(TemplateError) -> Value
    ) {
      addMethod(.dict, "dict", name, kind) {
        (value, values, render) throws(TemplateError) -> Value in
        guard case .dict(let box) = value else { return Value.none }
        return try body(box, values, render)
      }
    }
    add("get", .counted(1, 2)) { (box, values, render) throws(TemplateError) -> Value in
      let key = values[0] ?? Value.none
      try render.requireHashable(key)
      return box.get(key) ?? (values.count > 1 ? values[1] : nil) ?? Value.none
    }
    for kind in [DictView.Kind.keys, .values, .items] {
      add(kind.rawValue, .none) { (box, _, _) throws(TemplateError) -> Value in
        .object(DictView(box, kind))
      }
    }
    add("pop", .counted(1, 2)) { (box, values, render) throws(TemplateError) -> Value in
      let key = values[0] ?? Value.none
      if box.count > 0 || box.isOrdered {
        try render.requireHashable(key)
        if let value = box.remove(key) { return value }
      }
      if values.count > 1, let usual = values[1] { return usual }
      throw .key(key)
    }
    add("popitem", .none) { (box, _, _) throws(TemplateError) -> Value in
      guard let key = box.keys.last, let value = box.remove(key) else {
        throw .key(
          .string(box.isOrdered ? "dictionary is empty" : "popitem(): dictionary is empty"))
      }
      return .tuple([key, value])
    }
    add("setdefault", .counted(1, 2)) { (box, values, render) throws(TemplateError) -> Value in
      let key = values[0] ?? Value.none
      try render.requireHashable(key)
      if let value = box.get(key) { return value }
      let value = (values.count > 1 ? values[1] : nil) ?? Value.none
      try render.charge(rounds: 1)
      box.set(key, value)
      return value
    }
    add("copy", .none) { (box, _, _) throws(TemplateError) -> Value in .dict(box.copy()) }
    add("clear", .none) { (box, _, _) throws(TemplateError) -> Value in
      box.removeAll()
      return Value.none
    }
    add("fromkeys", .counted(1, 2)) { (_, values, render) throws(TemplateError) -> Value in
      let box = DictBox()
      for key in try render.items(values[0] ?? Value.none) {
        try render.requireHashable(key)
        box.set(key, (values.count > 1 ? values[1] : nil) ?? Value.none)
      }
      return .dict(box)
    }
    let update: ValueFunction = { (value, arguments, render) throws(TemplateError) -> Value in
      guard case .dict(let box) = value else { return Value.none }
      guard arguments.positional.count <= 1 else {
        let count = arguments.positional.count
        throw .type(
          box.isOrdered
            ? "update() takes at most 1 positional argument (\(count) given)"
            : "update expected at most 1 argument, got \(count)")
      }
      try DictBuilding.update(box, arguments, render)
      return Value.none
    }
    methods[.dict, default: [:]].updateValue(update, forKey: "update")
    addOrderedMethods()
  }
}
