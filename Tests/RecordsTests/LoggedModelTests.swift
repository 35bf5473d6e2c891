import Platform
import Records
import Support
import Testing

@Suite("Logged models") struct LoggedModelTests {
  let fixture: StoreFixture
  var store: RecordStore { fixture.store }

  init() throws { fixture = try StoreFixture() }

  private func model(
    _ name: String, params: [Param] = [], tags: [Tag] = []
  ) throws -> LoggedModel {
    try store.createLoggedModel(
      NewLoggedModel(
        experiment: .defaultExperiment, name: name, params: params, tags: tags))
  }

  private func found(
    _ filter: String, datasets: [LoggedModelSearch.Dataset] = [],
    order: [LoggedModelSearch.Order] = []
  ) throws -> [String] {
    try store.searchLoggedModels(
      LoggedModelSearch(
        experiments: [.defaultExperiment], filter: filter, datasets: datasets, order: order)
    ).items.map(\.name)
  }

  @Test("one is made, finished, tagged and deleted") func lifecycle() async throws {
    let made = try model("net", params: [Param("lr", "0.1")], tags: [Tag("a", "1")])
    #expect(made.id.hasPrefix("m-") && made.id.utf8.count == 34)
    #expect(made.status == .pending)
    #expect(made.artifactURI == "mlflow-artifacts:/0/models/\(made.id)/artifacts")
    #expect(try store.finishLoggedModel(made.id, as: .ready).status == .ready)
    try store.setTags([Tag("a", "2"), Tag("b", "3")], ofLoggedModel: made.id)
    try store.deleteTag("b", ofLoggedModel: made.id)
    let gone = try await store.refusal { try $0.deleteTag("b", ofLoggedModel: made.id) }
    #expect(gone?.message == "No tag with key 'b' found for model with ID '\(made.id)'.")
    try store.log(params: [Param("lr", "0.1"), Param("depth", "3")], toLoggedModel: made.id)
    let changed = try await store.refusal {
      try $0.log(params: [Param("lr", "0.2")], toLoggedModel: made.id)
    }
    #expect(changed?.code == .badRequest)
    let now = try store.loggedModel(made.id)
    #expect(now.tags == [Tag("a", "2")])
    #expect(now.params == [Param("depth", "3"), Param("lr", "0.1")])
    try store.deleteLoggedModel(made.id)
    #expect(try await store.refusal { _ = try $0.loggedModel(made.id) }?.code == .doesNotExist)
    #expect(try store.loggedModel(made.id, includingDeleted: true).isDeleted)
    #expect(try found("").isEmpty)
  }

  @Test("an experiment that is deleted or missing takes none") func experiments() async throws {
    let id = try store.createExperiment("own", artifactLocation: "s3://b/x?endpoint=y").id
    let made = try store.createLoggedModel(NewLoggedModel(experiment: id))
    #expect(made.artifactURI == "s3://b/x/models/\(made.id)/artifacts?endpoint=y")
    try store.deleteExperiment(id)
    let refused = try await store.refusal {
      _ = try $0.createLoggedModel(NewLoggedModel(experiment: id))
    }
    #expect(
      refused?.message
        == "The experiment 1 must be in the 'active' state. Current state is deleted.")
    let nobody = try #require(ExperimentID("9"))
    let missing = try await store.refusal {
      _ = try $0.createLoggedModel(NewLoggedModel(experiment: nobody))
    }
    #expect(missing?.message == "No Experiment with id=9 exists")
  }

  @Test("metrics are kept by run, time and step, and searched by dataset") func metrics()
    async throws
  {
    let (one, two) = (try model("one"), try model("two"))
    func log(_ value: Double, at time: Int64, _ data: String?, to model: LoggedModel) throws {
      try store.log(
        metrics: [
          LoggedModelMetric(
            metric: Metric("acc", value, timestamp: time), run: "r", datasetName: data,
            datasetDigest: data.map { $0 + "1" })
        ], toLoggedModel: model.id)
    }
    try log(0.5, at: 1, "train", to: one)
    try log(0.9, at: 2, "test", to: one)
    try log(0.7, at: 1, "train", to: two)
    try log(0.8, at: 1, "train", to: two)
    try log(.nan, at: 3, nil, to: two)
    #expect(
      try store.loggedModel(two.id).metrics.map(\.metric.value.description) == ["0.8", "nan"])
    #expect(try found("metrics.acc > 0.85") == ["one"])
    #expect(try found("metrics.acc > 0.6", datasets: [.init(name: "train")]) == ["two"])
    #expect(try found("", datasets: [.init(name: "test", digest: "test1")]) == ["one"])
    #expect(try found("", datasets: [.init(name: "test", digest: "other")]).isEmpty)
    #expect(try found("", order: [.init(field: "metrics.acc")]) == ["one", "two"])
    let onTrain = LoggedModelSearch.Dataset(name: "train")
    #expect(
      try found("", order: [.init(field: "metrics.acc", isAscending: false, dataset: onTrain)])
        == ["two", "one"])
    let nobody = try await store.refusal { try $0.log(metrics: [], toLoggedModel: "m-nobody") }
    #expect(nobody?.code == .doesNotExist)
  }

  @Test("filters know statuses by all their names, and values without quotes") func words()
    async throws
  {
    let made = try model("net", params: [Param("lr", "0.01")])
    _ = try store.finishLoggedModel(made.id, as: .ready)
    for filter in [
      "status = 'READY'", "status = LOGGED_MODEL_READY", "status IN ('2')", "params.lr = 0.01",
      "attributes.name = \"net\"", "artifact_location LIKE 'mlflow-artifacts:/0/%'",
      "experiment_id = '0' AND creation_time > 0",
    ] { #expect(try found(filter) == ["net"], "\(filter)") }
    for filter in ["nothing = 'x'", "tag.a = 'x'", "metrics.acc LIKE 'x'", "name = 'x' OR 1"] {
      let search = LoggedModelSearch(experiments: [.defaultExperiment], filter: filter)
      let refused = try await store.refusal { _ = try $0.searchLoggedModels(search) }
      #expect(refused?.code == .invalidParameterValue, "\(filter)")
    }
  }
}
