/// What a test of a hypothesis says.
///
/// The tests themselves are functions of this type, one file for each family; all are two-sided.
package struct HypothesisTest: Sendable, Hashable {
  /// How far the data are from the hypothesis, in the test's own measure.
  package var statistic: Double
  /// The chance of a statistic at least as far when the hypothesis holds; NaN when the test cannot
  /// be made.
  package var p: Double
  /// The degrees of freedom of the distribution that p comes from, where it has some.
  package var freedom: Double?

  package init(statistic: Double, p: Double, freedom: Double? = nil) {
    self.statistic = statistic
    self.p = p
    self.freedom = freedom
  }

  /// What a test says that cannot be made.
  static let impossible = HypothesisTest(statistic: .nan, p: .nan)
}
