import Glibc
import Platform
import Records
import Support
import Synchronization
import SystemPackage
import Testing

@Suite("A server's records after a kill, and on a full disk") struct ServiceCrashTests {
  @Test("what was acknowledged before kill -9 is there, each once", arguments: [1, 40, 300])
  func killed(after count: Int) async throws {
    let folder = try TemporaryFolder()
    let id = try RecordStore(in: folder.path).start(NewRun(startTime: 1)).id
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [
        path = folder.path.string as String, hex = id.hex as String,
        count = count as Int
      ] in
      try await ServiceCrashTests.writeUntilKilled(
        FilePath(path), #require(RunID(hex)), count)
    }
    let store = try RecordStore(in: folder.path)
    var total = 0
    for worker in 0..<8 {
      let log = try? FileSystem.read(folder.path.appending("acks-\(worker)"), limit: .max)
      let acknowledged = log?.count ?? 0
      let steps = try store.history(of: "of \(worker)", in: id).map(\.step)
      #expect(steps == (0..<steps.count).map(Int64.init))
      // One more may have been written than its caller was told.
      #expect(steps.count == acknowledged || steps.count == acknowledged + 1)
      // The latest value went with the points.
      #expect(try store.run(id).metric("of \(worker)")?.step == steps.last)
      total += acknowledged
    }
    #expect(total >= count)
  }

  /// Eight tasks log, and each writes one byte to a file of its own for every answer, until there were so many.
  private static func writeUntilKilled(_ path: FilePath, _ id: RunID, _ count: Int) async throws {
    let store = try RecordStore(in: path)
    let told = Told()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for worker in 0..<8 {
        group.addTask {
          let acks = open(
            path.appending("acks-\(worker)").string, O_WRONLY | O_CREAT | O_APPEND, 0o644)
          for step in Int64(0)... {
            try await store.write {
              try $0.log(metrics: [Metric("of \(worker)", 1, timestamp: 1, step: step)], to: id)
            }
            _ = write(acks, ".", 1)
            if told.count.add(1, ordering: .relaxed).newValue == count { kill(getpid(), SIGKILL) }
          }
        }
      }
      try await group.waitForAll()
    }
  }

  private final class Told: Sendable {
    let count = Atomic<Int>(0)
  }

  @Test("on a full disk every job of the transaction fails, and goes on when there is room")
  func fullDisk() async throws {
    let folder = try TemporaryFolder()
    await #expect(processExitsWith: .success) { [path = folder.path.string as String] in
      signal(SIGXFSZ, SIG_IGN)
      let store = try RecordStore(in: FilePath(path))
      let id = try store.start(NewRun(startTime: 1)).id
      try store.emptyLog()
      // No file may grow past this: the log of the next commits.
      var limit = rlimit(rlim_cur: 60_000, rlim_max: rlim_t.max)
      #expect(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
      let outcomes = try await Line.run(on: store, 40) { worker, store in
        try store.log(
          metrics: (0..<100).map { Metric("m\(worker)", 1, timestamp: 1, step: $0) }, to: id)
      }
      #expect(outcomes.contains(false))
      limit.rlim_cur = rlim_t.max
      #expect(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
      for (worker, isDone) in outcomes.enumerated() {
        let count = try await store.read { try $0.history(of: "m\(worker)", in: id).count }
        #expect(count == (isDone ? 100 : 0))
      }
      try await store.write { try $0.log(metrics: [Metric("after", 1, timestamp: 1)], to: id) }
      #expect(try await store.read { try $0.run(id).metric("after") } != nil)
      try await store.close()
    }
    #expect(try RecordStore(readingIn: folder.path).search(RunSearch()).count == 1)
  }
}
