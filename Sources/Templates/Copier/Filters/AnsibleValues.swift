import Platform

/// Ansible's filters for values of any kind.
enum AnsibleValues {
  static func register(in library: inout TemplateLibrary) {
    library.addFilter("bool") {
      (value: Value, given: Arguments, render: Render) throws(TemplateError) -> Value in
      if value.isNone { return .none }
      if case .bool = value { return value }
      let word = value.text?.string.lowercased()
      if let word { return .bool(["yes", "on", "1", "true"].contains(word)) }
      return .bool(value.index == 1 || ContextValue(value) == .float(1))
    }
    library.addFilter("ternary") {
      (value: Value, arguments: Arguments, render: Render) throws(TemplateError) -> Value in
      var arguments = FilterArguments(arguments)
      let yes = arguments.next("true_val") ?? .none
      let no = arguments.next("false_val") ?? .none
      let nothing = arguments.next("none_val") ?? .none
      if value.isNone, !nothing.isNone { return nothing }
      return value.isPlainlyTrue ? yes : no
    }
    library.addFilter("mandatory") {
      (value: Value, arguments: Arguments, render: Render) throws(TemplateError) -> Value in
      guard case .undefined(let undefined) = value else { return value }
      var arguments = FilterArguments(arguments)
      if let message = arguments.next("msg"), !message.isNone {
        throw .filterArgument(ContextValue(message).pythonText)
      }
      let name = undefined.name.text.map { "\"\($0.string)\" " } ?? ""
      throw .filterArgument("Mandatory variable \(name) not defined.")
    }
    library.addFilter("type_debug") { (value, _, _) in .text(value.typeName) }
    library.addFilter("flatten") {
      (value: Value, arguments: Arguments, render: Render) throws(TemplateError) -> Value in
      var arguments = FilterArguments(arguments)
      let levels = arguments.next("levels")?.index
      return ContextValue.list(flattened(ContextValue(value).items ?? [], levels)).value()
    }
    library.addFilter("combine") {
      (value: Value, arguments: Arguments, render: Render) throws(TemplateError) -> Value in
      let recursive = FilterArguments(arguments).named("recursive")?.isPlainlyTrue == true
      let terms = flattened(([value] + arguments.positional).map { ContextValue($0) }, 1)
      guard var result = terms.first else { return ContextValue.dict([], isOrdered: false).value() }
      for term in terms.dropFirst() { result = merged(result, term, recursive) }
      return result.value()
    }
    library.addFilter("extract") {
      (value: Value, arguments: Arguments, render: Render) throws(TemplateError) -> Value in
      var arguments = FilterArguments(arguments)
      let container = ContextValue(arguments.next("container") ?? .none)
      guard let found = item(ContextValue(value), of: container) else { throw .key(value) }
      var result = found
      let more = ContextValue(arguments.next("morekeys") ?? .none)
      for key in more.items ?? (more == .none ? [] : [more]) {
        guard let next = item(key, of: result) else {
          return .undefined(Undefined(.standard, name: key.value()))
        }
        result = next
      }
      return result.value()
    }
  }

  private static func item(_ key: ContextValue, of container: ContextValue) -> ContextValue? {
    if let pairs = container.pairs { return pairs.first { $0.key == key }?.value }
    guard let items = container.items, case .int(let place) = key else { return nil }
    let index = place < 0 ? items.count + place : place
    return items.indices.contains(index) ? items[index] : nil
  }

  /// Lists inside lists, laid flat so many levels deep; what follows a `None` is dropped, as ansible does.
  private static func flattened(_ items: [ContextValue], _ levels: Int?) -> [ContextValue] {
    var result: [ContextValue] = []
    for item in items {
      if item == .none || item == .text("None") || item == .text("null") { break }
      guard let inner = item.items, levels.map({ $0 >= 1 }) ?? true else {
        result.append(item)
        continue
      }
      result += flattened(inner, levels.map { $0 - 1 })
    }
    return result
  }

  private static func merged(
    _ low: ContextValue, _ high: ContextValue, _ recursive: Bool
  ) -> ContextValue {
    guard var pairs = low.pairs, let more = high.pairs else { return high }
    for pair in more {
      if let place = pairs.firstIndex(where: { $0.key == pair.key }) {
        let isNested = recursive && pair.value.pairs != nil && pairs[place].value.pairs != nil
        pairs[place].value = isNested ? merged(pairs[place].value, pair.value, true) : pair.value
      } else {
        pairs.append(pair)
      }
    }
    return .dict(pairs, isOrdered: false)
  }
}
