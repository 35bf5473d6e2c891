/// A piece of a source file: what it is and which bytes it covers.
package struct Token: Sendable, Hashable {
  /// The first byte.
  package var start: UInt32
  /// The byte after the last.
  package var end: UInt32
  package var kind: TokenKind

  package var range: Range<Int> { Int(start)..<Int(end) }
}
