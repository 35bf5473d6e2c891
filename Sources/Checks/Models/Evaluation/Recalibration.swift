import Compute

/// Logistic recalibration (D. R. Cox, 1958): the line of logit P(true) = intercept + slope · logit p that makes what came true
/// likeliest. 0 and 1 say that probabilities are right as they are; a slope below 1 that they are too sure.
struct Recalibration: Sendable, Hashable {
  let intercept: Double
  let slope: Double

  /// Why there is no likeliest line.
  enum Problem: Error, Hashable {
    /// All rows came true, or none did.
    case oneOutcome
    /// All probabilities are the same.
    case oneProbability
    /// A threshold parts what came true from what did not: the steeper the line, the likelier.
    case parted
  }

  /// By Newton's method, of which a step that leads uphill too far is halved.
  ///
  /// - Parameters:
  ///   - confidences: predicted probabilities in 0...1; 0 and 1 are taken for what is next to them at the precision of 1, as
  ///     scikit-learn's log-loss takes them.
  ///   - isTrue: whether what was predicted came true, one for each.
  init(confidences: [Double], isTrue: [Bool]) throws(Problem) {
    let tiny = Double.ulpOfOne
    let logits = confidences.map { p in
      let inside = min(max(p, tiny), 1 - tiny)
      return Elementary.logarithm(inside) - Elementary.logarithm(onePlus: -inside)
    }
    try Self.check(logits, isTrue)
    // Around the mean the two unknowns hardly depend on each other.
    let centre = Moments(logits).mean
    let xs = logits.map { $0 - centre }
    var line = Line(level: 0, slope: 1)
    var best = line.likelihood(xs, isTrue)
    for _ in 0..<200 {
      let step = line.step(xs, isTrue)
      guard step.level.isFinite, step.slope.isFinite else { break }
      var length = 1.0
      var next = line.moved(by: step, length)
      var own = next.likelihood(xs, isTrue)
      while !(own >= best), length > 1e-10 {
        length /= 2
        next = line.moved(by: step, length)
        own = next.likelihood(xs, isTrue)
      }
      let change = max(abs(next.level - line.level), abs(next.slope - line.slope))
      let size = max(1, abs(line.level), abs(line.slope))
      // Near the top the likelihood is flat to the last bit: Newton's own step is the better one.
      if !(own >= best) { next = line.moved(by: step, 1) }
      let isThere = change <= 1e-13 * size || !(own >= best)
      (line, best) = (next, own)
      if isThere { break }
    }
    slope = line.slope
    intercept = line.level - line.slope * centre
  }

  /// There is a likeliest line just where the probabilities of both outcomes overlap (A. Albert and J. A. Anderson, 1984).
  private static func check(_ logits: [Double], _ isTrue: [Bool]) throws(Problem) {
    let hits = zip(logits, isTrue).filter(\.1).map(\.0)
    let misses = zip(logits, isTrue).filter { !$0.1 }.map(\.0)
    guard let leastHit = hits.min(), let mostHit = hits.max(), let leastMiss = misses.min(),
      let mostMiss = misses.max()
    else { throw .oneOutcome }
    guard min(leastHit, leastMiss) < max(mostHit, mostMiss) else { throw .oneProbability }
    guard leastHit < mostMiss, leastMiss < mostHit else { throw .parted }
  }

  private struct Line {
    /// At the mean of the logits.
    var level: Double
    var slope: Double

    func moved(by step: Line, _ length: Double) -> Line {
      Line(level: level + length * step.level, slope: slope + length * step.slope)
    }

    /// The logarithm of how likely the outcomes are.
    func likelihood(_ xs: [Double], _ isTrue: [Bool]) -> Double {
      var sum = 0.0
      for (x, isTrue) in zip(xs, isTrue) {
        let margin = (level + slope * x) * (isTrue ? 1 : -1)
        // ln(1 / (1 + e^-m)), without an overflow.
        sum +=
          min(margin, 0) - Elementary.logarithm(onePlus: Elementary.exponential(-abs(margin)))
      }
      return sum
    }

    /// Newton's step.
    func step(_ xs: [Double], _ isTrue: [Bool]) -> Line {
      var (g0, g1, h00, h01, h11) = (0.0, 0.0, 0.0, 0.0, 0.0)
      for (x, isTrue) in zip(xs, isTrue) {
        let margin = level + slope * x
        let small = Elementary.exponential(-abs(margin))
        let p = (margin >= 0 ? 1 : small) / (1 + small)
        let miss = (isTrue ? 1 : 0) - p
        let weight = small / ((1 + small) * (1 + small))
        g0 += miss
        g1 += miss * x
        h00 += weight
        h01 += weight * x
        h11 += weight * x * x
      }
      let determinant = h00 * h11 - h01 * h01
      return Line(
        level: (h11 * g0 - h01 * g1) / determinant, slope: (h00 * g1 - h01 * g0) / determinant)
    }
  }
}
