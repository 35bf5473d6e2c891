import Formats
import Glibc
import Platform
import SystemPackage

/// A kernel that a ``ForkServer`` forked. It ends when we do.
final class ForkedKernel: KernelProcess {
  let pid: Int32
  let endDescriptor: Int32
  let output: Int32
  let isWarm: Bool
  private let connection: UnixSocket

  /// Nil when the server cannot be had; a cold start will then say what is wrong.
  init?(_ command: KernelCommand, server: ForkServer, within limit: Duration) {
    guard let stock = command.stockIPython else { return nil }
    let pipe = command.folder.appending("output")
    guard pipe.withPlatformString({ mkfifo($0, 0o600) }) == 0,
      let (connection, wasThere) = server.connect(within: limit)
    else { return nil }
    // Opened first: the other side waits until somebody reads.
    let output = pipe.withPlatformString { open($0, O_RDONLY | O_NONBLOCK | O_CLOEXEC) }
    guard output >= 0 else { return nil }
    let mask = umask(0)
    umask(mask)
    let request: JSONValue = [
      "directory": .string(command.directory.string), "folder": .string(command.folder.string),
      "output": .string(pipe.string), "umask": .int(Int64(mask)),
      "variables": .object(
        command.variables.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) }),
      "words": .array(stock.rest.map { .string($0) }),
    ]
    guard connection.send(request.utf8() + [0x0A]),
      let answer = connection.receiveLine(within: limit)?["pid"]?.int,
      let pid = Int32(exactly: answer), pid > 1
    else {
      close(output)
      return nil
    }
    self.pid = pid
    self.output = output
    self.connection = connection
    isWarm = wasThere
    endDescriptor = ChildSpawn.watch(pid)
  }

  deinit {
    close(endDescriptor)
    close(output)
  }

  func reap() -> KernelEnd {
    kill(-pid, SIGKILL)
    guard connection.send(Array("r".utf8)), let end = connection.receiveLine(within: .seconds(10)),
      let status = end["status"]?.int
    else { return KernelEnd(status: nil) }
    _ = connection.send(Array("b".utf8))
    var result = KernelEnd(waitStatus: Int32(truncatingIfNeeded: status), usage: rusage())
    result.peakMemory = end["memory"]?.int
    result.cpuSeconds = end["cpu"]?.number
    return result
  }
}
