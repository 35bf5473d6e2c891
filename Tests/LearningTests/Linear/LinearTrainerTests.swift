import Formats
import Learning
import Platform
import Support
import SystemPackage
import Testing

@Suite("Linear regression") struct LinearTrainerTests {
  private func train(
    _ text: String, _ values: [String: String] = [:], in folder: TemporaryFolder, threads: Int = 1,
    observer: any TrainingObserver = SilentObserver()
  ) async throws -> TrainingResult {
    let file = try folder.write(text, to: "data.csv")
    return try await LinearTrainer().train(
      TrainingJob(
        values: ["target": "y", "test_fraction": "0"].merging(values) { $1 }, inputs: [file],
        folder: folder.path, output: folder.path, threads: threads), reporting: observer)
  }

  /// y = 3a - b/2 + 10, and 5 more for red.
  private func plane(rows: Int) -> String {
    "a,b,colour,y\n"
      + (0..<rows).map { row in
        let (a, b) = (Double((row * 7919) % 101), Double((row * 104_729) % 89))
        let red = row % 3 == 0
        return "\(a),\(b),\(red ? "red" : "blue"),\(3 * a - b / 2 + 10 + (red ? 5 : 0))\n"
      }.joined()
  }

  private func coefficients(_ result: TrainingResult) throws -> [Double] {
    let own = try #require(result.details["coefficients"])
    return try #require(own["columns"]?.members).compactMap(\.value.number)
      + [try #require(own["intercept"]?.number)]
  }

  @Test("least squares finds the plane that the rows lie on, and its file predicts it")
  func plane() async throws {
    let folder = try TemporaryFolder()
    let result = try await train(plane(rows: 90), ["test_fraction": "0.2"], in: folder)
    #expect(result.ending == .converged)
    #expect(
      result.metrics.map(\.name) == [
        "train_rmse", "train_mae", "train_r2", "test_rmse", "test_mae", "test_r2",
      ])
    #expect(try #require(result.metrics.last).value > 0.999_999)
    // One-hot columns sum to 1: of all solutions the shortest is taken.
    let own = try coefficients(result)
    for (value, wanted) in zip(own, [3, -0.5, -2.5, 2.5, 12.5]) {
      #expect(abs(value - wanted) < 1e-9, "\(own)")
    }
    let answers = try predict(
      model: result.models[0].path, data: folder.path.appending("data.csv"), threads: 1)
    #expect(abs(try #require(answers.values)[0] - 15) < 1e-9)
    let again = try #require(try ModelFile.read(result.models[0].path) as? LinearModel)
    #expect(again.kind == "linear" && again.features == ["a", "b", "colour"])
  }

  @Test("becomes ONNX, and is itself again when read; a graph that was changed is refused")
  func becomesONNX() async throws {
    let folder = try TemporaryFolder()
    let result = try await train(plane(rows: 60), in: folder)
    #expect(result.timings.map(\.phase) == ["read", "construct", "train", "evaluate"])
    let model = try #require(try ModelFile.read(result.models[0].path) as? LinearModel)
    let path = folder.path.appending("model.onnx")
    try ModelExport.check(path, of: LinearTrainer())
    try ModelExport.write(result.models[0].path, to: path)
    #expect(try ModelFile.read(path) as? LinearModel == model)
    var file = try ONNXModel(parsing: FileSystem.read(path))
    file.graph.initializers.removeLast()
    try FileSystem.write(file.encoded, to: path)
    #expect(throws: Failure.self) { try ModelFile.read(path) }
  }

  @Test("weights count rows, and 0 leaves them out") func weights() async throws {
    let folder = try TemporaryFolder()
    let result = try await train(
      "a,w,y\n0,1,1\n1,2,3\n2,1,5\n9,0,100\n", ["weight": "w"], in: folder)
    #expect(result.data.features == ["a"])
    let own = try coefficients(result)
    #expect(abs(own[0] - 2) < 1e-12 && abs(own[1] - 1) < 1e-12)
  }

  @Test("without an intercept a constant column stands in for it") func noIntercept() async throws {
    let folder = try TemporaryFolder()
    let result = try await train(
      "a,one,y\n1,2,7\n2,2,9\n3,2,11\n", ["fit_intercept": "False"], in: folder)
    let own = try coefficients(result)
    #expect(abs(own[0] - 2) < 1e-12 && abs(own[1] - 2.5) < 1e-12 && abs(own[2]) < 1e-12)
  }

  @Test("a strong lasso leaves the mean") func strongLasso() async throws {
    let folder = try TemporaryFolder()
    let result = try await train(
      plane(rows: 60), ["penalty": "l1", "alpha": "1e6"], in: folder)
    let own = try coefficients(result)
    #expect(own.dropLast().allSatisfy { $0 == 0 })
    #expect(result.metrics.contains { $0.name == "train_r2" && abs($0.value) < 1e-12 })
  }

  @Test("a target that never changes, and a table of one row, are learnt as they are")
  func degenerate() async throws {
    for (text, penalty) in [
      ("a,y\n1,4\n2,4\n3,4\n", "none"), ("a,y\n1,4\n2,4\n3,4\n", "l1"),
      ("a,y\n1,4\n2,4\n3,4\n", "l2"),
    ] {
      let folder = try TemporaryFolder()
      let result = try await train(text, ["penalty": penalty], in: folder)
      #expect(try coefficients(result) == [0, 4], "\(penalty)")
    }
  }

  @Test("sweeps that do not suffice are told") func unfinished() async throws {
    let folder = try TemporaryFolder()
    let observer = RecordingObserver()
    let result = try await train(
      plane(rows: 60), ["penalty": "l1", "alpha": "0.01", "tol": "0", "max_iter": "2"], in: folder,
      observer: observer)
    #expect(result.ending == .completed)
    #expect(observer.notes.first?.hasPrefix("stopped after 2 sweeps without having") == true)
  }

  @Test("the model is the same bytes for any number of threads", arguments: ["none", "l2", "l1"])
  func threads(penalty: String) async throws {
    var files: Set<[UInt8]> = []
    for threads in 1...3 {
      let folder = try TemporaryFolder()
      _ = try await train(plane(rows: 500), ["penalty": penalty], in: folder, threads: threads)
      files.insert(try FileSystem.read(folder.path.appending("model.json")))
    }
    #expect(files.count == 1)
  }

  @Test(
    "what it refuses gets one clear message",
    arguments: [
      ("x,y\n", [:], "the table has no rows"),
      ("x,y\n1,a\n2,b\n", [:], "column `y` holds text, and linear learns numbers"),
      ("x,y\n1,2\n2,inf\n", [:], "column `y` holds an infinite number"),
      ("x,y\n1,2\n-inf,3\n", [:], "column `x` holds an infinite number"),
      ("x,y\n1,\n2,NA\n", [:], "column `y` has no value in any row"),
      ("x,y\n1,2\n", [:], "no column to learn from"),
      (
        "x,y\n1,2\n2,3\n", ["penalty": "l1", "alpha": "-1"],
        "`alpha` must be a number of at least 0.0, not `-1`"
      ),
      ("x,y\n1,2\n2,3\n", ["penalty": "lasso"], "`penalty` cannot be `lasso`"),
      (
        "x,y\n1,2\n2,3\n", ["l1_ratio": "2"], "`l1_ratio` must be a number from 0.0 to 1.0, not `2`"
      ),
      (
        "x,y\n1,2\n2,3\n", ["positive": "true"],
        "`positive` needs a penalty of absolute values, and `penalty` is none"
      ),
      (
        "x,y\n1,2\n2,3\n", ["fit_intercept": "maybe"],
        "`fit_intercept` must be true or false, not `maybe`"
      ),
      ("x,w,y\n1,0,2\n2,0,3\n", ["weight": "w"], "all rows have the weight 0"),
      ("x,w,y\n1,-1,2\n2,0,3\n", ["weight": "w"], "the weight in column `w` is -1.0"),
      ("x,w,y\n1,a,2\n2,b,3\n", ["weight": "w"], "the weights in column `w` are text"),
      ("x,y\n1,2\n2,3\n", ["weight": "v"], "no column named `v`"),
      (
        "x,y\n1,1e300\n2,-1e300\n3,1e300\n", [:],
        "the numbers of the table are too large to be added up"
      ),
      (
        "x,y\n1e200,1\n-1e200,2\n3,4\n", ["penalty": "l1"],
        "column `x` cannot be standardised: its numbers run from -1e+200 to 1e+200"
      ),
    ] as [(String, [String: String], String)])
  func refuses(text: String, values: [String: String], message: String) async throws {
    let folder = try TemporaryFolder()
    let failure = await #expect(throws: Failure.self) {
      _ = try await train(text, values, in: folder)
    }
    #expect(failure?.message == message)
    #expect(try FileSystem.names(in: folder.path) == ["data.csv"])
  }

  @Test(
    "a file whose parts do not fit is refused",
    arguments: [
      ("[1.5, 2, 3, 4]", "[1.5, 2, 3]", "it has 3 coefficients for 4 columns"),
      ("\"intercept\": 7", "\"intercept\": \"7\"", "`intercept` is no finite number"),
      (
        "[1.5, 2, 3, 4]", "[1.5, 2, 3, 1e999]",
        "`coefficients` holds something that is no finite number"
      ),
      ("\"linear\"", "\"logistic\"", "`classes` is no list"),
      ("\"target\": \"y\"", "\"target\": \"x\"", "its target is one of its features"),
    ])
  func hostile(part: String, other: String, message: String) throws {
    let good = """
      {"format": "reprise.model/1", "kind": "linear", "target": "y",
       "features": [{"name": "x", "encoding": "standardized", "mean": 1.5, "scale": 2},
                    {"name": "c", "encoding": "one-hot", "categories": ["r", "g"], "missing": true}],
       "coefficients": [1.5, 2, 3, 4], "intercept": 7}
      """
    let folder = try TemporaryFolder()
    #expect(try ModelFile.read(try folder.write(good, to: "good.json")).features == ["x", "c"])
    let bad = good.split(separator: part, omittingEmptySubsequences: false).joined(separator: other)
    #expect(bad != good)
    let failure = #expect(throws: Failure.self) {
      _ = try ModelFile.read(try folder.write(bad, to: "bad.json"))
    }
    #expect(failure?.message.hasSuffix(message) == true, "\(String(describing: failure))")
  }
}
