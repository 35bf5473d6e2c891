import Compute
import Formats
import Testing

@Suite("Calibration against scikit-learn") struct StatisticsCalibrationInterop {
  private typealias Numbers = StatisticsComparison

  @Test("reliability, its errors and Brier's score, 400 tables") func binary() throws {
    var generator = StatisticsGenerator(seed: 61)
    let cases = (0..<400).map { number -> JSONValue in
      let count = generator.pick([1, 2, 5, 60, 500])
      let isCoarse = number % 3 == 0
      let p = (0..<count).map { _ in
        isCoarse ? Double(generator.integer(0...10)) / 10 : generator.unit()
      }
      let truths = p.map { generator.unit() < $0 * $0 ? 1 : 0 }
      return .object([
        .init("p", Numbers.list(p)), .init("y", Numbers.list(truths)),
        .init("bins", .int(generator.pick([1, 5, 10, 15]))),
      ])
    }
    try Numbers.compare(cases, Self.binaryAnswer) { example in
      let p = Numbers.doubles(example, "p")
      let truths = Numbers.integers(example, "y").map { $0 == 1 }
      let bins = Numbers.integer(example, "bins")
      var values = ["brier": ReliabilityTable.brier(confidences: p, isTrue: truths)]
      for (name, binning) in [
        ("width", .equalWidth(bins)), ("quantile", .quantiles(bins)),
      ] as [(String, ReliabilityTable.Binning)] {
        let table = ReliabilityTable(confidences: p, isTrue: truths, binning: binning)
        values["\(name)_ece"] = table.expectedError
        values["\(name)_mce"] = table.maximumError
        values["\(name)_rows"] = Double(table.bins.count)
        for (place, bin) in table.bins.enumerated() {
          values["\(name)_true\(place)"] = bin.accuracy
          values["\(name)_mean\(place)"] = bin.confidence
          #expect(bin.confidence >= bin.lower && bin.confidence <= bin.upper)
        }
      }
      return values
    }
  }

  @Test("the top label of several classes, 200 tables") func classes() throws {
    var generator = StatisticsGenerator(seed: 62)
    let cases = (0..<200).map { _ -> JSONValue in
      let (rows, classes) = (generator.pick([1, 20, 200]), generator.integer(2...5))
      let p = (0..<rows).map { _ -> JSONValue in
        let parts = (0..<classes).map { _ in Double(generator.integer(1...9)) }
        return Numbers.list(parts.map { $0 / parts.reduce(0, +) })
      }
      return .object([
        .init("p", .array(p)),
        .init("y", Numbers.list((0..<rows).map { _ in generator.integer(0...(classes - 1)) })),
      ])
    }
    try Numbers.compare(cases, Self.classAnswer) { example in
      let rows = (example["p"]?.array ?? []).map { ($0.array ?? []).compactMap(\.number) }
      let matrix = try #require(
        Matrix(rows: rows.count, columns: rows[0].count, elements: rows.flatMap(\.self)))
      let labels = Numbers.integers(example, "y").map { Int32($0) }
      let table = ReliabilityTable(topLabelOf: matrix, labels: labels)
      return ["ece": table.expectedError, "mce": table.maximumError]
    }
  }

  private static let errors = #"""
    def gaps(p, y, edges):
        "Shares of rows and gaps of bins (low, high], the first one with its lower end."
        place = np.searchsorted(edges[1:-1], p)
        used = [k for k in range(len(edges) - 1) if np.any(place == k)]
        share = [np.mean(place == k) for k in used]
        return np.array(share), np.array([abs(p[place == k].mean() - y[place == k].mean()) for k in used])
    def measured(name, p, y, edges):
        share, gap = gaps(p, y, edges)
        return {name + "ece": [float((share * gap).sum()), 1e-12, 1e-15], name + "mce": [float(gap.max()), 1e-12, 1e-15]}

    """#

  private static let binaryAnswer =
    errors + #"""
      from sklearn.calibration import calibration_curve
      from sklearn.metrics import brier_score_loss
      def answer(case):
          p, y, n = np.array(case["p"], float), np.array(case["y"]), case["bins"]
          out = {"brier": [float(brier_score_loss(y, p, labels=[0, 1])), 1e-13]}
          out.update(measured("width_", p, y, np.linspace(0, 1, n + 1)))
          for name, strategy in (("width", "uniform"), ("quantile", "quantile")):
              true, mean = calibration_curve(y, p, n_bins=n, strategy=strategy, pos_label=1) if len(set(y)) == 2 else ([], [])
              if len(true) == 0: continue
              out[name + "_rows"] = len(true)
              for k, (t, m) in enumerate(zip(true, mean)):
                  out["%s_true%d" % (name, k)] = [float(t), 1e-13]
                  out["%s_mean%d" % (name, k)] = [float(m), 1e-13, 1e-16]
          if len(set(y)) == 2: out.update(measured("quantile_", p, y, np.percentile(p, np.linspace(0, 1, n + 1) * 100)))
          return out
      """#

  private static let classAnswer =
    errors + #"""
      def answer(case):
          p, y = np.array(case["p"], float), np.array(case["y"])
          return measured("", p.max(axis=1), (p.argmax(axis=1) == y).astype(float), np.linspace(0, 1, 16))
      """#
}
