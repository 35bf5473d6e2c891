/// A tree and what it says of the rows of the table.
struct FinishedForestTree {
  /// The bit of a leaf that says that the row was not among those the tree learnt from.
  static let outOfBag: UInt32 = 1 << 31

  let tree: ForestTree
  /// The leaf that each row of the table ends in.
  let leafOfRow: [UInt32]
  let importances: [Double]
}
