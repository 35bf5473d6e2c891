/// Which rows a tree is grown from.
package struct RowSampling: Sendable, Hashable {
  /// `subsample`, `bagging_fraction`: the share of rows, drawn one by one.
  package var share = 1.0
  /// Rounds that a draw is kept for; 0 for no draws (`bagging_freq`; XGBoost draws each round).
  package var frequency = 1
  /// Gradient-based one-side sampling (G. Ke and others, "LightGBM", NIPS 2017); nil for none.
  package var oneSide: OneSide?

  /// Keeps the rows with the largest gradients and draws some of the others.
  package struct OneSide: Sendable, Hashable {
    package var topShare = 0.2
    package var otherShare = 0.1
    package init() {}
  }

  package init() {}
  var isDrawing: Bool { share < 1 && frequency > 0 || oneSide != nil }
}
