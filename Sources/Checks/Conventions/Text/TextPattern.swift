import Formats
import Patterns
import Platform

/// A regular expression of a rule, looked for in time linear in the text.
package struct TextPattern: Sendable {
  private let pattern: Pattern

  /// - Throws: ``ParseFailure`` at the place of what is wrong in the expression.
  init(_ text: String, at node: YAMLNode) throws(ParseFailure) {
    do { pattern = try Pattern(text, flags: .multiline) } catch {
      throw node.failure("the regular expression: \(error.message)", hint: error.hint)
    }
  }

  func matches(_ text: String, _ matchers: PatternMatchers) -> Bool {
    matchers.matcher(pattern).isMatch(in: text)
  }

  /// The matches that are not empty.
  func ranges(in bytes: [UInt8], _ matchers: PatternMatchers) -> [Range<Int>] {
    var found: [Range<Int>] = []
    bytes.withUnsafeBufferPointer { text in
      matchers.matcher(pattern).forEachRange(in: text) { range in
        if !range.isEmpty { found.append(range) }
        return true
      }
    }
    return found
  }
}
