/// A node of a tree that is being grown.
struct GrowingNode {
  /// Its rows are `start..<start + count` of the row order.
  var start: Int
  var count: Int
  var depth: Int
  var parent: Int
  /// Names the way from the root: 1, then a bit for each turn; a hash when it is longer.
  var path: UInt64
  /// The ``PackedSum`` of its rows.
  var total: Int64
  var bounds = WeightBounds()
  var extraLambda = 0.0
  /// Its histogram, -1 for none.
  var histogram = -1
  var split = SplitCandidate()
  /// Features whose best split left a child with too few rows.
  var banned: [Int32] = []
  /// Whether each feature could have divided this node, and may be looked at for its children: LightGBM never looks at a
  /// feature again below a node that it could not divide. Empty for all.
  var promising: [Bool] = []
  var left = -1
  var right = -1

  var isExpanded: Bool { left >= 0 }
}
