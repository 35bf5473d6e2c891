/// How many cells of a column have no value, and how that was written.
package struct MissingCells: Sendable, Hashable {
  package var count = 0
  /// How often each of ``Cell/missingWords`` stood there, the empty text included. A source that says by itself which cells are
  /// missing has no words for it.
  package var spellings: [String: Int] = [:]

  package init(count: Int = 0, spellings: [String: Int] = [:]) {
    self.count = count
    self.spellings = spellings
  }

  /// Adds those of further rows.
  package static func += (all: inout MissingCells, more: MissingCells) {
    all.count += more.count
    all.spellings.merge(more.spellings, uniquingKeysWith: +)
  }
}
