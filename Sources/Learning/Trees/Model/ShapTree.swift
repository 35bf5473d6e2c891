/// A tree as ``ShapWalk`` walks it: its nodes, and where the row that is explained goes.
protocol ShapTree {
  func isLeaf(_ node: Int) -> Bool
  func children(of node: Int) -> (left: Int, right: Int)
  func feature(of node: Int) -> Int
  /// Whether the row goes to an inner node's left child.
  func goesLeft(_ node: Int) -> Bool
  /// What the training rows that came to a node weigh.
  func cover(_ node: Int) -> Double
  /// Gives what a leaf adds to each output, at most once.
  func addLeaf(_ node: Int, _ add: (_ output: Int, _ value: Double) -> Void)
}
