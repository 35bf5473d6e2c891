import Formats

/// What `item` and `key` are in one of the stages that `foreach` and `matrix` make of one.
enum StageItem {
  /// - Parameter key: what the stage's name ends in, behind `@`.
  /// - Returns: values by the names that `${…}` has for them: `key`, `item`, `item.x`.
  static func values(of stage: YAMLNode, key: String) -> [String: String] {
    var found = ["key": key, "item": key]
    func add(_ name: String, _ node: YAMLNode) {
      if let text = node.text { found[name] = text }
      for pair in node.pairs ?? [] {
        if let key = pair.key.text { add(name + "." + key, pair.value) }
      }
    }
    if let each = stage["foreach"] {
      // What is no scalar goes by its number.
      let numbered = Int(key).flatMap { $0 >= 0 ? each.items?.dropFirst($0).first : nil }
      if let item = each[key] ?? numbered, item.pairs != nil || each.pairs != nil {
        add("item", item)
      }
    }
    if let names = stage["matrix"]?.pairs, let values = combination(names[...], key[...]) {
      for (name, value) in zip(names, values) { add("item." + (name.key.text ?? ""), value) }
    }
    return found
  }

  /// The values of a matrix whose texts, joined by `-`, are the key.
  private static func combination(
    _ names: ArraySlice<YAMLNode.Pair>, _ key: Substring
  ) -> [YAMLNode]? {
    guard let first = names.first else { return key.isEmpty ? [] : nil }
    for (index, value) in (first.value.items ?? []).enumerated() {
      let text = value.text ?? "\(first.key.text ?? "")\(index)"
      guard key.hasPrefix(text) else { continue }
      let rest = key.dropFirst(text.count)
      guard rest.isEmpty == (names.count == 1), rest.isEmpty || rest.first == "-" else { continue }
      if let others = combination(names.dropFirst(), rest.dropFirst()) { return [value] + others }
    }
    return nil
  }
}

extension YAMLNode {
  /// The value of a key; of the last one, where it repeats.
  subscript(key: String) -> YAMLNode? { pairs?.last { $0.key.text == key }?.value }
}
