import Platform

/// Python's regular expressions, which this part of the program does not have: who starts it lends them.
///
/// The files of a hook are chosen with `re.search`, and configurations rely on what only that has (`^(?!docs/)`), so the
/// linear engine of rules (`Patterns`) alone would read them otherwise; see `docs/decisions/0008-two-engines-of-regular-expressions.md`.
package struct PythonExpressions {
  package struct Flags: OptionSet, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let ignoresCase = Flags(rawValue: 1)
    package static let multiline = Flags(rawValue: 2)
    package static let dotMatchesAll = Flags(rawValue: 4)
    /// Of an expression over bytes: classes and cases are of ASCII.
    package static let ascii = Flags(rawValue: 8)
  }

  /// `re.search` over characters: where the first match lies.
  package typealias Search = (_ text: [UInt32]) throws -> Range<Int>?

  let compile: (_ pattern: [UInt32], _ flags: Flags) throws(ParseFailure) -> Search

  /// - Parameter compile: fails without a place when the pattern is none.
  package init(
    compile: @escaping (_ pattern: [UInt32], _ flags: Flags) throws(ParseFailure) -> Search
  ) {
    self.compile = compile
  }
}
