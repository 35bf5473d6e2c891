import Formats
import Testing

@testable import Checks

@Suite("Recalibration against scikit-learn") struct RecalibrationInterop {
  private typealias Numbers = StatisticsComparison

  @Test("slope and intercept of logistic regression without a penalty, 400 tables") func lines()
    throws
  {
    var generator = StatisticsGenerator(seed: 71)
    var cases: [JSONValue] = []
    while cases.count < 400 {
      let count = generator.pick([6, 20, 100, 1000])
      let sharpness = generator.pick([0.3, 1, 3])
      let isCoarse = cases.count % 4 == 0
      let hasEnds = cases.count % 5 == 0
      var (p, truths): ([Double], [Int]) = ([], [])
      for _ in 0..<count {
        let unit = isCoarse ? Double(generator.integer(1...9)) / 10 : generator.unit()
        // Odds to a power: what comes true is more or less sure than what is said.
        let odds = unit / max(1e-12, 1 - unit)
        let own = sharpness == 1 ? odds : sharpness > 1 ? odds * odds * odds : odds.squareRoot()
        truths.append(generator.unit() < own / (1 + own) ? 1 : 0)
        p.append(hasEnds && generator.unit() < 0.03 ? (generator.unit() < 0.5 ? 0 : 1) : unit)
      }
      // Tables without a likeliest line are told of elsewhere.
      guard (try? Recalibration(confidences: p, isTrue: truths.map { $0 == 1 })) != nil else {
        continue
      }
      cases.append(.object([.init("p", Numbers.list(p)), .init("y", Numbers.list(truths))]))
    }
    let compared = try Numbers.compare(cases, Self.answer) { example in
      let line = try Recalibration(
        confidences: Numbers.doubles(example, "p"),
        isTrue: Numbers.integers(example, "y").map { $0 == 1 })
      return ["slope": line.slope, "intercept": line.intercept]
    }
    print("compared with scikit-learn:", compared)
    #expect(compared == 800)
  }

  private static let answer = #"""
    from sklearn.linear_model import LogisticRegression
    def answer(case):
        p, y = np.array(case["p"], float), np.array(case["y"])
        eps = np.finfo(float).eps
        p = np.clip(p, eps, 1 - eps)
        x = np.log(p) - np.log1p(-p)
        model = LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-12, max_iter=10000).fit(x.reshape(-1, 1), y)
        return {"slope": [float(model.coef_[0, 0]), 1e-6, 1e-8], "intercept": [float(model.intercept_[0]), 1e-6, 1e-8]}
    """#
}
