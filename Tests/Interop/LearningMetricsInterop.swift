import Compute
import Formats
import Learning
import Support
import Testing

@Suite("Metrics against scikit-learn") struct LearningMetricsInterop {
  @Test("measures of classes, 300 generated tables") func classes() throws {
    var random = SeededRandom(seed: 7)
    let cases = (0..<300).map { _ in Self.classes(&random) }
    try Self.compare(cases, Self.classAnswer) { example in
      let labels = Self.labels(example, "labels")
      let predicted = Self.labels(example, "predicted")
      let count = Int(example["classes"]?.int ?? 0)
      let weights = Self.weights(example)
      let rows = (example["p"]?.array ?? []).map { ($0.array ?? []).compactMap(\.number) }
      let table = ClassTable(
        actual: labels, predicted: predicted, classCount: count, weights: weights)
      let matrix = try #require(
        Matrix(rows: rows.count, columns: count, elements: rows.flatMap(\.self)))
      let scores = ProbabilityScores(matrix, labels: labels, weights: weights)
      var values = [
        "accuracy": table.accuracy, "balanced": table.balancedAccuracy,
        "mcc": table.matthewsCorrelation, "kappa": table.kappa, "log_loss": scores.logLoss,
        "brier": scores.brier, "auc": scores.area,
      ]
      for (name, average) in [("macro", ClassTable.Average.macro), ("weighted", .weighted)] {
        values["precision_\(name)"] = table.precision(average)
        values["recall_\(name)"] = table.recall(average)
        values["f1_\(name)"] = table.f1(average)
      }
      if count == 2 {
        values["precision"] = table.precision(.of(class: 1))
        values["recall"] = table.recall(.of(class: 1))
        values["f1"] = table.f1(.of(class: 1))
        values["ap"] = scores.curve(of: 1).averagePrecision
      }
      return values
    }
  }

  @Test("measures of numbers, 300 generated tables") func numbers() throws {
    var random = SeededRandom(seed: 8)
    let cases = (0..<300).map { _ in Self.numbers(&random) }
    try Self.compare(cases, Self.numberAnswer) { example in
      let actual = Self.doubles(example, "actual")
      let predicted = Self.doubles(example, "predicted")
      let errors = NumberErrors(
        actual: actual, predicted: predicted, weights: Self.weights(example))
      return [
        "rmse": errors.rootMeanSquared, "mse": errors.meanSquared, "mae": errors.meanAbsolute,
        "mape": errors.meanAbsolutePercentage, "medae": errors.medianAbsolute, "r2": errors.r2,
        "ev": errors.explainedVariance, "max": errors.largest, "pinball": errors.pinball(0.2),
        "poisson": errors.poissonDeviance,
      ]
    }
  }

  @Test("normalised gains, 200 generated queries") func gains() throws {
    var random = SeededRandom(seed: 9)
    let cases = (0..<200).map { _ in
      let rows = Int.random(in: 2...30, using: &random)
      return JSONValue.object([
        .init(
          "relevance",
          .array((0..<rows).map { _ in .int(max(0, .random(in: -2...4, using: &random))) })),
        .init("scores", .array((0..<rows).map { _ in .int(.random(in: 0...20, using: &random)) })),
        .init("k", Bool.random(using: &random) ? .null : .int(.random(in: 1...12, using: &random))),
      ])
    }
    try Self.compare(cases, Self.gainAnswer) { example in
      let gain = DiscountedGain(
        relevance: Self.doubles(example, "relevance"), scores: Self.doubles(example, "scores"))
      return ["ndcg": gain.normalised(at: example["k"]?.int.map { Int($0) })]
    }
  }

  private static func compare(
    _ cases: [JSONValue], _ answer: String, _ ours: (JSONValue) throws -> [String: Double]
  ) throws {
    let answers = try Peer.ask(answer, about: cases)
    var compared = 0
    for (example, answer) in zip(cases, answers) {
      let members = try #require(answer.members, "\(answer.text())")
      #expect(answer["error"] == nil, "\(answer.text()) \(example.text())")
      let values = try ours(example)
      for member in members {
        let (wanted, value) = (member.value.number ?? .nan, values[member.key] ?? .infinity)
        let isSame =
          wanted.isNaN ? value.isNaN : abs(wanted - value) <= 1e-9 * max(1, abs(wanted))
        #expect(isSame, "\(member.key): \(value), not \(wanted), of \(example.text())")
        compared += 1
      }
    }
    #expect(compared >= cases.count)
  }

  private static func classes(_ random: inout SeededRandom) -> JSONValue {
    let rows = Int.random(in: 1...40, using: &random)
    let count = [2, 2, 3, 5].randomElement(using: &random) ?? 2
    // Some tables know one class only, on one side or on both.
    let known = Int.random(in: 0..<4, using: &random) == 0 ? 1 : count
    let guessed = Int.random(in: 0..<4, using: &random) == 0 ? 1 : count
    let isCoarse = Bool.random(using: &random)
    let labels = (0..<rows).map { _ in Int.random(in: 0..<known, using: &random) }
    let p: [[Double]] = (0..<rows).map { _ in
      let parts = (0..<count).map { _ in
        isCoarse
          ? Double(Int.random(in: 0...2, using: &random)) + 0.5
          : Double.random(in: 0..<1, using: &random)
      }
      // A certain row now and then, which may be wrong.
      if Int.random(in: 0..<9, using: &random) == 0 {
        return [1] + [Double](repeating: 0, count: count - 1)
      }
      let sum = parts.reduce(0, +)
      return parts.map { $0 / sum }
    }
    return .object([
      .init("classes", .int(Int64(count))),
      .init("labels", .array(labels.map { .int(Int64($0)) })),
      .init(
        "predicted",
        .array((0..<rows).map { _ in .int(.random(in: 0..<Int64(guessed), using: &random)) })),
      .init("p", .array(p.map { .array($0.map { .double($0) }) })),
      .init("weights", weights(rows, &random)),
    ])
  }

  private static func numbers(_ random: inout SeededRandom) -> JSONValue {
    let rows = Int.random(in: 1...30, using: &random)
    let isCount = Bool.random(using: &random)
    let isConstant = Int.random(in: 0..<5, using: &random) == 0
    let isExact = Int.random(in: 0..<6, using: &random) == 0
    let actual = (0..<rows).map { _ in
      isConstant
        ? 3
        : isCount
          ? Double(Int.random(in: 0...6, using: &random)) : .random(in: -50...50, using: &random)
    }
    let predicted = actual.map { value in
      isExact
        ? value + (isConstant ? 0 : 2)
        : isCount
          ? .random(in: 0.1...8, using: &random) : value + .random(in: -9...9, using: &random)
    }
    return .object([
      .init("actual", .array(actual.map { .double($0) })),
      .init("predicted", .array(predicted.map { .double($0) })),
      // scikit-learn's weighted mean of equal numbers is not always that number.
      .init("weights", isConstant ? .null : weights(rows, &random)),
    ])
  }

  private static func weights(_ rows: Int, _ random: inout SeededRandom) -> JSONValue {
    switch Int.random(in: 0..<3, using: &random) {
    case 0: .null
    case 1: .array((0..<rows).map { _ in .double(Double.random(in: 0.1...3, using: &random)) })
    default: .array((0..<rows).map { $0 == 0 ? 1 : .int(.random(in: 0...3, using: &random)) })
    }
  }

  private static func labels(_ example: JSONValue, _ key: String) -> [Int32] {
    (example[key]?.array ?? []).map { Int32($0.int ?? 0) }
  }

  private static func doubles(_ example: JSONValue, _ key: String) -> [Double] {
    (example[key]?.array ?? []).map { $0.number ?? .nan }
  }

  private static func weights(_ example: JSONValue) -> [Double]? {
    example["weights"]?.array?.map { $0.number ?? .nan }
  }

  private static let classAnswer = #"""
    import warnings
    warnings.simplefilter("ignore")
    import numpy as np
    from sklearn import metrics as m
    def answer(case):
        y, z, p = np.array(case["labels"]), np.array(case["predicted"]), np.array(case["p"])
        w, k = case["weights"], case["classes"]
        w = None if w is None else np.array(w, float)
        out = {
            "accuracy": m.accuracy_score(y, z, sample_weight=w),
            "balanced": m.balanced_accuracy_score(y, z, sample_weight=w),
            "mcc": m.matthews_corrcoef(y, z, sample_weight=w),
            "kappa": m.cohen_kappa_score(y, z, sample_weight=w),
            "log_loss": m.log_loss(y, y_proba=p, labels=list(range(k)), sample_weight=w),
        }
        for a in ("macro", "weighted"):
            kept = sorted(set(y[w > 0] if w is not None else y) | set(z[w > 0] if w is not None else z))
            for name, f in (("precision", m.precision_score), ("recall", m.recall_score), ("f1", m.f1_score)):
                out[name + "_" + a] = f(y, z, average=a, sample_weight=w, zero_division=0, labels=kept)
        if k == 2:
            for name, f in (("precision", m.precision_score), ("recall", m.recall_score), ("f1", m.f1_score)):
                out[name] = f(y, z, average="binary", sample_weight=w, zero_division=0)
            out["brier"] = m.brier_score_loss(y, p[:, 1], sample_weight=w)
            out["auc"] = m.roc_auc_score(y, p[:, 1], sample_weight=w)
            out["ap"] = m.average_precision_score(y, p[:, 1], sample_weight=w)
        else:
            out["brier"] = m.brier_score_loss(y, p, labels=list(range(k)), sample_weight=w)
            if len(set(y)) == k: out["auc"] = m.roc_auc_score(y, p, multi_class="ovr", labels=list(range(k)), sample_weight=w)
        return {name: float(v) for name, v in out.items()}
    """#

  private static let numberAnswer = #"""
    import warnings
    warnings.simplefilter("ignore")
    import numpy as np
    from sklearn import metrics as m
    def answer(case):
        y, z, w = np.array(case["actual"]), np.array(case["predicted"]), case["weights"]
        w = None if w is None else np.array(w, float)
        out = {
            "mse": m.mean_squared_error(y, z, sample_weight=w),
            "rmse": m.root_mean_squared_error(y, z, sample_weight=w),
            "mae": m.mean_absolute_error(y, z, sample_weight=w),
            "mape": m.mean_absolute_percentage_error(y, z, sample_weight=w),
            "medae": m.median_absolute_error(y, z, sample_weight=w),
            "r2": m.r2_score(y, z, sample_weight=w),
            "ev": m.explained_variance_score(y, z, sample_weight=w),
            "max": m.max_error(y, z),
            "pinball": m.mean_pinball_loss(y, z, alpha=.2, sample_weight=w),
        }
        try: out["poisson"] = m.mean_poisson_deviance(y, z, sample_weight=w)
        except ValueError: out["poisson"] = float("nan")
        return {name: float(v) for name, v in out.items()}
    """#

  private static let gainAnswer = #"""
    import numpy as np
    from sklearn.metrics import ndcg_score
    def answer(case):
        return {"ndcg": float(ndcg_score([case["relevance"]], [case["scores"]], k=case["k"]))}
    """#
}
