/// What is known of the rows of a node.
struct NodeFacts {
  var count = 0
  var weight = 0.0
  /// Of the cells' second parts times the weight: the weight of the second of two classes, or of
  /// numbers (less the mean, unless the criterion needs them as they are).
  var sum = 0.0
  /// The mean of the numbers.
  var mean = 0.0
  /// Whether all rows have one label.
  var isPure = true
}
