import BigInt

extension AnsibleLibrary {
  static func addValues(to library: inout TemplateLibrary) {
    library.addFilter("bool", as: Signature("to_bool", "a")) {
      (call, _) throws(TemplateError) -> Value in
      if case .bool = call.input { return call.input }
      if call.input.isNone { return call.input }
      let value = CaseFolding.folded(call.input)
      let yes: [Value] = [.string("yes"), .string("on"), .string("1"), .string("true"), .int(1)]
      for word in yes where try Comparison.isSame(value, word) { return .bool(true) }
      return .bool(false)
    }
    library.addFilter(
      "ternary", as: Signature("ternary", "value", "true_val", "false_val", "none_val?")
    ) { (call, render) throws(TemplateError) -> Value in
      if call.input.isNone, let none = call[3], !none.isNone { return none }
      return try render.truth(call.input) ? value(call, 1) : value(call, 2)
    }
    library.addFilter("mandatory", as: Signature("mandatory", "a", "msg?")) {
      (call, render) throws(TemplateError) -> Value in
      guard case .undefined(let undefined) = call.input else { return call.input }
      if let message = call[1], !message.isNone {
        throw .filterArgument(try render.str(message).string)
      }
      let name = undefined.name.isNone ? "" : "\"\(try render.str(undefined.name))\" "
      throw .filterArgument("Mandatory variable \(name) not defined.")
    }
    library.addFilter(
      "type_debug", as: Signature("FilterModule.filters.<locals>.<lambda>", "o")
    ) { (call, _) throws(TemplateError) -> Value in .text(className(call.input)) }
    library.addFilter("flatten", as: Signature("flatten", "mylist", "levels?")) {
      (call, render) throws(TemplateError) -> Value in
      .list(try flattened(call.input, value(call, 1), render, depth: 0))
    }
    library.addFilter("extract", as: Signature("extract", "item", "container", "morekeys?")) {
      (call, render) throws(TemplateError) -> Value in
      var found = try render.subscripted(value(call, 1), call.input)
      guard let more = call[2], !more.isNone else { return found }
      var keys = [more]
      if case .list(let box) = more { keys = box.items }
      do throws(TemplateError) {
        for key in keys { found = try render.subscripted(found, key) }
      } catch {
        guard error.exception == "KeyError" else { throw error }
        return .undefined(Undefined(.standard))
      }
      return found
    }
    library.addFilter(
      "subelements", as: Signature("subelements", "obj", "subelements", "skip_missing?"),
      subelements)
    library.addFilter(
      "ans_groupby", as: Signature("do_groupby", "environment", "value", "attribute")
    ) { (call, render) throws(TemplateError) -> Value in
      let groups = try render.apply(
        filter: "groupby", to: call.input, Arguments([value(call, 1)]))
      var plain: [Value] = []
      for group in try render.items(groups) { plain.append(.tuple(try render.items(group))) }
      return .list(plain)
    }
  }

  /// Lists inside of lists laid flat, some levels deep; a none ends its list.
  static func flattened(
    _ list: Value, _ levels: Value, _ render: Render, depth: Int
  ) throws(TemplateError) -> [Value] {
    guard depth < 200 else {
      throw TemplateError("RecursionError", "maximum recursion depth exceeded")
    }
    var result: [Value] = []
    for item in try render.items(list) {
      try render.charge(rounds: 1)
      if item.isNone || item.text == "None" || item.text == "null" { break }
      if case .undefined(let undefined) = item, undefined.kind == .strict { throw undefined.error }
      guard isSequence(item) else {
        result.append(item)
        continue
      }
      if levels.isNone {
        result += try flattened(item, levels, render, depth: depth + 1)
      } else if try Comparison.holds(.greaterOrEqual, levels, .int(1)) {
        let left = Value.integer(try render.integer(levels) - 1)
        result += try flattened(item, left, render, depth: depth + 1)
      } else {
        result.append(item)
      }
    }
    return result
  }

  private static func isSequence(_ value: Value) -> Bool {
    switch value {
    case .list, .tuple, .range: true
    default: false
    }
  }

  private static let subelements: TemplateLibrary.FilterBody = {
    (call, render) throws(TemplateError) -> Value in
    let elements: [Value]
    switch call.input {
    case .dict(let box): elements = box.values
    case .list(let box): elements = box.items
    default: throw .filterArgument("obj must be a list of dicts or a nested dict")
    }
    let path: [Value]
    switch value(call, 1) {
    case .list(let box): path = box.items
    case .string(let text), .markup(let text): path = text.split(by: ".").map { .string($0) }
    default: throw .filterArgument("subelements must be a list or a string")
    }
    let skips = try call.flag(2, false, render)
    var result: [Value] = []
    for element in elements {
      var inner = element
      var last = Value.none
      for key in path {
        last = key
        do throws(TemplateError) {
          inner = try render.subscripted(inner, key)
        } catch {
          switch error.exception {
          case "KeyError":
            guard !skips else {
              inner = .list([])
              break
            }
            throw .filterArgument(
              "could not find \(try render.repr(key)) key in iterated item "
                + "\(try render.repr(inner))")
          case "TypeError":
            throw .filterArgument(
              "the key \(try render.str(key)) should point to a dictionary, got "
                + "\"\(try render.str(inner))\"")
          default: throw error
          }
          break
        }
      }
      guard case .list(let box) = inner else {
        throw .filterArgument(
          "the key \(try render.repr(last)) should point to a list, got \(try render.repr(inner))")
      }
      try render.charge(rounds: box.items.count)
      result += box.items.map { .tuple([element, $0]) }
    }
    return .list(result)
  }
}
