extension YAMLNode {
  /// The node with the scalars that are dates or times by their look as the texts that they are, for readers that know no
  /// dates. A tag that is written (`!!timestamp`) stays.
  package var withDatesAsText: YAMLNode {
    var node = self
    switch content {
    case .scalar:
      if tag == nil, resolvedTag == .timestamp { node.tag = YAMLTag.prefix + "str" }
    case .sequence(let items, let style):
      node.content = .sequence(items.map(\.withDatesAsText), style)
    case .mapping(let pairs, let style):
      node.content = .mapping(
        pairs.map { Pair(key: $0.key.withDatesAsText, value: $0.value.withDatesAsText) }, style)
    }
    return node
  }
}
