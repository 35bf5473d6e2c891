import Formats
import Platform
import Support
import SystemPackage
import Testing

@testable import Learning

@Suite("MLflow's model folders") struct MLflowFolderTests {
  private static let uuid = String(repeating: "0f", count: 16)

  @Test("a folder is written, complete, and read") func written() throws {
    let folder = try TemporaryFolder()
    let path = folder.path.appending("served")
    let model = BoostedTableModel(try ModelFileSamples.trained(.xgboost))
    try MLflowModelFolder.write(
      model, to: path, uuid: Self.uuid, created: 1_795_326_644_540_739, run: "cafe")
    #expect(
      try FileSystem.names(in: path).sorted() == [
        "MLmodel", "conda.yaml", "model.json", "model.onnx", "python_env.yaml", "requirements.txt",
      ])
    let text = try folder.read("served/MLmodel")
    #expect(text.contains("utc_time_created: '2026-11-22 05:50:44.540739'\n"))
    #expect(text.contains("run_id: cafe\n"))
    #expect(text.contains("loader_module: mlflow.onnx\n"))
    let read = try #require(try ModelFile.read(path) as? BoostedTableModel)
    #expect(read.model.trees.count == model.model.trees.count)
    #expect(read.model.features == model.model.features)
  }

  @Test("a time before 1970 has a date, too") func time() {
    #expect(MLflowDescription.time(0) == "1970-01-01 00:00:00.000000")
    #expect(MLflowDescription.time(-1) == "1969-12-31 23:59:59.999999")
    #expect(MLflowDescription.time(951_782_400_000_000) == "2000-02-29 00:00:00.000000")
  }

  @Test(
    "folders that cannot be read say why",
    arguments: [
      ("flavors: {sklearn: {}, python_function: {}}", "flavour `sklearn`"),
      ("flavors: {}", "names no model"),
      ("a: [", "expected"),
      ("flavors: {xgboost: {data: ../x.json}}", "outside of the folder"),
      ("flavors: {xgboost: {data: /etc/passwd}}", "outside of the folder"),
      ("flavors: {lightgbm: {data: m.lgb}}", "no `m.lgb`"),
      ("flavors: {xgboost: {}}", "names no file"),
      (
        "flavors: {lightgbm: {data: m.pkl, model_class: lightgbm.sklearn.LGBMClassifier}}",
        "an object of Python's"
      ),
    ])
  func refusals(text: String, message: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "MLmodel")
    let failure = try #require(throws: Failure.self) { try ModelFile.read(folder.path) }
    #expect(failure.message.contains(message), "\(failure.message)")
  }
}
