/// How much one render may use before it fails with `LimitExceeded`; a template is foreign text.
package struct TemplateLimits: Sendable, Hashable {
  /// Bytes written, and bytes of any one text or list that is made by repetition.
  package var bytes = 1 << 28
  /// Rounds of all loops, and items that filters and methods make.
  package var rounds = 50_000_000
  /// Macro, include, block and recursive-loop calls inside each other.
  package var depth = 250
  /// Bits of an integer.
  package var integerBits = 1 << 20

  package init() {}
}
