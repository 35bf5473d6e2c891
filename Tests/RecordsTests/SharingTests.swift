import Glibc
import Platform
import Records
import Support
import SystemPackage
import Testing

@Suite("Several processes on one record") struct SharingTests {
  @Test("eight processes that log at once lose nothing") func concurrentLogging() async throws {
    let folder = try TemporaryFolder()
    // Not made before: the processes also race for making the database.
    await withTaskGroup(of: Void.self) { group in
      for worker in 0..<8 {
        group.addTask {
          await #expect(processExitsWith: .success) {
            [path = folder.path.string as String, worker = worker as Int] in
            do { try SharingTests.work(FilePath(path), worker) } catch {
              // What is thrown here ends the process by a trap, and nobody learns why.
              let file = FilePath(path).appending("error-\(worker)")
              try? FileSystem.write(Array("\(error)".utf8), to: file, durable: false)
              exit(1)
            }
          }
        }
      }
    }
    for worker in 0..<8 { #expect((try? folder.read("error-\(worker)")) == nil) }
    let store = try RecordStore(readingIn: folder.path)
    let runs = try store.search(RunSearch())
    #expect(runs.count == 8 * 5)
    #expect(runs.allSatisfy { $0.status == .finished })
    for run in runs {
      #expect(try store.history(of: "loss", in: run.id).map(\.step) == Array(0..<50))
      #expect(run.metric("own \(run.param("worker")?.value ?? "")")?.value == 49)
    }
  }

  private static func work(_ path: FilePath, _ worker: Int) throws {
    for _ in 0..<5 {
      let store = try patiently { try RecordStore(in: path) }
      let new = NewRun(startTime: 1, params: [Param("worker", "\(worker)")])
      let run = try patiently { try store.start(new) }
      for step in 0..<Int64(50) {
        let metrics = [
          Metric("loss", 1, timestamp: 1, step: step),
          Metric("own \(worker)", Double(step), timestamp: 1, step: step),
        ]
        try patiently { try store.log(metrics: metrics, to: run.id) }
      }
      try patiently { try store.finish(run.id, RunEnding(status: .finished, endTime: 2)) }
    }
  }

  /// Does something again when others were in its way for so long that it was refused, and so not done: how long they are
  /// on a busy machine is not the question here.
  private static func patiently<Value>(_ body: () throws -> Value) throws -> Value {
    for _ in 0..<20 {
      do { return try body() } catch let failure as Failure where failure.code == .locked {}
    }
    return try body()
  }

  @Test("what one process writes another sees at once") func visibility() throws {
    let folder = try TemporaryFolder()
    let writer = try RecordStore(in: folder.path)
    let reader = try RecordStore(readingIn: folder.path)
    let run = try writer.start(NewRun(startTime: 1))
    #expect(try reader.run(run.id) == run)
    try writer.log(metrics: [Metric("m", 1, timestamp: 1)], to: run.id)
    #expect(try reader.run(run.id).metrics.count == 1)
    #expect(throws: Failure.self) { try reader.log(tags: [Tag("a", "b")], to: run.id) }
  }

  @Test("a process killed while it logs leaves a whole record, with all that was acknowledged")
  func killed() async throws {
    let folder = try TemporaryFolder()
    let id = try RecordStore(in: folder.path).start(NewRun(startTime: 1)).id
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [path = folder.path.string as String, hex = id.hex as String] in
      let store = try RecordStore(in: FilePath(path))
      let id = try #require(RunID(hex))
      for step in 0..<Int64(300) {
        try store.log(metrics: [Metric("m", 1, timestamp: 1, step: step)], to: id)
      }
      kill(getpid(), SIGKILL)
    }
    let store = try RecordStore(readingIn: folder.path)
    #expect(try store.history(of: "m", in: id).count == 300)
  }
}
