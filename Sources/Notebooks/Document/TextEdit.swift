/// Bytes of a text that are replaced by others.
package struct TextEdit: Sendable, Hashable {
  /// In bytes of the text.
  package var range: Range<Int>
  package var text: String

  package init(_ range: Range<Int>, _ text: String) {
    self.range = range
    self.text = text
  }

  /// The text with every edit made.
  ///
  /// - Parameter edits: in order, not overlapping.
  package static func apply(_ edits: [TextEdit], to bytes: [UInt8]) -> [UInt8] {
    guard !edits.isEmpty else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var place = 0
    for edit in edits where edit.range.lowerBound >= place {
      result += bytes[place..<edit.range.lowerBound]
      result += edit.text.utf8
      place = edit.range.upperBound
    }
    result += bytes[place...]
    return result
  }
}
