import CSpawn
import Glibc
import SystemPackage

/// Starts programs for those who watch them on their own.
package enum ChildSpawn {
  /// Starts a program as the leader of a session of its own; everything but its three streams is closed in it.
  ///
  /// - Parameters:
  ///   - input: what it reads; `/dev/null` when nil.
  ///   - diesWithThread: whether the kernel kills it when the calling thread ends.
  /// - Returns: its number, for the caller to wait for.
  /// - Throws: ``Failure`` when it cannot be started.
  package static func start(
    _ command: ChildCommand, input: Int32? = nil, output: Int32, error: Int32, diesWithThread: Bool
  ) throws -> pid_t {
    let empty = input == nil ? open("/dev/null", O_RDONLY | O_CLOEXEC) : -1
    defer { if empty >= 0 { close(empty) } }
    var words: [UnsafeMutablePointer<CChar>?] =
      ([command.program.string] + command.arguments).map { strdup($0) }
    var variables: [UnsafeMutablePointer<CChar>?] =
      command.environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") }
    defer { for pointer in words + variables { free(pointer) } }
    words.append(nil)
    variables.append(nil)
    var stage: Int32 = 0
    let path = strdup(command.program.string)
    let directory = command.directory.map { strdup($0.string) } ?? nil
    defer {
      free(path)
      free(directory)
    }
    let pid = words.withUnsafeBufferPointer { argv in
      variables.withUnsafeBufferPointer { envp in
        var request = reprise_spawn_request(
          path: path, argv: argv.baseAddress, envp: envp.baseAddress, cwd: directory,
          in: input ?? empty, out: output, err: error, die_with_parent: diesWithThread ? 1 : 0)
        return reprise_spawn(&request, &stage)
      }
    }
    guard pid > 0 else {
      let number = errno
      if stage == 1, let directory = command.directory {
        throw Failure(errno: number, "enter", directory)
      }
      throw Failure(errno: number, "start", command.program)
    }
    return pid
  }

  /// Both ends of a pipe, which close at exec.
  package static func pipe() throws -> (reader: Int32, writer: Int32) {
    var ends: [Int32] = [-1, -1]
    guard reprise_pipe(&ends) == 0 else { throw Failure(errno: errno, "open", "a pipe") }
    return (ends[0], ends[1])
  }

  /// A descriptor that becomes readable when a process ends; -1 when there is no such process.
  package static func watch(_ pid: pid_t) -> Int32 { reprise_pidfd_open(pid) }
}
