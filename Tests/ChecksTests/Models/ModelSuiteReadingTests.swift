@testable import Checks
import Platform
import Testing

@Suite("What a suite of model tests says") struct ModelSuiteReadingTests {
  private func suite(_ yaml: String) throws -> ModelSuite {
    try ModelSuite(parsing: Array(yaml.utf8), file: "m.yml")
  }

  private func lines(_ test: String) throws -> [String] {
    try suite("model: m.json\ntests:\n- \(test)\n").tests.map(\.text)
  }

  @Test(
    "short forms are written as they are read",
    arguments: [
      "accuracy >= 0.95", "balanced accuracy > 0.5", "f1 macro >= 0.9 by city, gap <= 0.05",
      "precision of cat >= 0.5", "recall weighted >= 0.5", "top 3 accuracy >= 0.9",
      "log-loss <= 0.3", "roc-auc >= 0.9", "pr-auc >= 0.4", "r2 0.5..1", "ndcg at 10 >= 0.4",
      "mae <= 1200.5 by [city, sex], support >= 50, confident", "rmse <= 3 where age > 18",
      "beats majority", "beats majority by 0.2",
      "beats simple tree", "beats simple tree on log-loss by 0.2", "beats champion on log-loss",
      "beats mean on rmse by 2 absolute", "no worse than champion on accuracy by 0.01",
      "no worse than champion", "overfit accuracy <= 0.1", "overfit <= 0.05", "ece <= 0.05",
      "ece quantile 15 bins <= 0.1", "mce top-label <= 0.2", "no nan",
      "calibration slope 0.8..1.2", "calibration intercept top-label > -0.1",
      "raising rooms never lowers prediction",
      "lowering rooms by 2 never raises prediction within 0.01",
      "monotone increasing in rooms", "latency p95 <= 5ms batch 1",
      "latency p99.9 < 200us batch 64",
      "throughput >= 10000 batch 1000", "size <= 10MB", "deterministic",
      "deterministic within 1e-06", "round-trip onnx", "round-trip xgboost within 0.001",
      "matches served on id", "matches served in [age, income] on [id, day] within 0.001",
      "trained within 30d", "trained within 12h",
      "label shuffle", "overfits one batch of 64 >= 0.95", "accuracy >= 0.9 (warn)",
    ])
  func roundTrip(line: String) throws {
    #expect(try lines(line) == [line])
  }

  @Test(
    "short forms with a colon, which YAML takes for mappings",
    arguments: [
      "fair by sex: demographic parity ratio >= 0.8",
      "fair by [sex, race], support >= 10: equalized odds difference <= 0.1",
      "invariant to noise(0.01) on [age, income]: changed <= 1%",
      "invariant to swap(F, M) on sex: changed <= 0%",
      "raising rooms never lowers prediction: violated <= 5%",
      "matches served on id: mismatched <= 0.1%",
    ])
  func colons(line: String) throws {
    #expect(try lines(line) == [line])
  }

  @Test("several tests in one line") func several() throws {
    #expect(
      try lines("latency p95 <= 5ms batch 1; size <= 10MB") == [
        "latency p95 <= 5ms batch 1", "size <= 10MB",
      ])
    #expect(
      try lines("fair by sex: demographic parity ratio >= 0.8, equalized odds difference") == [
        "fair by sex: demographic parity ratio >= 0.8",
        "fair by sex: equalized odds difference <= 0.1",
      ])
  }

  @Test(
    "long forms mean the same",
    arguments: [
      ("{test: accuracy, min: 0.95}", "accuracy >= 0.95"),
      (
        "{test: f1 macro, min: 0.9, by: city, gap: 0.05, support: 10}",
        "f1 macro >= 0.9 by city, gap <= 0.05, support >= 10"
      ),
      (
        "{test: log-loss, below: 0.3, severity: warn, where: age > 18}",
        "log-loss < 0.3 where age > 18 (warn)"
      ),
      (
        "{test: accuracy, min: 0.5, max: 0.9, by: [a, b], confident: true}",
        "accuracy 0.5..0.9 by [a, b], confident"
      ),
      (
        "{test: \"fair by sex: demographic parity ratio\", min: 0.7}",
        "fair by sex: demographic parity ratio >= 0.7"
      ),
      ("{test: invariant to typo on name, max: 5%}", "invariant to typo on name: changed <= 5%"),
      ("{test: trained, max: 30d}", "trained within 30d"),
      ("{test: matches served on id, max: 1%}", "matches served on id: mismatched <= 1%"),
      ("{warn: [accuracy >= 0.9]}", "accuracy >= 0.9 (warn)"),
    ])
  func longForms(long: String, short: String) throws {
    #expect(try lines(long) == [short])
  }

  @Test("the suite of the documentation is read as a whole") func whole() throws {
    let suite = try suite(
      """
      model: run:latest/model
      data: data/test.csv
      label: target
      positive: 1
      champion: models/old.json
      trainer: {name: gbdt, max_depth: 3}
      tests:
      - accuracy >= 0.95
      - beats majority by 0.1; beats champion on log-loss
      cases: [{in: {age: 30, income: 5e4, city: Oslo}, expect: 1}, {in: {age: 3}, expect: ">= 0.8"}]
      cv: {kind: stratified, folds: 5, seed: 7, metric: accuracy, pass: mean - std >= 0.93}
      """)
    #expect(suite.model.place == .run("latest", path: "model"))
    #expect(suite.champion?.place == .file("models/old.json"))
    #expect(suite.trainer == TestTrainer("gbdt", values: ["max_depth": "3"]))
    #expect(
      suite.tests.map(\.text) == [
        "accuracy >= 0.95", "beats majority", "beats champion on log-loss",
        "case age=30, income=50000, city=Oslo: 1", "case age=3: >= 0.8",
        "cv accuracy: mean - std >= 0.93",
      ])
    #expect(suite.tests.map(\.location.line) == [8, 9, 9, 10, 10, 11])
  }

  @Test(
    "predictors",
    arguments: [
      ("predictions: p.csv", "predictions"), ("command: python3 p.py", "command"),
      ("http: http://localhost:5000", "http"),
      ("predictions: {file: p.csv, label: y, proba: p0..p2}", "each p0 p1 p2"),
      ("predictions: {file: p.csv, label: y, proba: {a: pa, b: pb}}", "named"),
    ])
  func predictors(line: String, kind: String) throws {
    let place = try suite("\(line)\ntests: [accuracy >= 0.5]").model.place
    let found =
      switch place {
      case .predictions(_, let columns):
        switch columns.probabilities {
        case .each(let names): "each " + names.joined(separator: " ")
        case .named: "named"
        case .positive, nil: "predictions"
        }
      case .command: "command"
      case .http: "http"
      case .file, .run: "model"
      }
    #expect(found == kind)
  }

  @Test(
    "what is wrong is told at its place, with what could stand there",
    arguments: [
      ("acuracy >= 0.9", 3, "there is no test `acuracy`", "did you mean `accuracy`?"),
      (
        "accuracy", 11, "expected bounds behind `accuracy`, found nothing",
        "write `0..10`, `>= 0`, `< 10` or `== 5`"
      ),
      ("accuracy >= 95", 17, "`accuracy` is never above 1", "write `0.95`"),
      (
        "accuracy >= 0.9 per city", 19, "expected nothing more, found `per`",
        "tests have a `;` between them, or stand in lines of their own"
      ),
      (
        "f1 macro >= 0.9 by city, gup <= 1", 28,
        "expected `gap`, `support` or `confident`, found `gup`",
        "write `by city, gap <= 0.05, support >= 30`"
      ),
      (
        "beats majorty", 9,
        "expected `majority`, `mean`, `stratified`, `last`, `simple tree` or `champion` behind `beats`, found `majorty`",
        "did you mean `majority`?"
      ),
      (
        "beats mean by 3", 17, "`by` is a share of what could be gained, from 0 to 1",
        "write `by 3 absolute` for the metric's own numbers"
      ),
      ("latency p95 <= 5", 19, "a time without a unit", "write `5ms`, `200us` or `1s`"),
      (
        "size <= 10 potatoes", 13, "`potatoes` is no unit of size",
        "units are B, kB, MB, GB, KiB, MiB and GiB"
      ),
      (
        "raising rooms lowers prediction", 17, "expected `never`, found `lowers`",
        "write `raising rooms never lowers prediction`"
      ),
      ("invariant to noize(1) on a", 16, "there is no change `noize`", "did you mean `noise`?"),
      (
        "monotone in rooms", 12, "expected `increasing` or `decreasing`, found `in`",
        "write `monotone increasing in rooms`"
      ),
      ("ece <= 5", 10, "`5`: `ece` is from 0 to 1", nil),
      ("accuracy >= 0.9;; r2 >= 0", 19, "a `;` with nothing beside it", nil),
      ("accuracy >= 0.9 where age >", 30, nil, nil),
      (
        "matches served", 17, "expected `on` and the columns that name a row, found nothing",
        "write `matches served on id`"
      ),
      (
        "matches served on id: 3%", 25, "expected `mismatched`, found `3`",
        "write `: mismatched <= 0.1%`"
      ),
      ("trained lately", 11, "expected `within`, found `lately`", "write `trained within 30d`"),
      (
        "calibration slpoe > 0.5", 15,
        "expected `slope` or `intercept` behind `calibration`, found `slpoe`",
        "did you mean `slope`?"
      ),
      (
        "loss at init <= 0.2", 3,
        "`loss at init` is a test of neural networks, which nothing here trains yet",
        "leave it out; `overfits one batch` and `label shuffle` are of every trainer"
      ),
      (
        "grad-flow", 3, "`grad-flow` is a test of neural networks, which nothing here trains yet",
        "leave it out; `overfits one batch` and `label shuffle` are of every trainer"
      ),
      ("overfits one batch of 1", nil, "a batch is of 2 to 100000 rows", nil),
    ] as [(String, Int?, String?, String?)])
  func badLines(line: String, column: Int?, message: String?, hint: String?) throws {
    let failure = try #require(throws: Failure.self) { try lines(line) }
    #expect(failure.location?.file == "m.yml")
    #expect(failure.location?.line == 3)
    if let column { #expect(failure.location?.column == column) }
    if let message {
      #expect(failure.message == message)
      #expect(failure.hint == hint)
    }
  }

  @Test(
    "suites that are none",
    arguments: [
      ("", "a suite without content"), ("data: x.csv\n", "a suite needs `model`, which it tests"),
      ("model: m.json\n", "a suite without tests"),
      (
        "model: m.json\ncommand: x\ntests: [r2 > 0]",
        "`command` beside `model`: one suite tests one model"
      ),
      ("model: m.json\ntest: [r2 > 0]", "a suite has no key `test`"),
      ("model: m.json\ntimeout: 5s\ntests: [r2 > 0]", "`timeout` is of a `command` or of `http`"),
      ("http: localhost\ntests: [r2 > 0]", "`localhost` is no address"),
      ("model: m.json\ncases: [{in: {a: 1}}]", "a case needs `expect`"),
      ("model: m.json\ncv: {folds: 5, metric: accuracy}", "`cv` needs `pass`"),
      (
        "model: m.json\ncv: {kind: strat, metric: f1, pass: mean > 0}",
        "there is no kind `strat` of cross-validation"
      ),
      (
        "model: m.json\ncv: {kind: nested, metric: f1, pass: mean > 0}",
        "`kind: nested` without a `grid` to choose from"
      ),
      ("model: m.json\ncv: {outer: 5, metric: f1, pass: mean > 0}", "`outer` is of `kind: nested`"),
      (
        "model: m.json\ncv: {kind: nested, folds: 5, grid: {a: 1}, metric: f1, pass: mean > 0}",
        "`folds` beside `kind: nested`"
      ),
      (
        "model: m.json\ncv: {kind: nested, inner: 1, grid: {a: 1}, metric: f1, pass: mean > 0}",
        "`inner` is from 2 to 10000 folds"
      ),
      (
        "model: m.json\ncv: {kind: nested, grid: {a: []}, metric: f1, pass: mean > 0}",
        "`a` has no value to try"
      ),
      (
        "model: m.json\ncv: {kind: repeated, metric: f1, pass: mean > 0}",
        "there is no kind `repeated` of cross-validation"
      ),
      (
        "model: m.json\ncv: {time: t, window: rolling, metric: f1, pass: mean > 0}",
        "`window: rolling` of how many rows?"
      ),
      (
        "model: m.json\ncv: {time: t, window: wide, metric: f1, pass: mean > 0}",
        "`window` is `expanding` or `rolling`"
      ),
      ("predictions: {label: y}\ntests: [r2 > 0]", "which table of predictions?"),
      ("model: m.json\nserved: {proba: p}\ntests: [r2 > 0]", "which table of predictions?"),
      (
        "model: m.json\nserved: {file: s.csv, label: y}\ntests: [r2 > 0]",
        "`served` has no key `label`"
      ),
      (
        "model: m.json\ntests:\n- {test: accuracy, min: 0.9, by: [a], gup: 1}",
        "a test has no key `gup`"
      ),
      (
        "model: m.json\ntests:\n- {test: accuracy, min: 0.9, max: 0.5}",
        "no number is in `0.9..0.5`"
      ),
      ("model: [a\n", nil),
    ] as [(String, String?)])
  func badSuites(yaml: String, message: String?) throws {
    let failure = try #require(throws: Failure.self) { try suite(yaml) }
    let told = failure.details.isEmpty ? [failure] : failure.details
    #expect(told.allSatisfy { $0.location?.line != nil })
    if let message { #expect(told.map(\.message).contains(message), "\(told.map(\.message))") }
  }
}
