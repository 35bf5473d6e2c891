extension AnsibleLibrary {
  static func addMerging(to library: inout TemplateLibrary) {
    library.addFilter("combine", as: Signature("combine", rest: true, namedRest: true)) {
      (call, render) throws(TemplateError) -> Value in
      var merging = Merging(render)
      for (name, value) in call.namedRest {
        switch name {
        case "recursive": merging.isRecursive = try render.truth(value)
        case "list_merge": merging.lists = value
        default:
          throw .filterArgument(
            "'recursive' and 'list_merge' are the only valid keyword arguments")
        }
      }
      let terms = try flattened(.tuple(call.rest), .int(1), render, depth: 0)
      for term in terms { try requireDefined(term, render, depth: 0) }
      guard var result = terms.last else { return .dict(DictBox()) }
      for term in terms.dropLast().reversed() {
        result = try merging.merged(term, result, depth: 0)
      }
      return result
    }
  }

  private static func requireDefined(
    _ value: Value, _ render: Render, depth: Int
  ) throws(TemplateError) {
    guard depth < 200 else {
      throw TemplateError("RecursionError", "maximum recursion depth exceeded")
    }
    switch value {
    case .dict(let box):
      for item in box.values { try requireDefined(item, render, depth: depth + 1) }
    case .list(let box):
      for item in box.items { try requireDefined(item, render, depth: depth + 1) }
    case .undefined: throw .filterArgument("\(try render.str(value)) is undefined")
    default: return
    }
  }

  /// Lays one dict over another.
  private struct Merging {
    let render: Render
    var isRecursive = false
    var lists: Value = .string("replace")

    init(_ render: Render) { self.render = render }

    func merged(_ low: Value, _ high: Value, depth: Int) throws(TemplateError) -> Value {
      let ways: [Text] = ["replace", "keep", "append", "prepend", "append_rp", "prepend_rp"]
      guard let way = lists.text, ways.contains(way) else {
        throw .filterArgument(
          "merge_hash: 'list_merge' argument can only be equal to 'replace', 'keep', 'append', "
            + "'prepend', 'append_rp' or 'prepend_rp'")
      }
      guard case .dict(let low) = low, case .dict(let high) = high else {
        throw .filterArgument(
          "failed to combine variables, expected dicts but got a '\(className(low))' and a "
            + "'\(className(high))': \n\(try render.str(low))\n\(try render.str(high))")
      }
      guard depth < 200 else {
        throw TemplateError("RecursionError", "maximum recursion depth exceeded")
      }
      try render.charge(rounds: low.count + high.count)
      let same = try Comparison.areEqual(.dict(low), .dict(high))
      if low.count == 0 || same { return .dict(high.copy()) }
      let result = low.copy()
      for (key, value) in zip(high.keys, high.values) {
        guard let old = low.get(key), isRecursive || way != "replace" else {
          result.set(key, value)
          continue
        }
        switch (old, value) {
        case (.dict, .dict):
          result.set(key, isRecursive ? try merged(old, value, depth: depth + 1) : value)
        case (.list(let older), .list(let newer)):
          result.set(key, .list(try joined(older.items, newer.items, way)))
        default: result.set(key, value)
        }
      }
      return .dict(result)
    }

    private func joined(
      _ old: [Value], _ new: [Value], _ way: Text
    ) throws(TemplateError) -> [Value] {
      var others: [Value] = []
      if way == "append_rp" || way == "prepend_rp" {
        for item in old where try !render.contains(.list(new), item) { others.append(item) }
      }
      return switch way {
      case "keep": old
      case "append": old + new
      case "prepend": new + old
      case "append_rp": others + new
      case "prepend_rp": new + others
      default: new
      }
    }
  }
}
