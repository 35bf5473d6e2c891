/// Bounds of a proportion that was seen in some trials.
package struct ProportionInterval: Sendable, Hashable {
  package var lower: Double
  package var upper: Double

  init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// Wilson's interval (E. B. Wilson, "Probable inference", 1927): proportions that a z test would
  /// not reject. 0...1 for no trials.
  ///
  /// - Parameters:
  ///   - successes: in 0...trials.
  ///   - confidence: between 0 and 1.
  package static func wilson(_ successes: Int, of trials: Int, confidence: Double = 0.95)
    -> ProportionInterval
  {
    precondition(successes >= 0 && successes <= trials, "a part is no more than the whole")
    guard trials > 0 else { return ProportionInterval(lower: 0, upper: 1) }
    let n = Double(trials)
    let (yes, no) = (Double(successes), Double(trials - successes))
    let z = -NormalDistribution.quantile((1 - confidence) / 2)
    let square = z * z
    let upper = yes + square / 2 + z * (square / 4 + yes * no / n).squareRoot()
    // The product of both bounds is yes²/(n·(n + z²)), so that the lower one keeps its digits.
    return ProportionInterval(
      lower: yes == 0 ? 0 : yes * yes / (n * upper), upper: no == 0 ? 1 : upper / (n + square))
  }

  /// The exact interval (C. J. Clopper and E. S. Pearson, 1934): proportions that neither tail of the
  /// binomial distribution would reject. 0...1 for no trials.
  package static func clopperPearson(_ successes: Int, of trials: Int, confidence: Double = 0.95)
    -> ProportionInterval
  {
    precondition(successes >= 0 && successes <= trials, "a part is no more than the whole")
    let tail = (1 - confidence) / 2
    let (yes, no) = (Double(successes), Double(trials - successes))
    return ProportionInterval(
      lower: successes == 0 ? 0 : BetaDistribution.quantile(tail, yes, no + 1),
      upper: no == 0 ? 1 : BetaDistribution.upperQuantile(tail, yes + 1, no))
  }
}
