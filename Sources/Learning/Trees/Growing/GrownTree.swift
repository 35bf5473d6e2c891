/// A tree with what only training needs of it: bins instead of values, and where the rows are.
struct GrownTree {
  var tree: DecisionTree
  /// For each node the place of its feature among the used ones; -1 at leaves.
  var places: [Int32]
  /// For each node the bins that go left.
  var leftBins: [SIMD4<UInt64>]
  /// The stretch of the row order that each node has; of use for leaves.
  var rows: [Range<Int>]

  /// The leaf that a row of bins falls into.
  @inline(__always)
  func leaf(
    of bins: UnsafePointer<UInt8>, left: UnsafePointer<Int32>, right: UnsafePointer<Int32>,
    places: UnsafePointer<Int32>, leftBins: UnsafePointer<SIMD4<UInt64>>
  ) -> Int {
    var node = 0
    while left[node] >= 0 {
      let bin = Int(bins[Int(places[node])])
      let word = UnsafeRawPointer(leftBins + node).load(
        fromByteOffset: (bin &>> 6) &<< 3, as: UInt64.self)
      node = Int((word &>> UInt64(bin & 63)) & 1 != 0 ? left[node] : right[node])
    }
    return node
  }
}
