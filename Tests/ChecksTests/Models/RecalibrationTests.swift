import Compute
import Testing

@testable import Checks

@Suite("Recalibration by a line of logits") struct RecalibrationTests {
  /// Of 100 rows with each probability as many come true as another probability says.
  private static func rows(_ shares: [(p: Double, hits: Int)]) -> ([Double], [Bool]) {
    var (confidences, isTrue): ([Double], [Bool]) = ([], [])
    for (p, hits) in shares {
      confidences += [Double](repeating: p, count: 100)
      isTrue += (0..<100).map { $0 < hits }
    }
    return (confidences, isTrue)
  }

  @Test("probabilities that are right have the line 0 and 1") func right() throws {
    let (confidences, isTrue) = Self.rows([(0.1, 10), (0.5, 50), (0.9, 90), (0.98, 98)])
    let line = try Recalibration(confidences: confidences, isTrue: isTrue)
    #expect(abs(line.slope - 1) < 1e-12)
    #expect(abs(line.intercept) < 1e-12)
  }

  @Test("probabilities that are too sure have a flatter one, and shifted ones another level")
  func sure() throws {
    // logit 0.9 is twice logit 0.75.
    let (sure, truths) = Self.rows([(0.1, 25), (0.5, 50), (0.9, 75)])
    let line = try Recalibration(confidences: sure, isTrue: truths)
    #expect(abs(line.slope - 0.5) < 1e-12)
    #expect(abs(line.intercept) < 1e-12)
    // Odds of all rows three times as high.
    let (low, hits) = Self.rows([(0.25, 50), (0.5, 75), (0.1, 25)])
    let shifted = try Recalibration(confidences: low, isTrue: hits)
    #expect(abs(shifted.slope - 1) < 1e-12)
    #expect(abs(shifted.intercept - Elementary.logarithm(3)) < 1e-12)
  }

  @Test(
    "where no line is likeliest that is told",
    arguments: [
      ([], [], Recalibration.Problem.oneOutcome), ([0.1, 0.9], [true, true], .oneOutcome),
      ([0.5, 0.5], [true, false], .oneProbability), ([0, 1e-300], [true, false], .oneProbability),
      ([0.1, 0.2, 0.8], [false, false, true], .parted),
      ([0.1, 0.2, 0.8], [true, true, false], .parted),
      ([0.1, 0.5, 0.5, 0.8], [false, false, true, true], .parted),
    ] as [([Double], [Bool], Recalibration.Problem)])
  func none(confidences: [Double], isTrue: [Bool], problem: Recalibration.Problem) {
    #expect(throws: problem) { try Recalibration(confidences: confidences, isTrue: isTrue) }
  }

  @Test("in a suite, with bounds") func suite() async throws {
    let folder = try ModelFolder()
    let (confidences, isTrue) = Self.rows([(0.1, 25), (0.5, 50), (0.9, 75)])
    try folder.write(
      "p.csv",
      "y,p\n" + zip(confidences, isTrue).map { "\($1 ? 1 : 0),\($0)\n" }.joined())
    let found = try await folder.outcome(
      """
      predictions: {file: p.csv, label: y, proba: p}
      tests:
      - calibration slope 0.8..1.2; calibration slope >= 0.4; calibration intercept -0.1..0.1
      - calibration slope top-label > 0; calibration slope > 0.8 where p == 0.5
      """
    ).outcomes
    #expect(found.map(\.verdict) == [.failed, .passed, .passed, .passed, .untested])
    #expect(found[0].nearest == "0.5..1.2" || found[0].nearest?.hasPrefix("0.4999") == true)
    #expect(
      found[4].found
        == "`calibration slope` is not defined here: all probabilities are the same")
  }
}
