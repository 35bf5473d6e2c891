import Compute
import Formats
import Learning
import Platform
import Support
import SystemPackage
import Testing

@Suite("Model folders against MLflow") struct MLflowFoldersInterop {
  @Test("MLflow's pyfunc and its flavours load our folders and predict what the libraries do")
  func folders() throws {
    let folder = try TemporaryFolder()
    let files = try #require(try Peer.run(Self.training, in: folder).array).compactMap(\.string)
    #expect(files.count == 10)
    for (index, file) in files.enumerated() {
      let model = try ModelFile.read(folder.path.appending(file))
      for flavor in [nil, MLflowModelFolder.Flavor.onnx] {
        let path = folder.path.appending("\(index)-\(flavor?.rawValue ?? "own")")
        try MLflowModelFolder.write(
          model, to: path, flavor: flavor, uuid: String(repeating: "ab", count: 16),
          created: 1_790_000_000_000_000)
        #expect(try ModelFile.read(path).features.count == model.features.count)
      }
    }
    let answers = try #require(try Peer.run(Self.loading, in: folder).array)
    #expect(answers.count == 30)
    for answer in answers {
      let name = answer["name"]?.string ?? ""
      #expect(try #require(answer["difference"]?.number) < 1e-6, "\(name)")
    }
  }

  @Test("we read the folders that MLflow writes, and predict the same") func theirs() throws {
    let folder = try TemporaryFolder()
    let cases = try #require(try Peer.run(Self.saving, in: folder).array)
    #expect(cases.count == 4)
    for expected in cases {
      let name = try #require(expected["name"]?.string)
      let wanted = try #require(expected["predictions"]?.array).compactMap(\.number)
      let model = try ModelFile.read(folder.path.appending(name))
      let table = try TableFile.read(folder.path.appending("data.csv"), asText: model.textColumns)
      let found = try model.predict(table, on: WorkerPool(threads: 1))
      let ours = found.values ?? (0..<found.count).map { found.probabilities[$0, 1] }
      #expect(ONNXInterop.difference(ours, wanted) < 2e-6, "\(name)")
    }
  }

  @Test("MLflow loads folders of our forests and linear models, text and holes among their columns")
  func trained() async throws {
    let folder = try TemporaryFolder()
    let cases = try #require(try Peer.run(Self.world + Self.tables, in: folder).array)
    #expect(cases.count == 6)
    for (index, example) in cases.enumerated() {
      let trainer = try Trainers.named(try #require(example["trainer"]?.string))
      let target = try #require(example["target"]?.string)
      let drop = try #require(example["drop"]?.string)
      let output = folder.path.appending("\(index)")
      try FileSystem.createDirectory(output)
      let job = TrainingJob(
        values: ["target": target, "drop": drop, "seed": "1"],
        inputs: [folder.path.appending("train.csv")], folder: folder.path, output: output,
        threads: 1)
      let result = try await trainer.train(job, reporting: SilentObserver())
      let model = try ModelFile.read(#require(result.models.first).path)
      try MLflowModelFolder.write(
        model, to: output.appending("served"), uuid: String(repeating: "ab", count: 16),
        created: 1_790_000_000_000_000)
      let table = try TableFile.read(folder.path.appending("new.csv"), asText: model.textColumns)
      let ours = try model.predict(table, on: WorkerPool(threads: 1))
      let numbers = ours.values ?? ours.probabilities.elements
      try folder.write(
        JSONValue.array(numbers.map { .double($0) }).text(), to: "\(index)/ours.json")
    }
    let answers = try #require(try Peer.run(Self.world + Self.serving, in: folder).array)
    #expect(answers.count == 6)
    for answer in answers {
      let name = answer["name"]?.string ?? ""
      #expect(try #require(answer["difference"]?.number) < 1e-6, "\(name)")
    }
  }

  private static let world = #"""
    import json, os
    os.environ["OMP_NUM_THREADS"] = "1"
    import logging, warnings
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    import numpy as np, pandas as pd, xgboost as xgb, lightgbm as lgb
    def frame(n, seed):
        rng = np.random.default_rng(seed)
        D = pd.DataFrame({"age": rng.integers(18, 80, n), "income": rng.normal(100, 30, n).astype("f4").astype("f8"),
                          "naïve": rng.normal(size=n).astype("f4").astype("f8"), "zone": rng.integers(0, 6, n) * 1.0})
        D.loc[1:, "naïve"] = D["naïve"][1:].where(rng.random(n - 1) > .2)
        D.loc[1:, "zone"] = D["zone"][1:].where(rng.random(n - 1) > .1)
        return D
    TYPES = ["int", "q", "q", "c"]
    T = frame(60, 2)
    def named(D):
        names = pd.Series(list("abcdef")).reindex(D["zone"].fillna(0).astype(int)).to_numpy()
        return D.assign(zone=pd.Categorical(names, categories=list("abcdef")))
    def dmatrix(D, y=None):
        return xgb.DMatrix(D, y, feature_types=TYPES, enable_categorical=True)

    """#

  private static let training =
    world + #"""
      D = frame(300, 1)
      y = D.age / 10 + D.income / 50 + np.where(D.zone.isin([1, 4]), 2, 0) - (D["naïve"] > 0)
      two, three = (y > y.median()) * 1.0, np.digitize(y, np.quantile(y, [.3, .7])) * 1.0
      files = []
      def add(file, predictions):
          np.save(folder + "/%d.npy" % len(files), predictions)
          files.append(file)
      for objective, labels, extra in [("binary:logistic", two, {}), ("reg:squarederror", y, {}),
                                       ("multi:softprob", three, {"num_class": 3}),
                                       ("multi:softprob", two, {"num_class": 2}), ("count:poisson", np.round(y), {})]:
          model = xgb.train({"objective": objective, "verbosity": 0, **extra}, dmatrix(D, labels), 6)
          file = "%d.json" % len(files)
          model.save_model(folder + "/" + file)
          add(file, model.predict(dmatrix(T)))
      for objective, labels, extra, texts in [
          ("binary", two, {}, False), ("regression", y, {}, False), ("multiclass", three, {"num_class": 3}, False),
          ("binary", two, {}, True), ("regression", y, {}, True)]:
          train, test = (named(D), named(T)) if texts else (D, T)
          data = lgb.Dataset(train, labels, categorical_feature=["zone"])
          model = lgb.train({"objective": objective, "verbose": -1, **extra}, data, 6)
          file = "%d.txt" % len(files)
          model.save_model(folder + "/" + file)
          add(file, model.predict(test))
      json.dump(files, open(folder + "/result.json", "w"))
      """#

  private static let loading =
    world + #"""
      import mlflow
      out = []
      for index in range(10):
          wanted, data = np.load("%s/%d.npy" % (folder, index)), named(T) if index > 7 else T
          for kind in ["own", "onnx"]:
              # Columns in another order, and one that nobody asked for.
              shuffled = data[data.columns[::-1]].assign(more=1)
              found = mlflow.pyfunc.load_model("%s/%d-%s" % (folder, index, kind)).predict(shuffled)
              if isinstance(found, dict):
                  scores = found.get("probabilities", found.get("prediction"))
                  if scores.shape[1] == 2 and wanted.ndim == 1: scores = scores[:, 1]
                  if "label" in found: assert len(found["label"]) == len(T)
              else:
                  scores = np.asarray(found)
              out.append(("%d-%s as pyfunc" % (index, kind), scores))
          path = "%s/%d-own" % (folder, index)
          if index < 5:
              out.append(("%d as xgboost" % index, mlflow.xgboost.load_model(path).predict(dmatrix(T))))
          else:
              out.append(("%d as lightgbm" % index, mlflow.lightgbm.load_model(path).predict(data)))
          mlflow.onnx.load_model("%s/%d-onnx" % (folder, index))
      def difference(name, found):
          wanted = np.load("%s/%s.npy" % (folder, name.split()[0].split("-")[0])).ravel()
          return float(np.max(np.abs(np.ravel(found) - wanted) / np.maximum(1, np.abs(wanted))))
      json.dump([{"name": name, "difference": difference(name, found)} for name, found in out],
                open(folder + "/result.json", "w"))
      """#

  private static let saving =
    world + #"""
      import mlflow, onnx
      from mlflow.models import infer_signature
      D = frame(300, 1).drop(columns=["zone"])
      two = (D.age + D.income > 150) * 1.0
      T.drop(columns=["zone"]).to_csv(folder + "/data.csv", index=False)
      rows = T.drop(columns=["zone"])
      out = []
      def add(name, predictions):
          out.append({"name": name, "predictions": np.ravel(predictions).tolist()})
      for format in ["json", "ubj"]:
          model = xgb.train({"objective": "binary:logistic"}, xgb.DMatrix(D, two), 5)
          answer = model.predict(xgb.DMatrix(rows))
          mlflow.xgboost.save_model(model, folder + "/xgboost-" + format, model_format=format,
                                    signature=infer_signature(rows, answer))
          add("xgboost-" + format, answer)
      model = lgb.train({"objective": "binary", "verbose": -1}, lgb.Dataset(D, two), 5)
      mlflow.lightgbm.save_model(model, folder + "/lightgbm", signature=infer_signature(rows, model.predict(rows)))
      add("lightgbm", model.predict(rows))
      model = xgb.XGBClassifier(n_estimators=5).fit(D, two)
      mlflow.xgboost.save_model(model, folder + "/wrapper", signature=infer_signature(rows, model.predict(rows)))
      add("wrapper", model.predict_proba(rows)[:, 1])
      json.dump(out, open(folder + "/result.json", "w"))
      """#

  private static let tables = #"""
    def table(n, seed):
        D = named(frame(n, seed))
        D["zone"] = D["zone"].astype(object).where(np.random.default_rng(seed).random(n) > .1, None)
        y = D.age / 10 + D.income / 50 + np.where(D.zone.isin(["b", "e"]), 2, 0) - (D["naïve"] > 0)
        D["two"] = np.where(y > 5, "yes", "no")
        D["three"] = np.array(["low", "mid", "high"])[np.digitize(y, [4.5, 6])]
        D["size"] = y.round(3)
        return D
    table(300, 1).to_csv(folder + "/train.csv", index=False)
    table(60, 2).to_csv(folder + "/new.csv", index=False)
    targets = ["two", "three", "size"]
    cases = [{"trainer": trainer, "target": target, "drop": ",".join(t for t in targets if t != target)}
             for trainer, own in [("forest", targets), ("logistic", targets[:2]), ("linear", targets[2:])]
             for target in own]
    json.dump(cases, open(folder + "/cases.json", "w"))
    json.dump(cases, open(folder + "/result.json", "w"))
    """#

  private static let serving = #"""
    import mlflow
    out = []
    for index, case in enumerate(json.load(open(folder + "/cases.json"))):
        model = mlflow.pyfunc.load_model("%s/%d/served" % (folder, index))
        data = pd.read_csv(folder + "/new.csv")[["age", "income", "naïve", "zone"]]
        # A text that is missing is the empty string, as in ONNX.
        data["zone"] = data["zone"].fillna("")
        for name in ["age", "income", "naïve"]:
            kind = model.metadata.signature.inputs.input_dict()[name].type
            data[name] = data[name].astype(kind)
        found = model.predict(data[data.columns[::-1]])
        scores = np.asarray(found.get("probabilities", found.get("prediction")))
        wanted = np.array(json.load(open("%s/%d/ours.json" % (folder, index)))).reshape(len(data), -1)
        out.append({"name": case["trainer"] + " of " + case["target"],
                    "difference": float(np.max(np.abs(scores.reshape(wanted.shape) - wanted)
                                               / np.maximum(1, np.abs(wanted))))})
    json.dump(out, open(folder + "/result.json", "w"))
    """#
}
