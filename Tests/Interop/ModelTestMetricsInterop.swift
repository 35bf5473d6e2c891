import Compute
import Formats
import Platform
import Testing

@testable import Checks

/// Hundreds of generated tables, computed by us and by scikit-learn and fairlearn.
@Suite("Metrics and fairness of model tests against scikit-learn and fairlearn")
struct ModelTestMetricsInterop {
  private static let answers = """
    import warnings
    import numpy as np
    warnings.filterwarnings("ignore")
    from sklearn import metrics as m
    from fairlearn import metrics as f
    def number(x):
        x = float(x)
        return x if np.isfinite(x) else None
    def attempt(g):
        # What is not defined is none; any other error is one of the test.
        try: return number(g())
        except ValueError as e:
            assert "is not defined" in str(e) or "at least" in str(e) or "only one" in str(e).lower(), str(e)
            return None
    def answer(case):
        r = {}
        if case["kind"] == "numbers":
            y, p = np.array(case["y"], float), np.array(case["p"], float)
            r["mae"] = attempt(lambda: m.mean_absolute_error(y, p))
            r["rmse"] = attempt(lambda: m.root_mean_squared_error(y, p))
            r["r2"] = attempt(lambda: m.r2_score(y, p))
            r["mape"] = attempt(lambda: m.mean_absolute_percentage_error(y, p))
            d = np.abs(y) + np.abs(p)
            r["smape"] = number(np.mean(np.where(d == 0, 0, 2 * np.abs(y - p) / np.where(d == 0, 1, d))))
            if (y >= 0).all() and len(y) > 1:
                r["ndcg"] = attempt(lambda: m.ndcg_score([y], [p]))
                r["ndcg at 3"] = attempt(lambda: m.ndcg_score([y], [p], k=3))
        else:
            k = case["k"]
            labels = [str(i) for i in range(k)]
            y = np.array(case["y"]).astype(str)
            P = np.array(case["p"], float).reshape(len(y), k)
            hat = np.array(labels)[P.argmax(axis=1)]
            r["accuracy"] = attempt(lambda: m.accuracy_score(y, hat))
            r["balanced accuracy"] = attempt(lambda: m.balanced_accuracy_score(y, hat))
            for avg in ["macro", "weighted"]:
                r["precision " + avg] = attempt(lambda: m.precision_score(y, hat, average=avg, zero_division=0))
                r["recall " + avg] = attempt(lambda: m.recall_score(y, hat, average=avg, zero_division=0))
                r["f1 " + avg] = attempt(lambda: m.f1_score(y, hat, average=avg, zero_division=0))
            r["f1 of 1"] = attempt(lambda: m.f1_score(y, hat, average="macro", labels=["1"], zero_division=0))
            r["mcc"] = attempt(lambda: m.matthews_corrcoef(y, hat))
            r["kappa"] = attempt(lambda: m.cohen_kappa_score(y, hat))
            r["log-loss"] = attempt(lambda: m.log_loss(y, P, labels=labels))
            if k == 2:
                t = (y == "1").astype(int)
                r["brier"] = attempt(lambda: np.mean((P[:, 1] - t) ** 2))
                r["roc-auc"] = attempt(lambda: m.roc_auc_score(t, P[:, 1]))
                r["pr-auc"] = attempt(lambda: m.average_precision_score(t, P[:, 1])) if t.any() else None
            else:
                one = np.stack([(y == c).astype(int) for c in labels], axis=1)
                r["brier"] = number(np.mean(((P - one) ** 2).sum(axis=1)))
                full = len(set(y)) == k
                r["roc-auc"] = attempt(lambda: m.roc_auc_score(one, P, average="macro")) if full and len(y) > 1 else None
                r["pr-auc"] = attempt(lambda: m.average_precision_score(one, P, average="macro")) if full else None
                r["top 2 accuracy"] = attempt(lambda: m.top_k_accuracy_score(y, P, k=2, labels=labels))
            # fairlearn squeezes a single row away.
            if k == 2 and len(y) > 1:
                g = np.array(case["g"])
                t, h = (y == "1").astype(int), (hat == "1").astype(int)
                a = dict(sensitive_features=g)
                r["demographic parity difference"] = attempt(lambda: f.demographic_parity_difference(t, h, **a))
                r["demographic parity ratio"] = attempt(lambda: f.demographic_parity_ratio(t, h, **a))
                r["equalized odds difference"] = attempt(lambda: f.equalized_odds_difference(t, h, **a))
                r["equalized odds ratio"] = attempt(lambda: f.equalized_odds_ratio(t, h, **a))
                frame = lambda s: f.MetricFrame(metrics=s, y_true=t, y_pred=h, **a).difference()
                r["equal opportunity difference"] = attempt(lambda: frame(f.true_positive_rate))
                r["predictive parity difference"] = attempt(lambda: frame(lambda u, v: m.precision_score(u, v, zero_division=0)))
                r["accuracy difference"] = attempt(lambda: frame(m.accuracy_score))
        return r

    """

  private struct Case {
    var json: JSONValue
    var evaluation: Evaluation
    var groups: [String]
  }

  private static func classes(_ stream: inout RandomStream, _ number: Int) -> Case {
    let classCount = number % 3 == 0 ? 3 + number % 4 : 2
    let rows = number % 7 == 0 ? 1 + stream.integer(below: 4) : 5 + stream.integer(below: 300)
    // Some are degenerate: one class only, scores that are all equal, or few different ones.
    let isOneClass = number % 11 == 1
    let levels = number % 5 == 2 ? 1 : number % 5 == 3 ? 3 : 0
    var y: [Double] = []
    var groups: [String] = []
    var matrix = Matrix(rows: rows, columns: classCount)
    for row in 0..<rows {
      y.append(isOneClass ? Double(number % 2) : Double(stream.integer(below: classCount)))
      // Groups of which some never have a positive row.
      groups.append("abcd".map(String.init)[stream.integer(below: number % 4 + 1)])
      if groups[row] == "d" { y[row] = 0 }
      var weights = (0..<classCount).map { _ in
        levels == 1 ? 1 : levels == 3 ? Double(1 + stream.integer(below: 3)) : stream.unit() + 1e-3
      }
      if levels == 0, stream.unit() < 0.6 { weights[Int(y[row])] += 1 }
      let sum = weights.reduce(0, +)
      for column in 0..<classCount { matrix[row, column] = weights[column] / sum }
    }
    let names = (0..<classCount).map(String.init)
    let table = Table([Column("y", y, kind: .int), Column("g", groups)])
    let answers = Answers(
      .classes(names: names, labels: Answers.likeliest(matrix), probabilities: matrix))
    let json: JSONValue = [
      "kind": "classes", "k": .int(Int64(classCount)),
      "y": .array(y.map { .int(Int64($0)) }), "p": .array(matrix.elements.map { .double($0) }),
      "g": .array(groups.map { .string($0) }),
    ]
    return Case(
      json: json,
      evaluation: Evaluation(table, answers, label: table.columns[0], positive: nil), groups: groups
    )
  }

  private static func numbers(_ stream: inout RandomStream, _ number: Int) -> Case {
    let rows = number % 5 == 0 ? 1 + stream.integer(below: 3) : 2 + stream.integer(below: 200)
    var (y, p): ([Double], [Double]) = ([], [])
    for _ in 0..<rows {
      let value =
        number % 4 == 1
        ? 3 : number % 4 == 2 ? Double(stream.integer(below: 4)) : stream.unit() * 1e4 - 3e3
      y.append(value)
      p.append(number % 6 == 3 ? 2 : value + stream.unit() * 10 - 5)
    }
    let table = Table([Column("y", y)])
    return Case(
      json: [
        "kind": "numbers", "y": .array(y.map { .double($0) }), "p": .array(p.map { .double($0) }),
      ],
      evaluation: Evaluation(
        table, Answers(.numbers(p)), label: table.columns[0], positive: nil), groups: [])
  }

  private static let metrics: [ModelMetric] = [
    .accuracy, .balancedAccuracy, .precision(.macro), .precision(.weighted), .recall(.macro),
    .recall(.weighted), .f1(.macro), .f1(.weighted), .f1(.of("1")), .mcc, .kappa, .logLoss, .brier,
    .rocAUC, .prAUC, .topK(2), .mae, .rmse, .r2, .mape, .smape, .ndcg(at: nil), .ndcg(at: 3),
  ]

  @Test("600 tables, degenerate ones among them, to 1e-9") func all() throws {
    var stream = RandomStream(seed: 7, purpose: "oracle")
    let cases = (0..<600).map { number in
      number % 3 == 2 ? Self.numbers(&stream, number / 3) : Self.classes(&stream, number)
    }
    let results = try Peer.ask(Self.answers, about: cases.map(\.json))
    try #require(results.count == cases.count)
    var compared: [String: Int] = [:]
    for (number, (one, result)) in zip(cases, results).enumerated() {
      try #require(result["error"] == nil, "\(result.text()) of case \(number)")
      for metric in Self.metrics {
        guard let expected = result[metric.text] else { continue }
        let what = "\(metric.text) of case \(number)"
        Self.compare(Self.value(metric, one.evaluation, what), expected, what)
        compared[metric.text, default: 0] += 1
      }
      // Tables of numbers have no groups, and fairlearn is asked about two classes only.
      guard result["demographic parity ratio"] != nil else { continue }
      let slices = try Slices(
        ["g"], of: one.evaluation.table, rows: Array(0..<one.groups.count))
      let rates = try GroupRates(slices.all, one.evaluation, isOfOneClass: true)
      for measure in FairnessRule.Measure.allCases {
        guard let expected = result[measure.rawValue] else { continue }
        let value = rates.value(measure)
        Self.compare(
          value.isFinite ? value : nil, expected, "\(measure.rawValue) of case \(number)")
        compared[measure.rawValue, default: 0] += 1
      }
    }
    print(
      "compared with the peers:", compared.values.reduce(0, +), compared.sorted { $0.key < $1.key })
    #expect(compared.count == 30)
  }

  /// Nil where we say that it is not defined; any other failure is a difference.
  private static func value(
    _ metric: ModelMetric, _ evaluation: Evaluation, _ what: String
  ) -> Double? {
    do { return try evaluation.value(metric, evaluation.labelledRows) } catch {
      let message = (error as? Failure)?.message ?? "\(error)"
      #expect(message.contains("is not defined here"), "\(what): \(message)")
      return nil
    }
  }

  private static func compare(_ value: Double?, _ expected: JSONValue, _ what: String) {
    guard let wanted = expected.number else {
      #expect(value == nil, "\(what): \(value ?? .nan), and the peer has none")
      return
    }
    guard let value else {
      Issue.record("\(what): none, and the peer has \(wanted)")
      return
    }
    #expect(abs(value - wanted) <= 1e-9 * max(1, abs(wanted)), "\(what): \(value), not \(wanted)")
  }
}
