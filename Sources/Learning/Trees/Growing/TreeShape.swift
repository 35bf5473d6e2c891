/// In which order nodes are divided, and when to stop.
struct TreeShape: Sendable, Hashable {
  enum Policy: Sendable, Hashable {
    /// Level by level (XGBoost's `depthwise`).
    case depthWise
    /// The leaf with the largest gain first (XGBoost's `lossguide`, LightGBM always).
    case leafWise
  }

  var policy: Policy
  /// Most edges from the root to a leaf; 0 for no limit.
  var maximumDepth: Int
  /// Most leaves; 0 for no limit.
  var maximumLeaves: Int

  func allowsChildren(atDepth depth: Int) -> Bool { maximumDepth == 0 || depth < maximumDepth }
}
