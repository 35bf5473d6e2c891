import BigInt

/// Values on their way to the Python helper and back: containers are objects with one key that says what they are.
enum PythonValue {
  static func answer(_ value: Value, _ render: Render) throws(TemplateError) -> Answer {
    switch value {
    case .none: return .none
    case .bool(let value): return .bool(value)
    case .int(let value): return .int(value)
    case .bigInt(let box): return .bigInt(box.value.description)
    case .float(let value): return .float(value)
    case .string(let text), .markup(let text): return .string(text.string)
    case .list(let box): return try tagged("list", box.items, render)
    case .tuple(let box): return try tagged("tuple", box.items, render)
    case .dict(let box):
      var pairs: [Answer] = []
      for (key, value) in zip(box.keys, box.values) {
        pairs.append(.list([try answer(key, render), try answer(value, render)]))
      }
      return .map(AnswerMap([.init("dict", .list(pairs))]))
    case .undefined(let undefined): throw undefined.error
    case .range, .object:
      throw .type("a value of type '\(value.typeName)' cannot be given to a Python extension")
    }
  }

  private static func tagged(
    _ tag: String, _ values: [Value], _ render: Render
  ) throws(TemplateError) -> Answer {
    var items: [Answer] = []
    for value in values { items.append(try answer(value, render)) }
    return .map(AnswerMap([.init(tag, .list(items))]))
  }

  static func value(_ answer: Answer) -> Value {
    switch answer {
    case .none: return .none
    case .bool(let value): return .bool(value)
    case .int(let value): return .int(value)
    case .bigInt(let text): return BigInt(text).map { .integer($0) } ?? .text(text)
    case .float(let value): return .float(value)
    case .string(let text): return .text(text)
    case .list(let values): return .list(values.map { value($0) })
    case .map(let map):
      if let pairs = map["dict"]?.list {
        let box = DictBox()
        for pair in pairs {
          guard let pair = pair.list, pair.count == 2 else { continue }
          box.set(value(pair[0]), value(pair[1]))
        }
        return .dict(box)
      }
      if let items = map["tuple"]?.list { return .tuple(items.map { value($0) }) }
      if let items = map["list"]?.list { return .list(items.map { value($0) }) }
      if let text = map["markup"]?.string { return .markup(Text(text)) }
      return .text(map["text"]?.string ?? "")
    }
  }
}
