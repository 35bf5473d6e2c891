/// A row that a test names.
package struct RowSample: Sendable, Hashable {
  /// From 0, without the header.
  package var row: Int
  /// In the file, from 1; nil when it has none.
  package var line: Int?
  /// Of a row that is a picture: where that lies in its folder.
  package var path: String?
  /// What stands there, not more of it than ``longest``.
  package var value: String

  package init(row: Int, line: Int?, path: String? = nil, value: String) {
    (self.row, self.line, self.path) = (row, line, path)
    self.value = Self.shortened(value)
  }

  /// As many are kept.
  static let most = 5
  /// Characters of a value that are kept.
  static let longest = 200

  static func shortened(_ text: String) -> String {
    guard let end = text.index(text.startIndex, offsetBy: longest, limitedBy: text.endIndex),
      end < text.endIndex
    else { return text }
    return text[..<end] + "…"
  }

  /// The place and what stands there, which may be the place itself.
  package func text(beginning place: String) -> String {
    value == place ? place : "\(place): \(value)"
  }
}

extension [RowSample] {
  /// Adds those of a later block.
  mutating func add(_ others: [RowSample], at place: BlockPlace) {
    for sample in others.prefix(RowSample.most - count) {
      var sample = sample
      sample.row += place.row
      append(sample)
    }
  }
}
