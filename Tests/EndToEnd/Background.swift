import Glibc
import Platform
import Support
import Synchronization
import SystemPackage
import Testing

/// Shell text that runs beside the test, in a folder. Its last command should be `exec`, so that the number is its own.
final class Background: Sendable {
  private final class Listener: ChildListener {
    /// 0 until it is started, -1 when it has ended.
    let pid = Mutex<Int32>(0)
    let output = Mutex<[UInt8]>([])
    func started(_ process: ProcessIdentity) { pid.withLock { $0 = process.pid } }
    func received(_ bytes: UnsafeRawBufferPointer, from stream: ChildStream) {
      output.withLock { $0 += bytes }
    }
    func tick() -> Bool { false }
  }

  private let listener = Listener()
  private let task: Task<ChildEnd, any Error>

  /// - Parameter environment: beside `PATH`, `HOME`, and `REPRISE`, the program's path.
  init(_ text: String, in folder: FilePath, environment: [String: String] = [:]) {
    var variables = [
      "PATH": "/usr/bin:/bin", "HOME": folder.string, "REPRISE": Program.path.string,
      "LANG": "C.UTF-8",
    ]
    variables.merge(environment) { $1 }
    let command = ChildCommand(
      "/bin/bash", ["-c", text], environment: variables, directory: folder)
    // Before other tests, which may have every thread for minutes.
    task = Task(priority: .high) { [listener] in
      // What hangs is a failure of the test, not a test that hangs.
      defer { listener.pid.withLock { $0 = -1 } }
      return try await ChildProcess.run(command, timeout: .seconds(600), listener: listener)
    }
  }

  /// Sends a signal, once it is started, and none when it has ended: a number of 0 would mean the tests themselves, that of a
  /// process that has gone may be another's.
  func send(_ signal: Int32) {
    for _ in 0..<6000 where listener.pid.withLock({ $0 }) == 0 { usleep(10_000) }
    listener.pid.withLock { pid in
      if pid > 0 { _ = kill(pid, signal) }
      if pid == 0 { Issue.record("it was not started within a minute") }
    }
  }

  /// What it wrote to both streams.
  var output: String { String(decoding: listener.output.withLock { $0 }, as: UTF8.self) }

  /// Waits for its end; one that did not end by itself fails the test.
  func end() async throws -> ChildEnd {
    let end = try await task.value
    #expect(end.reason == .itself, "it hung")
    return end
  }

  /// Waits until a condition holds, five minutes and 2,000 looks at the most: a busy machine, on which nobody else had a turn
  /// in that time either, is no failure.
  static func wait(until condition: () throws -> Bool) async throws {
    let start = ContinuousClock.now
    var looks = 0
    while try !condition() {
      looks += 1
      guard looks < 2000 || ContinuousClock.now - start < .seconds(300) else {
        throw Failure(.io, "waited for too long")
      }
      try await Task.sleep(for: .milliseconds(10))
    }
  }
}
