/// A place in a YAML text, in front of a character.
package struct YAMLMark: Sendable, Hashable {
  /// Counted from 1.
  package var line: Int
  /// Counted from 1, in characters.
  package var column: Int
  /// How many characters (Unicode scalars) stand before it; a byte-order mark is not counted.
  package var offset: Int

  package init(line: Int, column: Int, offset: Int) {
    self.line = line
    self.column = column
    self.offset = offset
  }
}
