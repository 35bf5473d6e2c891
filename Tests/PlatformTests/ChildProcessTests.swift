import Glibc
import Platform
import SystemPackage
import Testing

@Suite("Child processes") struct ChildProcessTests {
  private func shell(_ text: String, environment: [String: String] = [:]) -> ChildCommand {
    ChildCommand("/bin/bash", ["-c", text], environment: environment)
  }

  @Test("output, errors and the exit status come back")
  func captures() async throws {
    let result = try await ChildProcess.capture(shell("echo out; echo err >&2; exit 7"))
    #expect(String(decoding: result.output, as: UTF8.self) == "out\n")
    #expect(String(decoding: result.error, as: UTF8.self) == "err\n")
    #expect(result.end.status == .exited(7))
    #expect(result.end.reason == .itself)
    #expect(result.end.peakMemory > 100_000)
  }

  @Test("a signal is told apart from an exit status")
  func signal() async throws {
    let end = try await ChildProcess.capture(shell("kill -SEGV $$")).end
    #expect(end.status == .signalled(SIGSEGV))
    #expect(end.exitCode == 139)
  }

  @Test("the child has only the variables that it was given")
  func environment() async throws {
    let result = try await ChildProcess.capture(
      ChildCommand("/usr/bin/env", [], environment: ["A": "1", "B": "x y"]))
    #expect(String(decoding: result.output, as: UTF8.self) == "A=1\nB=x y\n")
  }

  @Test("no descriptor of ours is open in the child")
  func descriptors() async throws {
    let result = try await ChildProcess.capture(
      ChildCommand("/bin/ls", ["/proc/self/fd"], environment: [:]))
    #expect(String(decoding: result.output, as: UTF8.self) == "0\n1\n2\n3\n")
  }

  @Test("100 MB pass without loss")
  func large() async throws {
    let counter = ByteCounter()
    let end = try await ChildProcess.run(
      shell("head -c 100000000 /dev/zero"), listener: counter)
    #expect(end.status == .exited(0))
    #expect(counter.count == 100_000_000)
  }

  @Test("a child that ignores INT and TERM is killed at its timeout, with its children")
  func timeout() async throws {
    let patience = ChildProcess.Patience(
      afterInterrupt: .milliseconds(100), afterTerminate: .milliseconds(100))
    let counter = ByteCounter()
    let end = try await ChildProcess.run(
      shell("trap '' INT TERM; sleep 1000 & while :; do sleep 0.05; done"),
      timeout: .milliseconds(200), patience: patience, listener: counter)
    #expect(end.status == .signalled(SIGKILL))
    #expect(end.reason == .timeout)
    #expect(ProcessSession.members(of: counter.pid).isEmpty)
  }

  @Test("cancelling the task interrupts the child")
  func cancellation() async throws {
    let counter = ByteCounter()
    let task = Task {
      try await ChildProcess.run(
        shell("trap 'exit 9' INT; echo ready; while :; do sleep 0.05; done"), listener: counter)
    }
    while counter.count == 0 { try await Task.sleep(for: .milliseconds(10)) }
    task.cancel()
    let end = try await task.value
    #expect(end.reason == .cancelled)
    #expect(end.status == .exited(9))
  }

  @Test("a grandchild that stays behind is ended and its output kept")
  func grandchild() async throws {
    let counter = ByteCounter()
    let end = try await ChildProcess.run(
      shell("(sleep 0.3; echo late) & sleep 1000 & exit 0"), listener: counter)
    #expect(end.status == .exited(0))
    #expect(counter.count == 5)
    #expect(ProcessSession.members(of: counter.pid).isEmpty)
  }

  @Test("what cannot be started is named")
  func missing() async throws {
    await #expect(throws: Failure(errno: ENOENT, "start", "/nowhere/program")) {
      _ = try await ChildProcess.capture(ChildCommand("/nowhere/program"))
    }
    await #expect(throws: Failure(errno: ENOENT, "enter", "/nowhere")) {
      _ = try await ChildProcess.capture(ChildCommand("/bin/true", directory: "/nowhere"))
    }
  }

  @Test("a process is not taken for a later one of its number")
  func identity() {
    let me = ProcessIdentity.current
    #expect(me.isAlive)
    #expect(!ProcessIdentity(pid: me.pid, startTicks: me.startTicks + 1).isAlive)
  }
}
