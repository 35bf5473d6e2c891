/// A way to divide the rows of a node.
struct ForestSplit {
  /// How much it lessens the impurity, times the node's weight; negative while nothing is found.
  var gain = -1.0
  var feature = 0
  /// The last rank that goes left. For categories: the last place in their order.
  var rank = 0
  /// The first rank that goes right; nil when only missing values do.
  var next: Int?
  var missingLeft = false
  /// Whether some of the node's rows lack the feature's value.
  var sawMissing = false
  /// The categories that go left, ascending; empty for numbers.
  var categories: [UInt16] = []

  var isFound: Bool { gain >= 0 }
}
