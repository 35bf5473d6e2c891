import Formats
import Glibc
import Platform
import Support
import Synchronization
import SystemPackage
import Testing

/// Kill -9 at random moments, 200 times: the record says what happened, and nothing is left behind.
@Suite("Kill -9", .serialized) struct CrashTests {
  private static let rounds = 100

  private static let manifest = """
    entry_points:
      main:
        command: |
          sleep 1000 &
          for i in 1 2 3 4 5; do
            echo "{{\\"key\\": \\"m\\", \\"value\\": $i, \\"step\\": $i}}" >> "$REPRISE_METRICS"
            echo "line $i"
            sleep 0.03
          done
          kill %1
    """

  /// Remembers the number of a process that runs.
  private final class Watcher: ChildListener {
    let pid = Mutex<Int32>(0)
    func started(_ process: ProcessIdentity) { pid.withLock { $0 = process.pid } }
    func received(_ bytes: UnsafeRawBufferPointer, from stream: ChildStream) {}
    func tick() -> Bool { false }
  }

  private func runs(_ folder: TemporaryFolder) async throws -> [JSONValue] {
    let result = try await Program.run(["runs", "--json", "-n", "1000"], in: folder.path)
    try #require(result.status == 0, "\(result.error)")
    return try #require(try JSONValue(parsing: result.output).array)
  }

  /// Starts `reprise run` and calls a closure with its number after a random time.
  private func start(
    _ folder: TemporaryFolder, killing kill: @escaping @Sendable (Int32) -> Void
  ) async throws -> ChildEnd {
    let watcher = Watcher()
    let command = ChildCommand(
      Program.path, ["run"],
      environment: ["PATH": "/usr/bin:/bin", "HOME": folder.path.string], directory: folder.path)
    return try await withThrowingTaskGroup(of: ChildEnd?.self) { group in
      group.addTask { try await ChildProcess.run(command, listener: watcher) }
      group.addTask {
        try await Task.sleep(for: .microseconds(Int.random(in: 0...300_000)))
        kill(watcher.pid.withLock { $0 })
        return nil
      }
      var end: ChildEnd?
      for try await result in group { end = result ?? end }
      return try #require(end)
    }
  }

  /// The processes that carry a run's id.
  private func leftOver(_ run: String) -> [Int32] {
    let names = (try? FileSystem.names(in: "/proc")) ?? []
    let mark = Array("REPRISE_RUN_ID=\(run)".utf8)
    return names.compactMap { Int32($0) }.filter { pid in
      let bytes = (try? FileSystem.read(FilePath("/proc/\(pid)/environ"), limit: 1 << 20)) ?? []
      return bytes.split(separator: 0).contains { $0.elementsEqual(mark) }
    }
  }

  @Test("of reprise: the run is KILLED at the next start, and its processes are gone")
  func ourselves() async throws {
    let folder = try TemporaryFolder()
    try folder.write(CrashTests.manifest, to: "MLproject")
    var known: Set<String> = []
    var killed = 0
    for round in 0..<CrashTests.rounds {
      let end = try await start(folder) { pid in if pid > 0 { kill(pid, SIGKILL) } }
      let all = try await runs(folder)
      let new = all.filter { !known.contains($0["run_id"]?.string ?? "") }
      #expect(new.count <= 1)
      for run in new {
        let id = try #require(run["run_id"]?.string)
        known.insert(id)
        let status = try #require(run["status"]?.string)
        if end.status == .exited(0) {
          #expect(status == "FINISHED", "round \(round)")
        } else {
          #expect(["KILLED", "FINISHED"].contains(status), "round \(round): \(end)")
          killed += status == "KILLED" ? 1 : 0
          #expect(run["end_time"]?.int != nil)
        }
        // The kernel needs a moment to take away what was killed.
        for _ in 0..<50 where !leftOver(id).isEmpty { usleep(20_000) }
        #expect(leftOver(id).isEmpty, "round \(round)")
      }
      #expect(all.allSatisfy { $0["status"]?.string != "RUNNING" }, "round \(round)")
    }
    #expect(killed > 0)
    // Nothing of the records was damaged on the way.
    let live = folder.path.appending(".reprise/live")
    #expect((try? FileSystem.names(in: live)) ?? [] == [])
  }

  @Test("of the child: its signal is recorded, and our status is 137")
  func child() async throws {
    let folder = try TemporaryFolder()
    try folder.write(CrashTests.manifest, to: "MLproject")
    var killed = 0
    for round in 0..<CrashTests.rounds {
      let hit = Mutex(false)
      let end = try await start(folder) { pid in
        guard let child = CrashTests.childOf(pid) else { return }
        hit.withLock { $0 = kill(child, SIGKILL) == 0 }
      }
      let run = try #require(try await runs(folder).first)
      let status = run["status"]?.string
      switch end.status {
      case .exited(0): #expect(status == "FINISHED", "round \(round)")
      case .exited(137):
        #expect(status == "KILLED", "round \(round)")
        #expect(run["signal"]?.int == 9)
        killed += 1
      default: Issue.record("round \(round): \(end), \(status ?? "")")
      }
    }
    #expect(killed > 0)
  }

  /// The bash that a `reprise run` started: the leader of a session whose parent it is.
  private static func childOf(_ parent: Int32) -> Int32? {
    let names = (try? FileSystem.names(in: "/proc")) ?? []
    return names.compactMap { Int32($0) }.first { pid in
      guard let bytes = try? FileSystem.read(FilePath("/proc/\(pid)/stat"), limit: 4096),
        let close = bytes.lastIndex(of: UInt8(ascii: ")"))
      else { return false }
      let fields = String(decoding: bytes[(close + 1)...], as: UTF8.self).split(separator: " ")
      guard fields.count > 3, fields[1] == "\(parent)", fields[3] == "\(pid)" else { return false }
      // Before exec it is a copy of reprise itself, whose death would be a failure to start.
      return FileSystem.realPath(FilePath("/proc/\(pid)/exe"))?.lastComponent?.string == "bash"
    }
  }
}
