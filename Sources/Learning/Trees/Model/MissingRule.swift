/// What a node of a LightGBM tree takes for missing; XGBoost's trees have `nan` everywhere.
package enum MissingRule: UInt8, Sendable, Hashable {
  /// Nothing: NaN is compared as if it were 0.
  case none = 0
  /// Zero (to 1e-35) and NaN go the default way.
  case zero = 1
  /// NaN goes the default way.
  case nan = 2
}
