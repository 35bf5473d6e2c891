import Formats
import Platform

/// A regular expression of a rule.
package struct TextPattern: Sendable {
  private let text: [UInt8]

  init(_ text: String, at node: YAMLNode) throws(ParseFailure) { self.text = Array(text.utf8) }

  func matches(_ other: String) -> Bool { Array(other.utf8).firstRange(of: text) != nil }

  func ranges(in bytes: [UInt8]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var rest = bytes[...]
    while let range = rest.firstRange(of: text), !range.isEmpty {
      found.append(range)
      rest = rest[range.upperBound...]
    }
    return found
  }
}
