/// What runs are sorted by: `metrics.accuracy DESC`. Missing values come last and NaN right before them, in both
/// directions.
package struct RunOrder: Sendable, Hashable {
  var field: RunField
  package var isAscending: Bool
}
