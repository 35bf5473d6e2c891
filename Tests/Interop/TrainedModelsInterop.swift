import Compute
import Formats
import Learning
import Platform
import Support
import SystemPackage
import Testing

/// What our trainers made of tables with texts and holes, in everyone's formats.
@Suite("Models of our trainers in others' programs") struct TrainedModelsInterop {
  private struct Case {
    var trainer: String
    var values: [String: String]
    var table: String

    init(_ json: JSONValue) throws {
      trainer = try #require(json["trainer"]?.string)
      table = try #require(json["table"]?.string)
      values = [:]
      for member in try #require(json["values"]?.members) {
        values[member.key] = member.value.string
      }
    }

    var isBoosted: Bool { trainer == "xgboost" || trainer == "lightgbm" }
  }

  @Test("onnxruntime and the libraries predict what we predict") func predictions() async throws {
    let folder = try TemporaryFolder()
    let cases = try #require(try Peer.run(Self.world + Self.making, in: folder).array).map(
      Case.init)
    #expect(cases.count == 100)
    var answers: [JSONValue] = []
    for (index, example) in cases.enumerated() {
      answers.append(try await answer(example, index, in: folder))
    }
    try folder.write(JSONValue.array(answers).text(), to: "ours.json")
    let verdicts = try #require(try Peer.run(Self.world + Self.running, in: folder).array)
    var runs: [String: Int] = [:]
    for verdict in verdicts {
      let (name, ending) = (verdict["name"]?.string ?? "", verdict["ending"]?.string ?? "")
      runs[ending, default: 0] += 1
      #expect(try #require(verdict["difference"]?.number) < 2e-6, "\(name), \(ending)")
      #expect(verdict["labels"]?.bool == true, "labels of \(name), \(ending)")
    }
    #expect(runs == ["onnx": 100, "json": 24, "ubj": 24, "txt": 24])
  }

  /// Trains, predicts, writes all files, and looks whether what is read again predicts the same.
  private func answer(
    _ example: Case, _ index: Int, in folder: TemporaryFolder
  ) async throws -> JSONValue {
    let output = folder.path.appending("\(index)")
    try FileSystem.createDirectory(output)
    let trainer = try Trainers.named(example.trainer)
    let job = TrainingJob(
      values: example.values, inputs: [folder.path.appending(example.table + ".csv")],
      folder: folder.path, output: output, threads: 1)
    let result = try await trainer.train(job, reporting: SilentObserver())
    let file = try #require(result.models.first).path
    let new = folder.path.appending(example.table + ".new.csv")
    let ours = try predict(model: file, data: new, threads: 1)
    for ending in example.isBoosted ? ["onnx", "json", "ubj", "txt"] : ["onnx"] {
      let path = output.appending("out.\(ending)")
      try ModelExport.check(path, of: trainer)
      try ModelExport.write(file, to: path)
      let again = try predict(model: path, data: new, threads: 1)
      #expect(again.target == ours.target && again.classes == ours.classes, "\(example), \(ending)")
      #expect(Self.difference(again, ours) < 2e-6, "reading \(ending) of \(example)")
    }
    var members: [JSONValue.Member] = [
      .init("answers", .array(Self.numbers(ours).map { .double($0) })),
      .init("classes", .array(ours.classes.map { .string($0) })),
      .init("labels", .array(ours.labels.map { .string(ours.classes[Int($0)]) })),
    ]
    if let trees = try ModelFile.read(file) as? BoostedTableModel {
      members.append(
        .init(
          "columns",
          .array(
            trees.model.features.map { feature in
              .object([
                .init("name", .string(feature.name)),
                .init("categories", .array(feature.categories.map { .string($0) })),
              ])
            })))
    }
    return .object(members)
  }

  private static func numbers(_ predictions: Predictions) -> [Double] {
    predictions.values ?? predictions.probabilities.elements
  }

  private static func difference(_ a: Predictions, _ b: Predictions) -> Double {
    let (a, b) = (numbers(a), numbers(b))
    guard a.count == b.count else { return .infinity }
    return zip(a, b).map { ($0 - $1).magnitude / max(1, $1.magnitude) }.max() ?? 0
  }

  /// Cells are floats, so that nothing is rounded on the way to ONNX. The rows to predict have more
  /// holes, and categories that were not there in training.
  private static let world = #"""
    import json, os
    os.environ["OMP_NUM_THREADS"] = "1"
    import numpy as np, pandas as pd
    TEXTS = ["colour", "place", "code"]
    def table(rng, rows, texts, colours, holes):
        frame = {"a": rng.integers(-400, 400, rows) / 8, "b": rng.normal(size=rows).astype("f4").astype("f8"),
                 "c": rng.integers(0, 5, rows) * 1.0}
        if texts:
            frame["colour"] = rng.choice(["red", "grün", "blue", "a b"][:colours], rows)
            frame["place"] = np.array(["p%d" % k for k in rng.integers(0, 10 * colours, rows)])
            frame["code"] = rng.integers(1, 3 + colours, rows).astype(str)
        frame = pd.DataFrame(frame)
        score = frame.a / 20 + frame.b - (frame.c == 2) * 1.5
        if texts: score = score + (frame.colour == "red") * 2 - (frame.place.str[-1] == "3") + (frame.code == "2")
        for name in frame:
            frame[name] = frame[name].astype(object).where(rng.random(rows) >= holes, None)
        return frame, score.to_numpy() + rng.normal(size=rows) * .3

    """#

  private static let making = #"""
    rng = np.random.default_rng(11)
    cases = []
    targets = {"two": lambda s: np.where(s > 0, "yes", "no"), "codes": lambda s: (s > .5) * 1,
               "three": lambda s: np.array(["low", "mid", "high"])[np.digitize(s, [-1, 1])],
               "five": lambda s: np.digitize(s, [-2, -1, 0, 1]), "number": lambda s: s,
               "large": lambda s: np.round(s * 8 + 1000)}
    for index in range(12):
        texts, name = index % 2 == 1, "t%d" % index
        for rows, file, colours, holes in [(220, name, 3, .1), (60, name + ".new", 4, .2)]:
            frame, score = table(rng, rows, texts, colours, holes)
            for target, make in targets.items(): frame[target] = make(score)
            frame.to_csv("%s/%s.csv" % (folder, file), index=False)
        for trainer, own, more in [
            ("forest", list(targets), {"n_estimators": "10"}), ("linear", ["number"], {}),
            ("xgboost", ["two", "number"] if index % 3 else ["three", "codes"], {"num_boost_round": "6"}),
            ("lightgbm", ["three", "large"] if index % 3 else ["two", "number"], {"num_boost_round": "6"})]:
            if trainer in ("xgboost", "lightgbm"): own = own[:1] if index % 2 else own[1:]
            if trainer == "forest": own = own[index % 3 > 0:]
            for target in own:
                values = {"target": target, "drop": ",".join(t for t in targets if t != target), "seed": str(index)}
                if texts: values["categorical"] = "code"
                if trainer == "forest":
                    if target in ("codes", "five"): values["criterion"] = ["gini", "entropy"][index // 2 % 2]
                    if index % 4 == 2: values["max_depth"] = "4"
                    if index % 5 == 3: values["bootstrap"] = "false"
                if trainer in ("xgboost", "lightgbm") and target == "codes": values["objective"] = "binary:logistic"
                if trainer == "linear" and index % 3 == 1: values["penalty"] = "l2"
                cases.append({"trainer": trainer, "values": {**values, **more}, "table": name})
    json.dump(cases, open(folder + "/cases.json", "w"))
    json.dump(cases, open(folder + "/result.json", "w"))
    """#

  private static let running = #"""
    import onnx, onnxruntime, xgboost as xgb, lightgbm as lgb
    cases, ours = json.load(open(folder + "/cases.json")), json.load(open(folder + "/ours.json"))
    out = []
    def run_onnx(file, data):
        onnx.checker.check_model(file, full_check=True)
        session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
        feed = {}
        for value in session.get_inputs():
            kind = {"tensor(float)": "f4", "tensor(double)": "f8", "tensor(string)": object}[value.type]
            if value.name == "input":
                feed["input"] = data[["a", "b", "c"]].to_numpy(kind)
            else:
                cells = data[[value.name]]
                feed[value.name] = cells.fillna("").to_numpy(object) if kind is object else cells.to_numpy(kind)
        return session.run(None, feed)
    def run_library(file, data, columns):
        X = np.full((len(data), len(columns)), np.nan)
        for place, column in enumerate(columns):
            codes = {name: code for code, name in enumerate(column["categories"])}
            cells = data[column["name"]]
            X[:, place] = cells.map(codes) if codes else cells
        if file.endswith("txt"): return lgb.Booster(model_file=file).predict(X)
        types = ["c" if column["categories"] else "q" for column in columns]
        model = xgb.Booster(model_file=file)
        matrix = xgb.DMatrix(X, feature_types=types, enable_categorical=True)
        return model.predict(matrix, validate_features=False)
    for index, (case, own) in enumerate(zip(cases, ours)):
        data = pd.read_csv("%s/%s.new.csv" % (folder, case["table"]), dtype={name: str for name in TEXTS})
        wanted = np.array(own["answers"]).reshape(len(data), -1)
        for ending in ["onnx", "json", "ubj", "txt"]:
            file = "%s/%d/out.%s" % (folder, index, ending)
            if not os.path.exists(file): continue
            labels = True
            if ending == "onnx":
                answers = run_onnx(file, data)
                found = answers[-1]
                if own["classes"]:
                    likely = np.sort(wanted, 1)
                    clear = likely[:, -1] - likely[:, -2] > 1e-6
                    same = np.array([str(name) for name in answers[0]]) == np.array(own["labels"])
                    labels = len(answers) == 2 and bool(np.all(same[clear]))
            else:
                found = np.asarray(run_library(file, data, own["columns"])).reshape(len(data), -1)
                if found.shape[1] == 1 and wanted.shape[1] == 2: found = np.concatenate([1 - found, found], 1)
            assert found.shape == wanted.shape, (case, ending, found.shape, wanted.shape)
            difference = np.max(np.abs(found - wanted) / np.maximum(1, np.abs(wanted)))
            out.append({"name": "%s %s" % (index, case), "ending": ending, "difference": float(difference),
                        "labels": labels})
    json.dump(out, open(folder + "/result.json", "w"))
    """#
}
