/// What a YAML text may cost; a text that asks for more is refused with the place where it did.
package struct YAMLLimits: Sendable, Hashable {
  /// Size of the text in bytes.
  package var bytes: Int
  /// How deep lists and mappings may nest, aliases included. Python's own recursion limit ends a little below 500.
  package var depth: Int
  /// How many nodes there may be. An alias counts as all that it stands for, and 64 bytes of text as one node more, so
  /// that a small text cannot stand for a huge value.
  package var nodes: Int

  package init(bytes: Int = 64 << 20, depth: Int = 500, nodes: Int = 2_000_000) {
    self.bytes = bytes
    self.depth = depth
    self.nodes = nodes
  }
}
