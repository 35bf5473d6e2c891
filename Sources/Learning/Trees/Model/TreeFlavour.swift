/// Whose rules a boosted model follows: how its trees compare, and where unknown values go.
package enum TreeFlavour: String, Sendable, Hashable, CaseIterable {
  /// A row goes left when `float32(x) < threshold`; the categories of a node go right, all others
  /// left; a missing value goes the node's default way.
  case xgboost
  /// A row goes left when `float64(x) <= threshold`; the categories of a node go left, all others,
  /// missing ones included, right; what is missing depends on the node's ``MissingRule``.
  case lightgbm
}
