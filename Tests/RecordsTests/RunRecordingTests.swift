import Formats
import Platform
import Records
import Support
import Testing

@Suite("Recording a run") struct RunRecordingTests {
  let fixture: StoreFixture
  var store: RecordStore { fixture.store }

  init() throws { fixture = try StoreFixture() }

  @Test("all that is recorded comes back") func everything() throws {
    let owner = Owner.current()
    let started = try store.start(
      NewRun(
        name: "first", user: "ada", host: "lab", startTime: 5,
        params: [Param("b", "2", kind: "int", given: "02"), Param("a", "x")],
        tags: [Tag("mlflow.user", "ada")], command: "python train.py", entryPoint: "main",
        sourceName: "/src", owner: owner))
    try store.setChild(of: started.id, pid: 77, startTicks: .max)
    try store.log(
      metrics: [
        Metric("loss", 0.5, timestamp: 1, step: 0), Metric("loss", 0.25, timestamp: 2, step: 1),
      ],
      tags: [Tag("note", "çüß 데이터")], to: started.id)
    let files = [
      RecordedFile(role: .input, path: "data", kind: .folder, digest: "ab", size: 9, fileCount: 2),
      RecordedFile(role: .output, path: "out", kind: .missing),
    ]
    try store.record(files: files, for: started.id)
    try store.setEnvironment(["python": "3.11"], for: started.id)
    try store.finish(
      started.id,
      RunEnding(
        status: .failed, endTime: 99, exitCode: 3, signal: 9, cpuSeconds: 1.5, peakMemory: 1 << 40))

    let run = try store.run(started.id)
    #expect(run.name == "first")
    #expect(run.status == .failed)
    #expect(run.startTime == 5)
    #expect(run.endTime == 99)
    #expect(run.exitCode == 3)
    #expect(run.signal == 9)
    #expect(run.cpuSeconds == 1.5)
    #expect(run.peakMemory == 1 << 40)
    #expect(run.params == [Param("a", "x"), Param("b", "2", kind: "int", given: "02")])
    #expect(run.metrics == [Metric("loss", 0.25, timestamp: 2, step: 1)])
    #expect(
      run.tags == [
        Tag("mlflow.runName", "first"), Tag("mlflow.user", "ada"), Tag("note", "çüß 데이터"),
      ])
    #expect(run.inputs == [files[0]])
    #expect(run.outputs == [files[1]])
    #expect(run.environment == ["python": "3.11"])
    #expect(run.owner == owner)
    #expect(run.child == Owner(pid: 77, startTicks: .max, bootID: owner.bootID))
    #expect(run.command == "python train.py")
    #expect(run.entryPoint == "main")
    #expect(run.sourceName == "/src")
    #expect(run.artifactURI == "\(fixture.folder.path)/artifacts/0/\(run.id)/artifacts")
  }

  @Test("what start returns is what is stored") func startReturns() throws {
    let run = try store.start(
      NewRun(startTime: 1, params: [Param("z", "1"), Param("a", "2")], tags: [Tag("t", "u")]))
    #expect(try store.run(run.id) == run)
  }

  @Test("a run without a name gets one of an adjective, an animal and a number") func randomName()
    throws
  {
    let run = try store.start(NewRun(startTime: 1))
    #expect(run.name.wholeMatch(of: /[a-z]+-[a-z]+-[0-9]{1,3}/) != nil, "\(run.name)")
    #expect(run.tag("mlflow.runName") == run.name)
  }

  @Test("a name may come as a tag, but not two different ones") func nameByTag() throws {
    let run = try store.start(NewRun(startTime: 1, tags: [Tag("mlflow.runName", "tagged")]))
    #expect(run.name == "tagged")
    #expect(throws: Failure.self) {
      try store.start(NewRun(name: "a", startTime: 1, tags: [Tag("mlflow.runName", "b")]))
    }
  }

  @Test("setting the tag mlflow.runName renames the run, and renaming sets the tag") func renaming()
    throws
  {
    let id = try fixture.run("old")
    try store.log(tags: [Tag("mlflow.runName", "new")], to: id)
    #expect(try store.run(id).name == "new")
    try store.update(id, name: "newer")
    #expect(try store.run(id).tag("mlflow.runName") == "newer")
    try store.log(tags: [Tag("mlflow.runName", "")], to: id)
    #expect(try store.run(id).name == "newer")
  }

  @Test("a parameter cannot change, and a batch that tries writes nothing") func immutableParams()
    throws
  {
    let id = try fixture.run(params: [Param("a", "1")])
    try store.log(params: [Param("a", "1")], to: id)
    let failure = #expect(throws: Failure.self) {
      try store.log(
        metrics: [Metric("m", 1, timestamp: 1)], params: [Param("new", "1"), Param("a", "2")],
        tags: [Tag("t", "1")], to: id)
    }
    #expect(failure?.code == .conflict)
    #expect(failure?.message.contains("changing param values is not allowed") == true)
    let run = try store.run(id)
    #expect(run.params == [Param("a", "1")])
    #expect(run.metrics.isEmpty)
    #expect(run.tag("t") == nil)
    // A name of the batch that failed must not be remembered with an id that was rolled back.
    try store.log(metrics: [Metric("other", 1, timestamp: 1)], to: id)
    try store.log(params: [Param("new", "3")], to: id)
    #expect(try store.run(id).metrics.map(\.key) == ["other"])
    #expect(try store.run(id).param("new")?.value == "3")
  }

  @Test("a batch may not hold a parameter twice") func doubleParam() throws {
    let id = try fixture.run()
    #expect(throws: Failure.self) {
      try store.log(params: [Param("a", "1"), Param("a", "1")], to: id)
    }
  }

  @Test("a deleted run takes nothing more, an unknown one neither") func deletedRun() throws {
    let id = try fixture.run()
    try store.delete([id])
    let failure = #expect(throws: Failure.self) { try store.log(tags: [Tag("a", "b")], to: id) }
    #expect(failure?.code == .invalid)
    #expect(failure?.message.contains("must be in the 'active' state") == true)
    let missing = #expect(throws: Failure.self) {
      try store.log(tags: [Tag("a", "b")], to: .random())
    }
    #expect(missing?.code == .notFound)
    try store.restore([id])
    try store.log(tags: [Tag("a", "b")], to: id)
  }

  @Test(
    "names that MLflow refuses are refused",
    arguments: [
      "", "a//b", "/a", "a/", ".", "..", "../a", "a/../b", "a/./b", "..a", "a\nb", "a\u{0}b", "a$",
      "é\u{301}x",
      "a,b", "a(b)", String(repeating: "k", count: 251), String(repeating: "키", count: 251),
    ]) func badKeys(key: String) throws
  {
    let id = try fixture.run()
    #expect(throws: Failure.self) { try store.log(metrics: [Metric(key, 1, timestamp: 1)], to: id) }
    #expect(throws: Failure.self) { try store.log(params: [Param(key, "1")], to: id) }
    #expect(throws: Failure.self) { try store.log(tags: [Tag(key, "1")], to: id) }
  }

  @Test(
    "names that MLflow takes are taken",
    arguments: [
      "a", "val/loss", "a.b", "a b", "a:b", "a-b", "_", "정확도", "é", "a..b", ".a", "x²", "Ⅷ",
      String(repeating: "k", count: 250), String(repeating: "키", count: 250),
    ]) func goodKeys(key: String) throws
  {
    let id = try fixture.run()
    try store.log(
      metrics: [Metric(key, 1, timestamp: 1)], params: [Param(key, "1")], tags: [Tag(key, "1")],
      to: id)
    #expect(try store.run(id).metric(key)?.value == 1)
  }

  @Test("long values are cut where MLflow cuts them; a NUL is refused") func longValues() throws {
    let id = try fixture.run()
    let long = String(repeating: "é", count: 9000)
    try store.log(params: [Param("p", long)], tags: [Tag("t", long)], to: id)
    let run = try store.run(id)
    #expect(run.param("p")?.value.unicodeScalars.count == 6000)
    #expect(run.tag("t")?.unicodeScalars.count == 8000)
    #expect(throws: Failure.self) { try store.log(tags: [Tag("n", "a\u{0}b")], to: id) }
  }

  @Test("files of the same role and path are replaced") func fileAgain() throws {
    let id = try fixture.run()
    var file = RecordedFile(role: .output, path: "m", kind: .missing)
    try store.record(files: [file], for: id)
    file.kind = .file
    file.digest = "00"
    try store.record(files: [file], for: id)
    #expect(try store.run(id).outputs == [file])
  }

  @Test("a dataset stands on a run once, with the tags that came first") func datasets() throws {
    let id = try fixture.run()
    var data = DatasetInput(
      name: "d", digest: "1", sourceType: "local", source: "x",
      tags: [Tag("mlflow.data.context", "train")])
    try store.log(datasets: [data], to: id)
    let first = data
    data.tags = [Tag("mlflow.data.context", "test")]
    try store.log(datasets: [data], to: id)
    #expect(try store.datasets(of: id) == [first])
  }

  @Test("tags can be removed, once") func deleteTag() throws {
    let id = try fixture.run(tags: [Tag("a", "1")])
    try store.deleteTag("a", of: id)
    #expect(try store.run(id).tag("a") == nil)
    #expect(throws: Failure.self) { try store.deleteTag("a", of: id) }
    #expect(throws: Failure.self) { try store.deleteTag("never", of: id) }
  }

  @Test("purging removes deleted runs for good, and only those") func purge() throws {
    let kept = try fixture.run("kept", metrics: [Metric("m", 1, timestamp: 1)])
    let gone = try fixture.run("gone", metrics: [Metric("m", 2, timestamp: 1)])
    #expect(throws: Failure.self) { try store.purge([kept]) }
    try store.delete([gone])
    #expect(try store.purge(deletedBefore: 1).isEmpty)
    #expect(try store.purgeable().map(\.name) == ["gone"])
    #expect(try store.purge().map(\.name) == ["gone"])
    #expect(throws: Failure.self) { try store.run(gone) }
    #expect(try store.run(kept).metrics.count == 1)
    #expect(try store.history(of: "m", in: kept).count == 1)
  }
}
