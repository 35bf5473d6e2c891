import Formats
import GRDB
import Platform
import Records
import Support
import SystemPackage
import Testing

@Suite("Care for the file of records") struct CareTests {
  let fixture: StoreFixture
  var store: RecordStore { fixture.store }

  init() throws { fixture = try StoreFixture() }

  private func fill(_ count: Int) throws {
    for index in 0..<count {
      try fixture.run(
        "run \(index)", params: [Param("p", "\(index)")], tags: [Tag("t", "x")],
        metrics: (0..<20).map { Metric("m", Double($0), timestamp: 5, step: $0) }
          + [Metric("n", .nan, timestamp: 5)])
    }
  }

  private func change(_ sql: String) throws {
    let queue = try DatabaseQueue(path: fixture.file.string)
    try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
  }

  @Test("sizes count the rows of every table and index") func sizes() throws {
    try fill(30)
    try store.delete([fixture.run("gone")])
    let sizes = try store.sizes()
    #expect(sizes.runs == 30)
    #expect(sizes.deletedRuns == 1)
    #expect(sizes.experiments == 1)
    let rows = Dictionary(uniqueKeysWithValues: sizes.parts.map { ($0.name, $0.rows) })
    #expect(rows["runs"] == 31)
    #expect(rows["metrics"] == 30 * 21)
    #expect(rows["latest_metrics"] == 60)
    #expect(rows["params"] == 30)
    #expect(rows["params_by_value"] == 30)
    #expect(sizes.parts.first { $0.name == "params_by_value" }?.table == "params")
    #expect(sizes.parts.map(\.bytes).reduce(0, +) <= sizes.file)
  }

  @Test("a whole record has no problems, quickly and fully looked at", arguments: [true, false])
  func whole(fully: Bool) throws {
    try fill(5)
    #expect(try store.check(fully: fully).isEmpty)
  }

  @Test(
    "what was changed behind the store's back is found",
    arguments: [
      ("UPDATE latest_metrics SET value = 7 WHERE run = 1", StoreProblem.Kind.latest),
      ("UPDATE latest_metrics SET step = 7, value = 7 WHERE run = 1", .latest),
      ("DELETE FROM latest_metrics WHERE run = 2", .latest),
      ("INSERT INTO metrics SELECT run, key, 99, 5, 1 FROM metrics LIMIT 1", .latest),
      ("DELETE FROM runs WHERE number = 1", .orphan),
      ("DELETE FROM keys WHERE name = 'p'", .orphan),
      ("INSERT INTO run_models VALUES (77, 'input', 'm-1', NULL)", .orphan),
      ("UPDATE runs SET experiment = 9 WHERE number = 1", .orphan),
    ]) func problems(sql: String, kind: StoreProblem.Kind) throws
  {
    try fill(3)
    try change(sql)
    let found = try store.check()
    #expect(found.contains { $0.kind == kind })
    #expect(found.allSatisfy { $0.kind == .latest || $0.kind == .orphan })
  }

  @Test("folders of artifacts without a run are found, others are left alone") func folders() throws
  {
    let id = try fixture.run("a")
    let root = fixture.folder.path.appending("artifacts")
    for name in ["0/\(id)/artifacts", "0/models/m-1", "0/\(RunID.random())/artifacts", "x/y"] {
      try FileSystem.createDirectory(root.appending(name))
    }
    let found = try store.check()
    #expect(found.map(\.kind) == [.artifacts])
  }

  @Test("a damaged page is damage") func damage() throws {
    try fill(60)
    try store.emptyLog()
    var bytes = try FileSystem.read(fixture.file)
    for index in 40_960..<53_248 { bytes[index] = 0xA5 }
    try FileSystem.write(bytes, to: fixture.file)
    let other = try RecordStore(readingIn: fixture.folder.path)
    #expect(try other.check().allSatisfy { $0.kind == .damage })
    #expect(try !other.check().isEmpty)
  }

  @Test("vacuum gives back what purged runs took, and keeps the rest") func vacuum() throws {
    try fill(200)
    let runs = try store.search(RunSearch(limit: 150)).map(\.id)
    try store.delete(runs)
    _ = try store.purge()
    let (before, after) = try store.vacuum()
    #expect(after < before / 2)
    #expect(try store.sizes().free == 0)
    #expect(try store.search(RunSearch(limit: 1000)).count == 50)
    #expect(try store.check(fully: true).isEmpty)
  }

  @Test("a backup holds one moment while others write, and can be put in the place of the file")
  func backup() async throws {
    let store = store
    let id = try fixture.run("long")
    let writing = Task {
      var step: Int64 = 0
      while !Task.isCancelled {
        let from = step
        try await store.write { store in
          try store.log(
            metrics: [
              Metric("a", 1, timestamp: 1, step: from), Metric("b", 1, timestamp: 1, step: from),
            ], to: id)
        }
        step += 1
      }
    }
    // From another process's connection, as the command does it.
    let reader = try RecordStore(readingIn: fixture.folder.path)
    let place = try TemporaryFolder()
    let target = place.path.appending("records.db")
    for _ in 0..<10 {
      #expect(try reader.backUp(to: target) > 0)
      let copy = try RecordStore(readingIn: place.path)
      #expect(try copy.check(fully: true).isEmpty)
      let counts = try ["a", "b"].map { try copy.history(of: $0, in: id).count }
      #expect(counts[0] == counts[1])
    }
    writing.cancel()
    _ = await writing.result
    #expect(try FileSystem.names(in: place.path).filter { $0.hasPrefix(".") } == [])
    let restored = try RecordStore(in: place.path)
    try restored.log(metrics: [Metric("c", 1, timestamp: 1)], to: id)
    #expect(try restored.run(id).metric("c") != nil)
  }

  @Test("a backup that cannot be made leaves what was there") func failedBackup() throws {
    try fixture.folder.write("kept", to: "old")
    #expect(throws: Failure.self) {
      try store.backUp(to: fixture.folder.path.appending("none/records.db"))
    }
    #expect(throws: Failure.self) { try store.backUp(to: fixture.folder.path) }
    #expect(try fixture.folder.read("old") == "kept")
    #expect(try FileSystem.names(in: fixture.folder.path).allSatisfy { !$0.hasPrefix(".") })
  }
}
