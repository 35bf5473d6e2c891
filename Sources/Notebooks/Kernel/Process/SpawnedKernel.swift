import Glibc
import Platform
import SystemPackage

/// A kernel that was started as a child of ours. It dies with the thread that started it.
final class SpawnedKernel: KernelProcess {
  let pid: Int32
  let endDescriptor: Int32
  let output: Int32
  let isWarm = false
  private let guardian: KernelGuardian

  /// - Throws: ``Failure`` when the program cannot be started.
  init(_ command: KernelCommand) throws {
    let (reader, writer) = try KernelPipe.make()
    defer { close(writer) }
    do {
      pid = try ChildSpawn.start(
        ChildCommand(
          FilePath(command.words[0]), Array(command.words.dropFirst()),
          environment: command.variables.merging(["JPY_PARENT_PID": String(getpid())]) { $1 },
          directory: command.directory),
        output: writer, error: writer, diesWithThread: true)
    } catch {
      close(reader)
      throw error
    }
    output = reader
    endDescriptor = ChildSpawn.watch(pid)
    guardian = KernelGuardian(group: pid, folder: command.folder)
  }

  deinit {
    close(endDescriptor)
    close(output)
  }

  func reap() -> KernelEnd {
    var status: Int32 = 0
    var usage = rusage()
    guardian.dismiss()
    kill(-pid, SIGKILL)
    while wait4(pid, &status, 0, &usage) < 0, errno == EINTR {}
    // A member that was being forked during the first kill.
    kill(-pid, SIGKILL)
    return KernelEnd(waitStatus: status, usage: usage)
  }
}
