import Formats
import Patterns
import Platform
import Python

/// A rule about the text of a file: a regular expression, line by line.
package struct TextMatcher: Sendable {
  /// Where in code it counts.
  private enum Place: String, CaseIterable {
    case any, code, comment, string
  }

  private let pattern: TextPattern
  private let place: Place

  init(_ node: YAMLNode) throws(ParseFailure) {
    let fields = try RuleFields(node, "`match`", known: ["regex", "where"])
    let text = try fields.required("regex", of: "`match`")
    pattern = try TextPattern(text, at: fields["regex"] ?? node)
    place = try fields.choice("where", Place.self) ?? .any
  }

  func run(_ file: CheckedFile, _ report: (FileFinding) -> Void) {
    guard file.isText else { return }
    for range in pattern.ranges(in: file.bytes, file.matchers) where isMeant(range, file) {
      let text = String(decoding: file.bytes[range], as: UTF8.self)
      report(FileFinding(nil, range, ["text": text]))
    }
  }

  private func isMeant(_ range: Range<Int>, _ file: CheckedFile) -> Bool {
    guard place != .any, let source = file.python else { return true }
    let tokens = source.list.tokens
    var low = 0
    var high = tokens.count
    while low < high {
      let middle = (low + high) / 2
      if tokens[middle].range.upperBound <= range.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    // Tokens of no width stand between others.
    let token = tokens[low...].first {
      $0.range.overlaps(range) || $0.range.lowerBound >= range.upperBound
    }
    guard let token, token.range.overlaps(range) else { return place == .code }
    switch token.kind {
    case .comment: return place == .comment
    case .string, .formatMiddle: return place == .string
    default: return place == .code
    }
  }
}
