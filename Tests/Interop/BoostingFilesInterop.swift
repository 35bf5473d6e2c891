import Compute
import Formats
import Learning
import Platform
import Support
import SystemPackage
import Testing

@Suite("Model files against XGBoost and LightGBM") struct BoostingFilesInterop {
  @Test("we read the libraries' models, and they read ours: all predict the same")
  func bothWays() throws {
    let folder = try TemporaryFolder()
    let cases = try #require(try Peer.run(Self.training, in: folder).array)
    #expect(cases.count == 32)
    for (index, expected) in cases.enumerated() {
      let name = try #require(expected["name"]?.string)
      let rows = try #require(expected["rows"]?.array)
      let theirs = try #require(expected["predictions"]?.array).compactMap(\.number)
      for file in try #require(expected["files"]?.array).compactMap(\.string) {
        let model = try BoostedModel(reading: folder.path.appending(file))
        let ours = try Self.predictions(model, rows)
        #expect(Self.difference(ours, theirs) < 2e-6, "reading \(name), \(file)")
        for format in ["json", "ubj", "txt"] {
          // Square roots of labels are LightGBM's alone.
          if model.transform == .signedSquare, format != "txt" { continue }
          try model.write(to: folder.path.appending("\(index).ours.\(format)"))
        }
      }
    }
    let again = try #require(try Peer.run(Self.loading, in: folder).array)
    #expect(again.count == 92)
    for answer in again {
      let difference = try #require(answer["difference"]?.number)
      #expect(difference < 5e-6, "the library on \(answer["file"]?.string ?? "")")
    }
  }

  private static func predictions(_ model: BoostedModel, _ rows: [JSONValue]) throws -> [Double] {
    let columns = model.features.indices.map { feature in
      rows.map { $0.array?[feature].number ?? .nan }
    }
    return try BatchPredictor(model).predictions(
      FeatureMatrix(columns: columns, features: model.features), on: WorkerPool(threads: 1))
  }

  private static func difference(_ ours: [Double], _ theirs: [Double]) -> Double {
    guard ours.count == theirs.count else { return .infinity }
    return zip(ours, theirs).map { ($0 - $1).magnitude / max(1, $1.magnitude) }.max() ?? 0
  }

  /// Two numbers with holes, one of few values, a column of few categories and one of many; the
  /// rows that are predicted have more holes and categories that no tree has seen.
  private static let world = #"""
    import json, os
    # Threads that wait for each other would take longer than the work.
    os.environ["OMP_NUM_THREADS"] = "1"
    import numpy as np, xgboost as xgb, lightgbm as lgb
    TYPES = ["q", "q", "q", "c", "c"]
    def rows(n, seed, categories):
        rng = np.random.default_rng(seed)
        X = rng.normal(size=(n, 5)).astype("f4")
        X[:, 2] = np.round(X[:, 2] * 2)
        X[:, 3], X[:, 4] = rng.integers(0, 3 + categories // 40, n), rng.integers(0, categories, n)
        X[rng.random(X.shape) < .15] = np.nan
        return X
    def matrix(X, y=None, cats=True):
        return xgb.DMatrix(X, y, feature_types=TYPES if cats else None, enable_categorical=cats)
    T = rows(200, 2, 60)

    """#

  private static let training =
    world + #"""
      X = rows(600, 1, 30)
      Z = np.nan_to_num(X)
      y = Z[:, 0] * 2 - Z[:, 1] ** 2 + (Z[:, 3] == 1) * 1.5 + (Z[:, 4] % 3 == 0)
      two, three, counts = (y > 0) * 1.0, np.digitize(y, [-1, 1]) * 1.0, np.maximum(np.round(y + 4), 0)
      out = []
      def add(name, files, predictions):
          out.append({"name": name, "files": files, "predictions": np.ravel(predictions).tolist(),
                      "rows": [[None if v != v else float(v) for v in row] for row in T]})
      for cats in [False, True]:
          for objective, labels, extra in [
              ("reg:squarederror", y, {}), ("binary:logistic", two, {}),
              ("binary:logistic", two, {"num_parallel_tree": 3, "subsample": .6}),
              ("binary:logistic", two, {"early": True}), ("multi:softprob", three, {"num_class": 3}),
              ("reg:squarederror", y, {"booster": "dart", "rate_drop": .5}), ("count:poisson", counts, {}),
              ("multi:softprob", three, {"num_class": 3, "booster": "dart", "rate_drop": .5})]:
              extra, keywords = dict(extra), {}
              if extra.pop("early", False):
                  keywords = {"evals": [(matrix(X[:99], labels[:99], cats), "v")], "early_stopping_rounds": 2}
              model = xgb.train({"objective": objective, "verbosity": 0, **extra}, matrix(X, labels, cats), 10,
                                verbose_eval=False, **keywords)
              files = ["%d.xgb.json" % len(out), "%d.xgb.ubj" % len(out)]
              for file in files: model.save_model(folder + "/" + file)
              add("xgboost %s %s" % (objective, extra), files, model.predict(matrix(T, cats=cats)))
          for objective, labels, extra in [
              ("regression", y, {}), ("regression", counts, {"reg_sqrt": True}), ("binary", two, {}),
              ("binary", two, {"boosting": "rf", "bagging_freq": 1, "bagging_fraction": .5}),
              ("multiclass", three, {"num_class": 3}), ("regression", y, {"zero_as_missing": True}),
              ("regression", y, {"boosting": "dart", "drop_rate": .5}), ("poisson", counts, {})]:
              data = lgb.Dataset(X.astype("f8"), labels, categorical_feature=[3, 4] if cats else [])
              model = lgb.train({"objective": objective, "verbose": -1, **extra}, data, 10)
              file = "%d.lgb.txt" % len(out)
              model.save_model(folder + "/" + file)
              add("lightgbm %s %s" % (objective, extra), [file], model.predict(T.astype("f8")))
      json.dump(out, open(folder + "/result.json", "w"))
      json.dump(out, open(folder + "/cases.json", "w"))
      """#

  private static let loading =
    world + #"""
      out = []
      for index, case in enumerate(json.load(open(folder + "/cases.json"))):
          for ending in ["json", "ubj", "txt"]:
              file = "%s/%d.ours.%s" % (folder, index, ending)
              if not os.path.exists(file): continue
              if ending == "txt":
                  found = lgb.Booster(model_file=file).predict(T.astype("f8"))
              else:
                  model = xgb.Booster()
                  model.load_model(file)
                  found = model.predict(matrix(T, cats=index >= 16), validate_features=False)
              wanted = np.array(case["predictions"])
              difference = np.max(np.abs(np.ravel(found) - wanted) / np.maximum(1, np.abs(wanted)))
              out.append({"file": "%s, %s" % (case["name"], ending), "difference": float(difference)})
      json.dump(out, open(folder + "/result.json", "w"))
      """#
}
