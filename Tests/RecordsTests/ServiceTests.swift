import Platform
import Records
import Support
import SystemPackage
import Testing

@Suite("The doors of a server") struct ServiceTests {
  let fixture: StoreFixture
  var store: RecordStore { fixture.store }

  init() throws { fixture = try StoreFixture() }

  @Test("what many write at once is all there, and each reads what it wrote") func manyWriters()
    async throws
  {
    let store = store
    let id = try fixture.run("shared")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for worker in 0..<20 {
        group.addTask {
          let own = try await store.write { try $0.start(NewRun(startTime: 1)).id }
          for step in 0..<Int64(20) {
            try await store.write { store in
              try store.log(
                metrics: [Metric("m", Double(worker), timestamp: 1, step: step)], to: own)
              try store.log(
                metrics: [Metric("of \(worker)", 1, timestamp: 1, step: step)], to: id)
            }
            let count = try await store.read { try $0.history(of: "m", in: own).count }
            #expect(count == Int(step) + 1)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await store.read { try $0.search(RunSearch()).count } == 21)
    for worker in 0..<20 {
      #expect(try store.history(of: "of \(worker)", in: id).count == 20)
    }
  }

  @Test("a job that fails between others is undone alone, with the names that it made")
  func failing() async throws {
    let store = store
    let id = try fixture.run("a", params: [Param("p", "1")])
    let outcomes = try await Line.run(on: store, 60) { worker, store in
      try store.log(metrics: [Metric("new \(worker)", 1, timestamp: 1)], to: id)
      // What this job wrote is seen by it.
      #expect(try store.run(id).metric("new \(worker)") != nil)
      if worker % 3 == 1 { try store.log(params: [Param("p", "2")], to: id) }
    }
    #expect(outcomes.enumerated().allSatisfy { $1 == ($0 % 3 != 1) })
    let logged = try store.run(id).metrics.map(\.key)
    #expect(Set(logged) == Set((0..<60).filter { $0 % 3 != 1 }.map { "new \($0)" }))
    // Ids of the names that were undone went to others: each still means its own values.
    _ = try await Line.run(on: store, 60) { worker, store in
      try store.log(
        metrics: [Metric("new \(worker)", Double(worker), timestamp: 2, step: 1)], to: id)
    }
    for worker in 0..<60 {
      let last = try await store.read { try $0.run(id).metric("new \(worker)")?.value }
      #expect(last == Double(worker))
      #expect(try store.run(id).metric("new \(worker)")?.value == Double(worker))
    }
  }

  @Test("a body that fails after it wrote leaves nothing, though it was alone") func alone()
    async throws
  {
    struct Stop: Error {}
    let store = store
    let id = try fixture.run("a")
    await #expect(throws: Stop.self) {
      try await store.write { store in
        try store.log(metrics: [Metric("m", 1, timestamp: 1)], to: id)
        throw Stop()
      }
    }
    #expect(try store.run(id).metrics.isEmpty)
    try await store.write { try $0.log(metrics: [Metric("other", 2, timestamp: 1)], to: id) }
    #expect(try store.history(of: "m", in: id).isEmpty)
    #expect(try store.history(of: "other", in: id).map(\.value) == [2])
  }

  @Test("a read sees one state, whatever is written meanwhile") func oneState() async throws {
    let store = store
    let id = try fixture.run("a")
    let (before, after) = try await store.read { reader in
      let before = try reader.run(id).metrics.count
      // The writer's connection is free while this one reads.
      try store.log(metrics: [Metric("m", 1, timestamp: 1)], to: id)
      return (before, try reader.run(id).metrics.count)
    }
    #expect(before == 0 && after == 0)
    #expect(try await store.read { try $0.run(id).metrics.count } == 1)
  }

  @Test("the end of a run among others is flushed with them") func durable() async throws {
    let store = store
    let ids = try (0..<30).map { try fixture.run("run \($0)") }
    let outcomes = try await Line.run(on: store, 30) { worker, store in
      try store.finish(ids[worker], RunEnding(status: .finished, endTime: 2000))
    }
    #expect(outcomes.allSatisfy { $0 })
    #expect(try store.search(RunSearch()).allSatisfy { $0.status == .finished })
  }

  @Test("a line that is too long is refused at once, and the rest is done") func tooLong()
    async throws
  {
    let store = store
    let id = try fixture.run("a")
    let outcomes = try await Line.run(on: store, 1200) { worker, store in
      try store.log(
        metrics: [Metric("m", 1, timestamp: 1, step: Int64(worker))], to: id)
    }
    let done = outcomes.filter { $0 }.count
    // The line was held until all had come: one more than it holds may have been taken already.
    #expect(done == 1024)
    #expect(try store.history(of: "m", in: id).count == done)
  }

  @Test("a task that is cancelled while it waits writes nothing") func cancelled() async throws {
    let store = store
    let id = try fixture.run("a")
    let gate = Gate()
    let blocker = Task { try await store.write { _ in gate.wait() } }
    await gate.entered()
    let waiting = Task {
      try await store.write { try $0.log(metrics: [Metric("m", 1, timestamp: 1)], to: id) }
    }
    let before = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      try await store.write { try $0.log(metrics: [Metric("n", 1, timestamp: 1)], to: id) }
    }
    await #expect(throws: CancellationError.self) { try await before.value }
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
    gate.open()
    try await blocker.value
    #expect(try store.run(id).metrics.isEmpty)
  }

  @Test("closing waits for what was asked, and then nothing more is taken") func closing()
    async throws
  {
    let folder = try TemporaryFolder()
    let store = try RecordStore(in: folder.path)
    let id = try store.start(NewRun(startTime: 1)).id
    let gate = Gate()
    let blocker = Task { try await store.write { _ in gate.wait() } }
    await gate.entered()
    let writes = (0..<50).map { step in
      Task {
        try await store.write {
          try $0.log(metrics: [Metric("m", 1, timestamp: 1, step: Int64(step))], to: id)
        }
      }
    }
    async let closed: Void = store.close()
    gate.open()
    try await blocker.value
    try await closed
    var done = 0
    for write in writes {
      do {
        try await write.value
        done += 1
      } catch let failure as Failure { #expect(failure.code == .locked) }
    }
    let failure = await #expect(throws: Failure.self) {
      try await store.read { try $0.search(RunSearch()).count }
    }
    #expect(failure?.code == .locked)
    // Everything stands in the one file.
    #expect(try !FileSystem.exists(folder.path.appending("records.db-wal")))
    #expect(try RecordStore(readingIn: folder.path).history(of: "m", in: id).count == done)
  }
}
