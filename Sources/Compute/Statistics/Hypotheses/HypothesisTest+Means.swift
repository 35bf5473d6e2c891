extension HypothesisTest {
  /// Welch's t test of equal means, for variances that may differ: (m1 - m2) / √(v1/n1 + v2/n2) with
  /// Satterthwaite's degrees of freedom.
  ///
  /// Not possible when a side has fewer than two numbers or one that is not finite. Of two constant
  /// sides it is infinite with p = 0, or NaN when they are equal.
  package static func welch(_ a: Moments, _ b: Moments) -> HypothesisTest {
    guard a.count > 1, b.count > 1, a.isFinite, b.isFinite else { return .impossible }
    let (n1, n2) = (Double(a.count), Double(b.count))
    let scale = a.scale(with: b)
    let (s1, s2) = (a.variance(1, scale: scale) / n1, b.variance(1, scale: scale) / n2)
    let error = s1 + s2
    let (w1, w2) = (s1 / error, s2 / error)
    let freedom = 1 / (w1 * w1 / (n1 - 1) + w2 * w2 / (n2 - 1))
    return student(
      a.meanDifference(from: b, scale: scale), error: error.squareRoot(),
      freedom: error == 0 ? n1 + n2 - 2 : freedom)
  }

  /// Student's t test of equal means, for equal variances: (m1 - m2) / √(v·(1/n1 + 1/n2)) with the
  /// pooled variance v.
  ///
  /// Not possible when there are fewer than three numbers, a side has none, or one is not finite;
  /// constant sides are as in ``welch(_:_:)``.
  package static func pooled(_ a: Moments, _ b: Moments) -> HypothesisTest {
    guard a.count > 0, b.count > 0, a.count + b.count > 2, a.isFinite, b.isFinite else {
      return .impossible
    }
    let (n1, n2) = (Double(a.count), Double(b.count))
    let freedom = n1 + n2 - 2
    let scale = a.scale(with: b)
    let squares = a.variance(0, scale: scale) * n1 + b.variance(0, scale: scale) * n2
    let error = (squares / freedom * (1 / n1 + 1 / n2)).squareRoot()
    return student(a.meanDifference(from: b, scale: scale), error: error, freedom: freedom)
  }

  private static func student(_ difference: Double, error: Double, freedom: Double)
    -> HypothesisTest
  {
    let t = difference / error
    return HypothesisTest(
      statistic: t, p: StudentDistribution.twoSided(t, freedom: freedom), freedom: freedom)
  }
}
