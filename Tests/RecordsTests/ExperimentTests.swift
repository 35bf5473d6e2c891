import Platform
import Records
import Support
import Testing

@Suite("Experiments") struct ExperimentTests {
  let fixture: StoreFixture
  var store: RecordStore { fixture.store }

  init() throws { fixture = try StoreFixture() }

  @Test("Default is there from the start, with number 0") func theDefault() throws {
    let experiment = try store.experiment(id: .defaultExperiment)
    #expect(experiment.name == "Default")
    #expect(experiment.id.description == "0")
    #expect(experiment.artifactLocation == "\(fixture.folder.path)/artifacts/0")
    #expect(try store.experiments().map(\.name) == ["Default"])
  }

  @Test("one is made, found, renamed and tagged") func lifecycle() throws {
    let made = try store.createExperiment(
      "mine", artifactLocation: "s3://x/", tags: [Tag("a", "1")], at: 7)
    #expect(made.created == 7)
    #expect(try store.experiment(named: "mine") == made)
    try store.renameExperiment(made.id, to: "ours")
    try store.setExperimentTag(Tag("a", "2"), of: made.id)
    try store.setExperimentTag(Tag("b", "3"), of: made.id)
    try store.deleteExperimentTag("b", of: made.id)
    #expect(throws: Failure.self) { try store.deleteExperimentTag("b", of: made.id) }
    let now = try store.experiment(id: made.id)
    #expect(now.name == "ours")
    #expect(now.tags == [Tag("a", "2")])
    let run = try store.run(fixture.run(in: made.id))
    #expect(run.artifactURI == "s3://x/\(run.id)/artifacts")
  }

  @Test("a name is taken once, also by a deleted one") func conflict() throws {
    let made = try store.createExperiment("mine")
    #expect(throws: Failure.self) { try store.createExperiment("mine") }
    try store.deleteExperiment(made.id)
    let failure = #expect(throws: Failure.self) { try store.createExperiment("mine") }
    #expect(failure?.code == .conflict)
    #expect(failure?.message == "an experiment named `mine` exists already, deleted")
    #expect(throws: Failure.self) { try store.renameExperiment(.defaultExperiment, to: "mine") }
  }

  @Test("deleting takes the runs along, restoring brings all back") func cascade() throws {
    let made = try store.createExperiment("mine").id
    let run = try fixture.run(in: made)
    try store.deleteExperiment(made)
    #expect(try store.run(run).lifecycle == .deleted)
    #expect(try store.experiments(view: .deleted).map(\.id) == [made])
    #expect(throws: Failure.self) { try store.deleteExperiment(made) }
    #expect(throws: Failure.self) { try fixture.run(in: made) }
    #expect(throws: Failure.self) { try store.setExperimentTag(Tag("a", "b"), of: made) }
    try store.restoreExperiment(made)
    #expect(throws: Failure.self) { try store.restoreExperiment(made) }
    #expect(try store.run(run).lifecycle == .active)
  }

  @Test("bad names are refused", arguments: ["", "a\u{0}b", String(repeating: "x", count: 501)])
  func names(name: String) {
    #expect(throws: Failure.self) { try store.createExperiment(name) }
  }

  @Test("an experiment that does not exist is not found") func missing() throws {
    let id = try #require(ExperimentID("12"))
    let failure = #expect(throws: Failure.self) { try store.experiment(id: id) }
    #expect(failure?.code == .notFound)
    #expect(try store.experiment(named: "no") == nil)
    #expect(throws: Failure.self) { try fixture.run(in: id) }
  }

  @Test("only digits are an id", arguments: ["", "-1", "+1", "1.0", "x", "99999999999999999999"])
  func ids(text: String) { #expect(ExperimentID(text) == nil) }
}
