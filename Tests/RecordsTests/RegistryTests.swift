import Platform
import Records
import Support
import Testing

@Suite("The model registry") struct RegistryTests {
  let fixture: StoreFixture
  var store: RecordStore { fixture.store }

  init() throws { fixture = try StoreFixture() }

  /// Makes a version from somewhere that needs no run.
  @discardableResult
  private func version(of model: String, tags: [Tag] = []) throws -> ModelVersion {
    try store.createModelVersion(
      NewModelVersion(model: model, source: "s3://bucket/model", tags: tags))
  }

  @Test("a model is made, described, tagged, renamed and deleted") func models() async throws {
    let made = try store.createRegisteredModel(
      "churn", description: "who leaves", tags: [Tag("a", "1"), Tag("a", "2")])
    #expect(made.tags == [Tag("a", "2")])
    try version(of: "churn")
    try store.setAlias("champion", of: "churn", to: "1")
    _ = try store.describeRegisteredModel("churn", as: nil)
    _ = try store.renameRegisteredModel("churn", to: "leavers")
    let now = try store.registeredModel("leavers")
    #expect(now.description == nil)
    #expect(now.aliases == [ModelAlias(name: "champion", version: 1)])
    #expect(now.latestVersions.map(\.number) == [1])
    #expect(try store.modelVersion(of: "leavers", alias: "champion").model == "leavers")
    #expect(try await store.refusal { _ = try $0.registeredModel("churn") }?.code == .doesNotExist)
    try store.deleteRegisteredModel("leavers")
    try store.createRegisteredModel("leavers")
    #expect(try store.registeredModel("leavers").aliases.isEmpty)
    #expect(try version(of: "leavers").number == 1)
    #expect(try store.searchModelVersions(RegistrySearch()).items.count == 1)
  }

  @Test("a number is never given again, and its aliases go with it") func numbers() async throws {
    try store.createRegisteredModel("m")
    for _ in 0..<3 { try version(of: "m") }
    try store.setAlias("top", of: "m", to: "3")
    try store.deleteModelVersion(of: "m", "3")
    #expect(try version(of: "m").number == 4)
    #expect(try store.registeredModel("m").aliases.isEmpty)
    let gone = try await store.refusal { _ = try $0.modelVersion(of: "m", "3") }
    #expect(gone?.message == "Model Version (name=m, version=3) not found")
    #expect(gone?.failure.message == "the registered model `m` has no version 3")
    #expect(try store.modelVersion(of: "m", alias: "LATEST").number == 4)
  }

  @Test(
    "a text is a number of a version as Python's int reads it",
    arguments: [" 2 ", "+2", "0_2", "٢", "2\n"])
  func spelled(text: String) throws {
    try store.createRegisteredModel("m")
    for _ in 0..<2 { try version(of: "m") }
    #expect(try store.modelVersion(of: "m", text).number == 2)
  }

  @Test(
    "anything else is refused", arguments: ["", "x", "2.0", "_2", "2_", "2__0", "1e0", "½", "2 0"])
  func misspelled(text: String) async throws {
    try store.createRegisteredModel("m")
    let refused = try await store.refusal { _ = try $0.modelVersion(of: "m", text) }
    #expect(refused?.message == "Parameter 'version' must be an integer, got '\(text)'.")
  }

  @Test("a number beyond all others is not found, not a crash")
  func far() async throws {
    try store.createRegisteredModel("m")
    let refused = try await store.refusal {
      _ = try $0.modelVersion(of: "m", "-99999999999999999999999999999999")
    }
    #expect(refused?.code == .doesNotExist)
  }

  @Test("a stage holds one version when others are archived") func stages() async throws {
    try store.createRegisteredModel("m")
    for _ in 0..<3 { try version(of: "m") }
    _ = try store.moveModelVersion(of: "m", "1", to: "production")
    _ = try store.moveModelVersion(of: "m", "2", to: "PRODUCTION", archivesOthers: true)
    let latest = try store.latestVersions(of: "m")
    #expect(latest.map(\.stage) == [.archived, .production, .none])
    #expect(latest.map(\.number) == [1, 2, 3])
    #expect(try store.latestVersions(of: "m", stages: ["Staging"]).isEmpty)
    #expect(
      try await store.refusal {
        _ = try $0.moveModelVersion(of: "m", "1", to: "None", archivesOthers: true)
      }?
      .code == .invalidParameterValue)
  }

  @Test("times tell of changes as MLflow's do") func times() throws {
    let made = try store.createRegisteredModel("m")
    func changed(_ body: () throws -> Void) throws -> Bool {
      let before = try store.registeredModel("m").updated
      while Clock.milliseconds() <= before {}
      try body()
      return try store.registeredModel("m").updated > before
    }
    #expect(try changed { try version(of: "m") })
    #expect(try !changed { _ = try store.describeModelVersion(of: "m", "1", as: "x") })
    #expect(try !changed { try store.setTag(Tag("a", "b"), ofVersion: "1", of: "m") })
    #expect(try !changed { try store.setAlias("a", of: "m", to: "1") })
    #expect(try changed { _ = try store.moveModelVersion(of: "m", "1", to: "Staging") })
    #expect(try changed { try store.deleteModelVersion(of: "m", "1") })
    #expect(try store.registeredModel("m").created == made.created)
  }

  @Test("prompts are left out unless they are asked for") func prompts() async throws {
    try store.createRegisteredModel("model")
    try store.createRegisteredModel("prompt", tags: [Tag(Tag.isPrompt, "true")])
    try version(of: "model")
    let tag = Tag(Tag.isPrompt, "true")
    try store.createModelVersion(
      NewModelVersion(model: "prompt", source: "dummy-source", tags: [tag]))
    func models(_ filter: String) throws -> [String] {
      try store.searchRegisteredModels(RegistrySearch(filter: filter)).items.map(\.name)
    }
    #expect(try models("") == ["model"])
    #expect(try models("tags.`mlflow.prompt.is_prompt` != 'true'") == ["model"])
    #expect(try models("tags.`mlflow.prompt.is_prompt` = 'true'") == ["prompt"])
    let versions = try store.searchModelVersions(RegistrySearch()).items
    #expect(versions.map(\.model) == ["model"])
    #expect(
      try await store.refusal {
        try $0.createModelVersion(
          NewModelVersion(model: "prompt", source: "/etc/passwd", tags: [tag]))
      } != nil)
    let clash = try await store.refusal { try $0.createRegisteredModel("prompt") }
    #expect(clash?.code == .alreadyExists)
  }

  @Test("pages follow one another to the end") func pages() async throws {
    try store.createRegisteredModel("m")
    for _ in 0..<5 { try version(of: "m") }
    var search = RegistrySearch(order: ["version_number"], limit: 2)
    var found: [Int64] = []
    while true {
      let page = try store.searchModelVersions(search)
      found += page.items.map(\.number)
      guard let next = page.next else { break }
      search.offset = next
    }
    #expect(found == [1, 2, 3, 4, 5])
    #expect(
      try await store.refusal { _ = try $0.searchModelVersions(RegistrySearch(limit: 0)) } != nil)
  }
}
