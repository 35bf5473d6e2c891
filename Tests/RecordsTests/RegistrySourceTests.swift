import Platform
import Records
import Support
import Testing

@Suite("Where versions of models come from") struct RegistrySourceTests {
  let fixture: StoreFixture
  let run: RunID
  let own: ExperimentID
  let ownRun: RunID
  let logged: LoggedModel
  var store: RecordStore { fixture.store }

  init() throws {
    fixture = try StoreFixture()
    run = try fixture.run("first")
    own = try fixture.store.createExperiment("own", artifactLocation: "/data/art").id
    ownRun = try fixture.run("second", in: own)
    logged = try fixture.store.createLoggedModel(
      NewLoggedModel(experiment: .defaultExperiment, name: "net", sourceRun: run.hex))
    try fixture.store.createRegisteredModel("m")
  }

  private func create(
    _ source: String, run: String? = nil, model: String? = nil
  ) throws -> ModelVersion {
    try store.createModelVersion(
      NewModelVersion(model: "m", source: source, runID: run, loggedModel: model))
  }

  @Test("inside the artifacts of the run that is named") func inside() throws {
    _ = try create("runs:/\(run)/model", run: run.hex)
    _ = try create("mlflow-artifacts:/0/\(run)/artifacts/model", run: run.hex)
    _ = try create("/data/art/\(ownRun)/artifacts/a/b", run: ownRun.hex)
    _ = try create("file:///data/art/\(ownRun)/artifacts", run: ownRun.hex)
  }

  @Test(
    "outside of it, in any spelling, nothing is made",
    arguments: [
      "/etc/passwd", "file:///etc/passwd", "//proc/self/root", "relative", "./x", "\\etc\\passwd",
      "/data/art/RUN/artifacts/../../x", "/data/art/RUN/artifacts/%2e%2e/x",
      "/data/art/RUN/artifactsX",
      "/data/art/RUN/artifacts/a?b", "/data/art/RUN/artifacts/#/x", "/data/art/RUN/artifacts/%00",
      "file://evil/data/art/RUN/artifacts", "file:/data/art/RUN/artifacts/..",
      "mlflow-artifacts:/0/other/artifacts", "mlflow-artifacts:/1/RUN/artifacts/../..",
      "mlflow-artifacts:/1/RUN/artifacts/%252e%252e", "mlflow-artifacts:/1/RUN/artifacts%2f..%2f..",
      "mlflow-artifacts://localhost:5000/1/RUN/artifacts", "runs:/other/model", "runs:/",
      "runs://RUN/model", "runs:/RUN/..", "http://169.254.169.254/latest", "https://h/x",
      "ftp://h/x", "hdfs://h/x", "s3://b/../x", "s3://b/a#b", "s3://b/a?b", "s3://b", "gs:x",
      "models:/m-0", "models:/nobody/1", "models:/m/9", "models://h/m/1", "models:/", "",
    ])
  func outside(source: String) async throws {
    let text = source.replacing("RUN", with: ownRun.hex)
    for model in [nil, logged.id] {
      let new = NewModelVersion(model: "m", source: text, runID: ownRun.hex, loggedModel: model)
      let refused = try await store.refusal { try $0.createModelVersion(new) }
      #expect([.invalidParameterValue, .doesNotExist].contains(refused?.code))
    }
    #expect(try store.registeredModel("m").latestVersions.isEmpty)
  }

  @Test("a logged model remembers its versions, and gives them its run and its files")
  func fromLogged() throws {
    let version = try create("models:/\(logged.id)", model: logged.id)
    #expect(version.runID == run.hex)
    #expect(version.downloadURI == "mlflow-artifacts:/0/models/\(logged.id)/artifacts")
    _ = try create(logged.artifactURI, model: logged.id)
    let tag = try store.loggedModel(logged.id).tags.first { $0.key == "mlflow.modelVersions" }
    #expect(tag?.value == #"[{"name": "m", "version": 1}, {"name": "m", "version": 2}]"#)
  }

  @Test("a version of a version has its files, run and model") func copied() async throws {
    _ = try create("models:/\(logged.id)", model: logged.id)
    try store.setAlias("top", of: "m", to: "1")
    try store.createRegisteredModel("other")
    for source in ["models:/m/1", "models:/m@top", "models:/m/latest", "models:/m/none"] {
      let copy = try store.createModelVersion(NewModelVersion(model: "other", source: source))
      #expect(copy.source == "models:/m/1")
      #expect(copy.downloadURI == "mlflow-artifacts:/0/models/\(logged.id)/artifacts")
      #expect(copy.runID == run.hex)
    }
    let other = NewModelVersion(model: "m", source: "models:/m/1", runID: ownRun.hex)
    #expect(
      try await store.refusal { try $0.createModelVersion(other) }?.code == .invalidParameterValue)
  }
}
