import Glibc
import Platform
import Support
import Synchronization
import SystemPackage

/// One `reprise run` that somebody is about to shoot at. Processes that were there before it are none of its own, so that
/// few have to be looked at.
struct CrashRound: Sendable {
  private let before = Set(ProcessTable.numbers())

  /// Remembers the number of a process that runs.
  private final class Watcher: ChildListener {
    let pid = Mutex<Int32>(0)
    func started(_ process: ProcessIdentity) { pid.withLock { $0 = process.pid } }
    func received(_ bytes: UnsafeRawBufferPointer, from stream: ChildStream) {}
    func tick() -> Bool { false }
  }

  /// Starts `reprise run`, and does something with its number.
  func run(
    in folder: FilePath, _ body: @escaping @Sendable (Int32) async throws -> Void
  ) async throws -> ChildEnd {
    let watcher = Watcher()
    let command = ChildCommand(
      Program.path, ["run"],
      environment: ["PATH": folder.appending("bin").string, "HOME": folder.string],
      directory: folder)
    return try await withThrowingTaskGroup(of: ChildEnd?.self) { group in
      group.addTask { try await ChildProcess.run(command, listener: watcher) }
      group.addTask {
        var pid: Int32 = 0
        while pid == 0 {
          try await Task.sleep(for: .microseconds(200))
          pid = watcher.pid.withLock { $0 }
        }
        try await body(pid)
        return nil
      }
      var end: ChildEnd?
      for try await result in group { end = result ?? end }
      guard let end else { throw Failure(.bug, "the run did not end") }
      return end
    }
  }

  /// The bash that a `reprise run` starts, as soon as it is there: the leader of a session whose parent it is. Nil when
  /// the run ends without one.
  func child(of parent: Int32) async throws -> Int32? {
    let run = ProcessIdentity(pid: parent)
    while run?.isAlive == true {
      if let found = ProcessTable.numbers().first(where: { isChild($0, of: parent) }) {
        return found
      }
      try await Task.sleep(for: .milliseconds(2))
    }
    return nil
  }

  private func isChild(_ pid: Int32, of parent: Int32) -> Bool {
    guard !before.contains(pid),
      let bytes = try? FileSystem.read(FilePath("/proc/\(pid)/stat"), limit: 4096),
      let close = bytes.lastIndex(of: UInt8(ascii: ")"))
    else { return false }
    let fields = String(decoding: bytes[(close + 1)...], as: UTF8.self).split(separator: " ")
    guard fields.count > 3, fields[1] == "\(parent)", fields[3] == "\(pid)" else { return false }
    // Before exec it is a copy of reprise itself, whose death would be a failure to start.
    return FileSystem.realPath(FilePath("/proc/\(pid)/exe"))?.lastComponent?.string == "bash"
  }

  /// Whether no process of a run is left. The kernel needs a moment to take away what was killed.
  func isGone(run id: String) async throws -> Bool {
    for _ in 0..<200 {
      if Self.processes(of: id, except: before).isEmpty { return true }
      try await Task.sleep(for: .milliseconds(5))
    }
    return false
  }

  /// The processes that carry a run's id.
  static func processes(of run: String, except others: Set<Int32> = []) -> [Int32] {
    ProcessTable.carrying("REPRISE_RUN_ID", run, except: others)
  }
}
