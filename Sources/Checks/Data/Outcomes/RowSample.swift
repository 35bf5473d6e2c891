/// A row that a test names.
package struct RowSample: Sendable, Hashable {
  /// From 0, without the header.
  package var row: Int
  /// In the file, from 1; nil when it has none.
  package var line: Int?
  /// What stands there.
  package var value: String

  /// As many are kept.
  static let most = 5
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
