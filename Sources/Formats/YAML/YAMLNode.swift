import Platform

/// A node of a YAML document as it is written: with style, tag and marks, before its type is decided.
///
/// An alias is a copy of the node that it stands for, with ``alias`` set; ``start`` and ``end`` stay those of the
/// anchored node, as in PyYAML.
package struct YAMLNode: Sendable, Hashable {
  package enum Content: Sendable, Hashable {
    case scalar(String, ScalarStyle)
    case sequence([YAMLNode], CollectionStyle)
    case mapping([Pair], CollectionStyle)
  }

  package enum ScalarStyle: Sendable, Hashable {
    case plain, singleQuoted, doubleQuoted, literal, folded
  }

  package enum CollectionStyle: Sendable, Hashable { case block, flow }

  /// A key and its value, in the order of the text; keys may repeat.
  package struct Pair: Sendable, Hashable {
    package var key: YAMLNode
    package var value: YAMLNode
  }

  /// Where `*name` stands.
  package struct Alias: Sendable, Hashable {
    package var name: String
    package var start: YAMLMark
    package var end: YAMLMark
  }

  package var content: Content
  /// The tag that is written, in full (`tag:yaml.org,2002:int`); nil when there is none, or only `!`.
  package var tag: String?
  /// Whether a scalar's text decides its type: a plain one without a tag, or any with the tag `!`.
  package var isImplicit: Bool
  package var anchor: String?
  package var alias: Alias?
  package var start: YAMLMark
  /// Behind the last character; of a block collection, where the next thing begins.
  package var end: YAMLMark
}

extension YAMLNode {
  /// The text of a scalar; nil for collections.
  package var text: String? {
    if case .scalar(let text, _) = content { text } else { nil }
  }

  package var pairs: [Pair]? {
    if case .mapping(let pairs, _) = content { pairs } else { nil }
  }

  package var items: [YAMLNode]? {
    if case .sequence(let items, _) = content { items } else { nil }
  }

  /// Where a person would look: at the alias, when there is one.
  package var mark: YAMLMark { alias?.start ?? start }

  /// A failure at this node.
  package func failure(_ message: String, hint: String? = nil) -> ParseFailure {
    ParseFailure(message, line: mark.line, column: mark.column, hint: hint)
  }
}
