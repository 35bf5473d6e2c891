import Glibc
import Platform
import Support
import SystemPackage
import Testing

@testable import Notebooks

@Suite("The guardian of a kernel") struct KernelGuardianTests {
  /// A process in a session of its own that would live long.
  private func sleeper() throws -> pid_t {
    let null = open("/dev/null", O_WRONLY | O_CLOEXEC)
    defer { close(null) }
    return try ChildSpawn.start(
      ChildCommand("/bin/sh", ["-c", "sleep 1000 & sleep 1000"]), output: null, error: null,
      diesWithThread: false)
  }

  @Test("kills the group and removes the folder when nobody dismisses it")
  func death() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "kernel/k-1")
    let pid = try sleeper()
    let guardian = KernelGuardian(group: pid, folder: folder.path.appending("kernel"))
    guardian.abandon()
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    #expect(status & 0x7F == SIGKILL)
    let deadline = ContinuousClock.now + .seconds(30)
    // A kill is a request: on a busy machine it takes a moment.
    let isDone = {
      !FileSystem.exists(folder.path.appending("kernel")) && ProcessSession.members(of: pid) == []
    }
    while !isDone(), ContinuousClock.now < deadline { usleep(10_000) }
    #expect(!FileSystem.exists(folder.path.appending("kernel")))
    #expect(ProcessSession.members(of: pid) == [])
  }

  @Test("leaves all alone when it is dismissed")
  func dismissal() throws {
    let folder = try TemporaryFolder()
    let pid = try sleeper()
    KernelGuardian(group: pid, folder: folder.path).dismiss()
    #expect(kill(-pid, 0) == 0)
    #expect(FileSystem.exists(folder.path))
    kill(-pid, SIGKILL)
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
  }
}
