import Platform

extension YAMLNode {
  /// The value that PyYAML's `SafeLoader` makes of the node.
  ///
  /// - Throws: ``ParseFailure`` for a tag that is not YAML 1.1's own, a text that its tag does not allow, and a key that
  ///   has no hash in Python.
  package func value() throws(ParseFailure) -> YAMLValue {
    switch resolvedTag {
    case .null:
      _ = try scalarText()
      return .none
    case .bool: return try boolValue(try scalarText())
    case .int: return try intValue(try scalarText())
    case .float: return try floatValue(try scalarText())
    case .string: return .string(try scalarText())
    case .binary: return try binaryValue(try scalarText())
    case .timestamp: return try timestampValue(try scalarText())
    case .sequence: return .list(try values(of: try sequenceItems()))
    case .mapping: return .map(try fields().map { .init($0.key, $0.value) })
    case .set: return .set(try fields().map(\.key))
    case .orderedMapping, .pairs: return .list(try pairValues())
    case .merge:
      throw failure("`<<` merges mappings and can only be a key", hint: "put it in quotes")
    case .value: throw failure("`=` alone is not a value", hint: "put it in quotes")
    case .other(let tag): throw failure("unknown tag `\(tag)`", hint: "remove the tag")
    }
  }

  /// One key of a mapping with what it stands for.
  package struct Field: Sendable {
    package var key: YAMLValue
    package var value: YAMLValue
    package var keyNode: YAMLNode
    package var valueNode: YAMLNode
    /// The key's first node, when the mapping itself has the key more than once.
    package var first: YAMLNode?
  }

  /// The keys of a mapping as Python's dictionary has them: merged (`<<`), in the order of the first appearance, each
  /// with its last value. Keys are one when Python holds them equal: `1`, `1.0` and `true`.
  package func fields() throws(ParseFailure) -> [Field] {
    var fields: [Field] = []
    var positions: [YAMLKey: Int] = [:]
    var own: Set<Int> = []
    let flattened = try flattened()
    for (index, pair) in zip(flattened.pairs.indices, flattened.pairs) {
      let key = try pair.key.value()
      guard let hashed = YAMLKey(key) else {
        throw pair.key.failure("a list or a mapping cannot be a key")
      }
      let value = try pair.value.value()
      let position = positions[hashed] ?? fields.count
      let isRepeated = index >= flattened.merged && !own.insert(position).inserted
      if position == fields.count {
        positions[hashed] = position
        fields.append(Field(key: key, value: value, keyNode: pair.key, valueNode: pair.value))
      } else {
        if isRepeated {
          fields[position].first = fields[position].first ?? fields[position].keyNode
        }
        fields[position].value = value
        fields[position].keyNode = pair.key
        fields[position].valueNode = pair.value
      }
    }
    return fields
  }

  /// The pairs of a mapping after those that `<<` brings in, and how many these are; with several sources the earlier ones
  /// win.
  private func flattened() throws(ParseFailure) -> (pairs: [Pair], merged: Int) {
    guard let pairs else { throw failure("expected a mapping") }
    var merged: [Pair] = []
    var own: [Pair] = []
    for var pair in pairs {
      switch pair.key.resolvedTag {
      case .merge: merged += try pair.value.mergeSource()
      case .value:
        pair.key.tag = YAMLTag.prefix + "str"
        own.append(pair)
      default: own.append(pair)
      }
    }
    return (merged + own, merged.count)
  }

  private func mergeSource() throws(ParseFailure) -> [Pair] {
    switch content {
    case .mapping: return try flattened().pairs
    case .sequence(let nodes, _):
      var sources: [[Pair]] = []
      for node in nodes {
        guard node.pairs != nil else { throw node.failure("only mappings can be merged with `<<`") }
        sources.append(try node.flattened().pairs)
      }
      return sources.reversed().flatMap { $0 }
    case .scalar: throw failure("only mappings can be merged with `<<`")
    }
  }

  /// The text of a scalar, or, as YAML 1.1 has it, of the `=` key of a mapping.
  private func scalarText() throws(ParseFailure) -> String {
    if let text { return text }
    if let pairs, let pair = pairs.first(where: { $0.key.resolvedTag == .value }) {
      return try pair.value.scalarText()
    }
    throw failure("expected a single value")
  }

  private func sequenceItems() throws(ParseFailure) -> [YAMLNode] {
    guard let items else { throw failure("expected a list") }
    return items
  }

  private func values(of nodes: [YAMLNode]) throws(ParseFailure) -> [YAMLValue] {
    var values: [YAMLValue] = []
    values.reserveCapacity(nodes.count)
    for node in nodes { values.append(try node.value()) }
    return values
  }

  private func pairValues() throws(ParseFailure) -> [YAMLValue] {
    var values: [YAMLValue] = []
    for item in try sequenceItems() {
      guard let pairs = item.pairs, let pair = pairs.first, pairs.count == 1 else {
        throw item.failure("expected a mapping with one key")
      }
      values.append(.tuple([try pair.key.value(), try pair.value.value()]))
    }
    return values
  }
}
