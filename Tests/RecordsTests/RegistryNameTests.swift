import Platform
import Records
import Support
import Testing

@Suite("Names and values of the registry") struct RegistryNameTests {
  let fixture: StoreFixture
  var store: RecordStore { fixture.store }

  init() throws { fixture = try StoreFixture() }

  @Test(
    "names of models that mean something else are refused",
    arguments: [
      "", " ", "\u{3000}", "a/b", "a:b", ".", "..", "..a", "a\u{0}b",
      String(repeating: "n", count: 257),
    ])
  func models(name: String) async throws {
    let refused = try await store.refusal { try $0.createRegisteredModel(name) }
    #expect(refused?.code == .invalidParameterValue)
    #expect(refused?.failure.code == .invalid)
    try store.createRegisteredModel("m")
    let renamed = try await store.refusal { _ = try $0.renameRegisteredModel("m", to: name) }
    #expect(renamed?.code == .invalidParameterValue)
  }

  @Test("the words are MLflow's") func words() async throws {
    func words(_ body: @escaping @Sendable (RecordStore) throws -> Void) async throws -> String? {
      try await store.refusal(body)?.message
    }
    #expect(
      try await words { try $0.createRegisteredModel("a/b") }
        == "Invalid model name 'a/b'. Names cannot contain '/' or ':'.")
    #expect(
      try await words { try $0.createRegisteredModel("..é") } == """
        Invalid value "..\\u00e9" for parameter 'name' supplied: Names may be treated as files in certain cases, and \
        must not resolve to other names when treated as such. This name would resolve to '..é'
        """)
    #expect(
      try await words { try $0.createRegisteredModel("m", tags: [Tag("a;b", "")]) } == """
        Invalid value "a;b" for parameter 'key' supplied: Names may only contain alphanumerics, underscores (_), \
        dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).
        """)
    #expect(
      try await words {
        try $0.createRegisteredModel(
          "m", tags: [Tag("a", String(repeating: "x", count: 100_001))])
      } == "'value' exceeds the maximum length of 100000 characters")
  }

  @Test(
    "aliases that mean something already are refused",
    arguments: [
      "latest", "LATEST", "v1", "V007", "", "a b", "a.b", String(repeating: "a", count: 256),
    ])
  func aliases(name: String) async throws {
    try store.createRegisteredModel("m")
    try store.createModelVersion(NewModelVersion(model: "m", source: "s3://b/k"))
    let refused = try await store.refusal { try $0.setAlias(name, of: "m", to: "1") }
    #expect(refused?.code == .invalidParameterValue)
    try store.setAlias("v", of: "m", to: "1")
    try store.setAlias("v1a", of: "m", to: "1")
    #expect(try store.modelVersion(of: "m", alias: "v1a").aliases == ["v", "v1a"])
  }

  @Test(
    "keys of tags that mean another path are refused",
    arguments: ["", ".", "a/", "/a", "a//b", "a/../b", "../a", "a\u{0}", "a\n"])
  func keys(key: String) async throws {
    try store.createRegisteredModel("m")
    let set = try await store.refusal { try $0.setTag(Tag(key, "v"), ofRegisteredModel: "m") }
    #expect(set?.code == .invalidParameterValue)
    let deleted = try await store.refusal { try $0.deleteTag(key, ofRegisteredModel: "m") }
    #expect(deleted?.code == .invalidParameterValue)
  }

  @Test(
    "names of logged models", arguments: ["a/b", "a:b", "a.b", "a%b", "a\"b", "a'b", "", "a\u{0}"])
  func logged(name: String) async throws {
    let refused = try await store.refusal {
      _ = try $0.createLoggedModel(NewLoggedModel(experiment: .defaultExperiment, name: name))
    }
    #expect(refused?.code == .invalidParameterValue)
  }
}
