import Platform

extension BoostedModel {
  /// Refuses categories whose numbers are so large that looking them up would need more memory
  /// than a file of this size can justify: predictions keep a bit for each number up to a node's
  /// largest.
  ///
  /// - Throws: ``Failure`` with code `.unsupported`.
  func checkCategoryRoom() throws {
    var words = 0
    for tree in trees {
      for set in tree.categorySet where set >= 0 {
        words += Int(tree.categorySets[Int(set)].last ?? 0) / 64 + 1
        guard words < 1 << 25 else {
          throw Failure(
            .unsupported, "its categories have numbers that are too large",
            hint: "number the categories of each column from 0")
        }
      }
    }
  }
}
