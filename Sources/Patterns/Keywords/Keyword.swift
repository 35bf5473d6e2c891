/// A text that ``KeywordScan`` looks for.
package struct Keyword: Sendable, Hashable {
  /// At least one byte; an empty one is never found.
  package var bytes: [UInt8]
  /// Whether both cases of ASCII's letters match.
  package var ignoresCase: Bool

  package init(_ text: String, ignoresCase: Bool = false) {
    bytes = Array(text.utf8)
    self.ignoresCase = ignoresCase
  }
}
