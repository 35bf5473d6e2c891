import Compute
import Formats
import Learning
import Platform
import Support
import SystemPackage
import Testing

@Suite("ONNX files against onnxruntime") struct ONNXInterop {
  @Test("onnxruntime predicts with our files of the libraries' models what the libraries predict")
  func trees() throws {
    let folder = try TemporaryFolder()
    let cases = try #require(try Peer.run(Self.training, in: folder).array)
    #expect(cases.count == 172)
    for (index, expected) in cases.enumerated() {
      let name = try #require(expected["name"]?.string)
      let rows = try #require(expected["rows"]?.array)
      let theirs = try #require(expected["predictions"]?.array).compactMap(\.number)
      let file = try #require(expected["file"]?.string)
      let model = try BoostedModel(reading: folder.path.appending(file))
      let path = folder.path.appending("\(index).onnx")
      try model.write(to: path)
      let again = try BoostedModel(reading: path)
      let ours = try Self.predictions(again, rows)
      #expect(Self.difference(ours, theirs) < 2e-6, "reading our ONNX of \(name)")
      #expect(
        try again == BoostedModel(parsing: again.encoded(as: .onnx)), "writing \(name) again")
    }
    let answers = try #require(try Peer.run(Self.running, in: folder).array)
    #expect(answers.count == cases.count)
    for answer in answers {
      let name = answer["name"]?.string ?? ""
      #expect(try #require(answer["difference"]?.number) < 1e-6, "onnxruntime on \(name)")
      #expect(answer["labels"]?.bool == true, "labels of \(name)")
    }
  }

  @Test("onnxruntime predicts with our linear models what we predict")
  func linear() throws {
    let folder = try TemporaryFolder()
    let count = 40
    #expect(try Peer.run(Self.linearModels, in: folder).int == Int64(count))
    let table = try TableFile.read(
      folder.path.appending("data.csv"), asText: ["colour", "place"])
    var predictions: [JSONValue] = []
    for index in 0..<count {
      let model = try LogisticModel(reading: folder.path.appending("\(index).json"))
      let path = folder.path.appending("\(index).onnx")
      try FileSystem.write(model.onnx(), to: path)
      let ours = try model.predict(table, on: WorkerPool(threads: 1))
      let again = try ModelFile.read(path).predict(table, on: WorkerPool(threads: 1))
      #expect(ours.probabilities.elements == again.probabilities.elements)
      predictions.append(
        .object([
          .init("probabilities", .array(ours.probabilities.elements.map { .double($0) })),
          .init("labels", .array(ours.labels.map { .string(ours.classes[Int($0)]) })),
        ]))
    }
    try folder.write(JSONValue.array(predictions).text(), to: "ours.json")
    let answers = try #require(try Peer.run(Self.linearRunning, in: folder).array)
    #expect(answers.count == count)
    for (index, answer) in answers.enumerated() {
      #expect(try #require(answer["difference"]?.number) < 1e-12, "model \(index)")
      #expect(answer["labels"]?.bool == true, "labels of model \(index)")
    }
  }

  /// Models of random weights: numbers alone or beside columns of text, two classes or more, names
  /// or whole numbers.
  private static let linearModels = #"""
    import json, numpy as np
    rng = np.random.default_rng(7)
    with open(folder + "/data.csv", "w") as file:
        file.write("year,size,colour,place\n")
        for _ in range(60):
            cells = ["%d" % rng.integers(1990, 2026), "%r" % rng.normal(1e4, 3.),
                     rng.choice(["red", "grün", "blue", "new"]), rng.choice(["a b", "c", "d"])]
            file.write(",".join("" if rng.random() < .15 else cell for cell in cells) + "\n")
    for index in range(40):
        features = [{"name": "year", "encoding": "standardized", "mean": 2008.037, "scale": 9.31},
                    {"name": "size", "encoding": "standardized", "mean": 1e4 + .123, "scale": 2.9}]
        if index % 2:
            features.insert(1, {"name": "colour", "encoding": "one-hot", "categories": ["blue", "grün", "red"],
                                "missing": index % 4 == 1})
            features.append({"name": "place", "encoding": "one-hot", "categories": ["a b", "c"], "missing": True})
        width = sum(1 if f["encoding"] == "standardized" else len(f["categories"]) + f["missing"] for f in features)
        classes = [["no", "yes"], ["0", "1"], ["x", "y", "z"], ["3", "5", "8", "9"]][index // 2 % 4]
        rows = 1 if len(classes) == 2 else len(classes)
        model = {"format": "reprise.model/1", "kind": "logistic", "target": "t", "classes": classes,
                 "features": features, "columns": [], "coefficients": rng.normal(0, 2, (rows, width)).tolist(),
                 "intercepts": rng.normal(size=rows).tolist(), "training": {}}
        json.dump(model, open("%s/%d.json" % (folder, index), "w"))
    json.dump(40, open(folder + "/result.json", "w"))
    """#

  private static let linearRunning = #"""
    import json, numpy as np, pandas as pd, onnx, onnxruntime
    data = pd.read_csv(folder + "/data.csv")
    out = []
    for index, case in enumerate(json.load(open(folder + "/ours.json"))):
        file = "%s/%d.onnx" % (folder, index)
        onnx.checker.check_model(file, full_check=True)
        session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
        names = [value.name for value in session.get_inputs()]
        if names == ["input"]:
            feed = {"input": data[["year", "size"]].to_numpy("f8")}
        else:
            feed = {name: data[[name]].to_numpy("f8") if name in ("year", "size")
                    else data[[name]].fillna("").to_numpy(object) for name in names}
        label, found = session.run(None, feed)
        wanted = np.array(case["probabilities"]).reshape(len(data), -1)
        out.append({"difference": float(np.max(np.abs(found - wanted))),
                    "labels": [str(name) for name in label] == case["labels"]})
    json.dump(out, open(folder + "/result.json", "w"))
    """#

  static func predictions(_ model: BoostedModel, _ rows: [JSONValue]) throws -> [Double] {
    let columns = model.features.indices.map { feature in
      rows.map { $0.array?[feature].number ?? .nan }
    }
    return try BatchPredictor(model).predictions(
      FeatureMatrix(columns: columns, features: model.features), on: WorkerPool(threads: 1))
  }

  static func difference(_ ours: [Double], _ theirs: [Double]) -> Double {
    guard ours.count == theirs.count else { return .infinity }
    return zip(ours, theirs).map { ($0 - $1).magnitude / max(1, $1.magnitude) }.max() ?? 0
  }

  /// Two numbers with holes, one of few values, a column of few categories and one of many; the
  /// rows that are predicted have more holes and categories that no tree has seen.
  private static let world = #"""
    import json, os
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
    T = rows(50, 2, 60)
    # Codes below 0 are no categories; they go where those go that are not listed.
    T[::9, 4] = -1

    """#

  private static let training =
    world + #"""
      out = []
      def add(name, file, predictions):
          out.append({"name": name, "file": file, "predictions": np.ravel(predictions).tolist(),
                      "rows": [[None if v != v else float(v) for v in row] for row in T]})
      for seed in range(4):
        X = rows(200, 10 + seed, 30)
        Z = np.nan_to_num(X)
        y = Z[:, 0] * 2 - Z[:, 1] ** 2 + (Z[:, 3] == 1) * 1.5 + (Z[:, 4] % 3 == 0)
        two, rare, three = (y > 0) * 1.0, (y > 2) * 1.0, np.digitize(y, [-1, 1]) * 1.0
        counts = np.maximum(np.round(y + 4), 0)
        for cats in [False, True]:
          for objective, labels, extra in [
              ("reg:squarederror", y, {}), ("reg:squarederror", y + 1e4, {}), ("binary:logistic", two, {}),
              ("binary:logistic", 1 - rare, {"max_depth": 2, "eta": .1}), ("reg:absoluteerror", y, {}),
              ("binary:logistic", two, {"num_parallel_tree": 3, "subsample": .6}),
              ("multi:softprob", three, {"num_class": 3}), ("multi:softprob", two, {"num_class": 2}),
              ("reg:squarederror", y, {"booster": "dart", "rate_drop": .5}), ("count:poisson", counts, {}),
              ("multi:softprob", three, {"num_class": 3, "booster": "dart", "rate_drop": .5})]:
              model = xgb.train({"objective": objective, "verbosity": 0, **extra}, matrix(X, labels, cats), 5)
              file = "%d.ubj" % len(out)
              model.save_model(folder + "/" + file)
              add("xgboost %s %s" % (objective, extra), file, model.predict(matrix(T, cats=cats)))
          if cats:
              # Deep trees, where onnxruntime joins comparisons with small numbers above zero wrongly.
              model = xgb.train({"objective": "multi:softprob", "num_class": 3, "max_depth": 9, "verbosity": 0,
                                 "max_cat_to_onehot": 1 + 63 * (seed % 2)}, matrix(X, three), 8)
              file = "%d.ubj" % len(out)
              model.save_model(folder + "/" + file)
              add("xgboost of deep trees", file, model.predict(matrix(T)))
          for objective, labels, extra in [
              ("regression", y, {}), ("regression", counts, {"reg_sqrt": True}), ("binary", two, {}),
              ("regression", counts, {"reg_sqrt": True, "zero_as_missing": True}),
              ("binary", rare, {"sigmoid": 2.5}), ("multiclassova", three, {"num_class": 3, "sigmoid": .7}),
              ("binary", two, {"boosting": "rf", "bagging_freq": 1, "bagging_fraction": .5}),
              ("multiclass", three, {"num_class": 3}), ("regression", y, {"zero_as_missing": True}),
              ("regression", y, {"boosting": "dart", "drop_rate": .5})]:
              data = lgb.Dataset(X.astype("f8"), labels, categorical_feature=[3, 4] if cats else [])
              model = lgb.train({"objective": objective, "verbose": -1, **extra}, data, 5)
              file = "%d.txt" % len(out)
              model.save_model(folder + "/" + file)
              add("lightgbm %s %s" % (objective, extra), file, model.predict(T.astype("f8")))
      json.dump(out, open(folder + "/result.json", "w"))
      json.dump(out, open(folder + "/cases.json", "w"))
      """#

  private static let running =
    world + #"""
      import onnx, onnxruntime
      out = []
      for index, case in enumerate(json.load(open(folder + "/cases.json"))):
          file = "%s/%d.onnx" % (folder, index)
          onnx.checker.check_model(file, full_check=True)
          session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
          found = session.run(None, {"input": T})
          wanted = np.array(case["predictions"]).reshape(len(T), -1)
          labels = True
          if len(found) == 2:
              whole = np.concatenate([1 - wanted, wanted], 1) if wanted.shape[1] == 1 else wanted
              likely = np.sort(whole, 1)
              # Two classes that are equally likely to the last digit may be called either way.
              clear = likely[:, -1] - likely[:, -2] > 1e-5
              labels = bool(np.all((found[0] == whole.argmax(1))[clear]))
              wanted = whole
          difference = np.max(np.abs(found[-1] - wanted) / np.maximum(1, np.abs(wanted)))
          out.append({"name": case["name"], "difference": float(difference), "labels": labels})
      json.dump(out, open(folder + "/result.json", "w"))
      """#
}
