import Glibc
import Platform
import SystemPackage

/// Sees to it that a kernel does not outlive us, however we end: a shell that waits for the end of a pipe that we hold,
/// then kills the kernel's group and removes its folder.
struct KernelGuardian {
  private let pid: Int32
  private let pipe: Int32

  private static let script = #"read -r _ || { kill -s KILL -- "-$1"; rm -rf -- "$2"; }"#

  /// Without a shell there is no guardian; the kernel itself then looks for its parent, and the next run for the folder.
  init(group: Int32, folder: FilePath) {
    guard let ends = try? ChildSpawn.pipe() else {
      (pid, pipe) = (-1, -1)
      return
    }
    defer { close(ends.reader) }
    let command = ChildCommand(
      "/bin/sh", ["-c", Self.script, "reprise-guardian", String(group), folder.string],
      environment: ["PATH": "/usr/bin:/bin"], directory: "/")
    let null = open("/dev/null", O_WRONLY | O_CLOEXEC)
    defer { close(null) }
    pid =
      (try? ChildSpawn.start(
        command, input: ends.reader, output: null, error: null, diesWithThread: false)) ?? -1
    pipe = ends.writer
  }

  /// Tells it that we see to the end ourselves.
  func dismiss() {
    if pipe >= 0 { _ = write(pipe, "\n", 1) }
    abandon()
  }

  /// What our death does: the end of the pipe, and not a word.
  func abandon() {
    guard pipe >= 0 else { return }
    close(pipe)
    var status: Int32 = 0
    if pid > 0 { while waitpid(pid, &status, 0) < 0, errno == EINTR {} }
  }
}
