import Compute
import Learning
import Testing

/// Known answers; the rest is compared with scikit-learn in `Tests/Interop`.
@Suite("Metrics") struct MetricsTests {
  @Test("of classes") func classes() {
    let table = ClassTable(
      actual: [0, 1, 1, 1, 0, 1], predicted: [0, 1, 0, 1, 1, 1], classCount: 2)
    #expect(table.accuracy == 4.0 / 6)
    #expect(table.precision(.of(class: 1)) == 0.75)
    #expect(table.recall(.of(class: 1)) == 0.75)
    #expect(table.f1(.of(class: 1)) == 0.75)
    #expect(table.balancedAccuracy == 0.625)
    #expect(table.kappa == 0.25)
    #expect(table.matthewsCorrelation == 0.25)
  }

  @Test("what cannot be said is 0 or no number, never a trap") func empty() {
    let none = ClassTable(actual: [], predicted: [], classCount: 2)
    #expect(none.accuracy.isNaN && none.kappa.isNaN && none.balancedAccuracy.isNaN)
    #expect(none.f1(.weighted) == 0 && none.matthewsCorrelation == 0)
    #expect(RankingCurve(scores: [1, 2], isPositive: [true, true]).area.isNaN)
    #expect(RankingCurve(scores: [], isPositive: []).averagePrecision == 0)
    let errors = NumberErrors(actual: [], predicted: [])
    #expect(errors.medianAbsolute.isNaN && errors.r2.isNaN && errors.largest.isNaN)
    #expect(NumberErrors(actual: [-1], predicted: [1]).poissonDeviance.isNaN)
    #expect(NumberErrors(actual: [1], predicted: [1], weights: [0]).medianAbsolute.isNaN)
    #expect(DiscountedGain(relevance: [0, 0], scores: [1, 2]).normalised() == 0)
    #expect(DiscountedGain(relevance: [], scores: []).normalised(at: 3) == 0)
  }

  @Test("weights count rows: 2 is the row twice") func weights() {
    let (actual, predicted) = ([1.0, 4, 2], [2.0, 1, 2])
    let weighted = NumberErrors(actual: actual, predicted: predicted, weights: [1, 2, 1])
    let twice = NumberErrors(actual: [1, 4, 4, 2], predicted: [2, 1, 1, 2])
    #expect(weighted.meanSquared == twice.meanSquared && weighted.r2 == twice.r2)
    #expect(weighted.medianAbsolute == 2 && twice.medianAbsolute == 2)
    let curve = RankingCurve(
      scores: [0.1, 0.4, 0.35], isPositive: [false, true, false], weights: [2, 1, 1])
    #expect(curve.area == 1)
  }

  @Test("ties count half, and share their places in a ranking") func ties() {
    let curve = RankingCurve(scores: [1, 1, 1, 1], isPositive: [true, false, true, false])
    #expect(curve.area == 0.5 && curve.averagePrecision == 0.5)
    let tied = DiscountedGain(relevance: [1, 0], scores: [3, 3]).normalised()
    let (best, worst) = (1.0, DiscountedGain(relevance: [1, 0], scores: [1, 2]).normalised())
    #expect(abs(tied - (best + worst) / 2) < 1e-15)
  }

  @Test("a model's figures are those that mean something") func figures() throws {
    let two = try #require(Matrix(rows: 2, columns: 2, elements: [0.75, 0.25, 0.5, 0.5]))
    #expect(
      ModelScores(two, labels: [0, 1]).values.map(\.name) == ["accuracy", "log_loss", "f1", "auc"])
    // One class has no curve.
    #expect(
      ModelScores(two, labels: [0, 0]).values.map(\.name) == ["accuracy", "log_loss", "f1"])
    #expect(ModelScores(numbers: [1], actual: [2]).values.map(\.name) == ["rmse", "mae"])
  }
}
