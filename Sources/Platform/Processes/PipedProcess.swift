import CSpawn
import Glibc
import SystemPackage

/// A program that answers lines with lines, over its standard input and output. Its errors go where ours go.
package final class PipedProcess {
  private let pid: pid_t
  private let input: Int32
  private let output: Int32
  private var pending: [UInt8] = []

  /// - Throws: ``Failure`` when it cannot be started.
  package init(
    _ program: FilePath, _ arguments: [String], environment: [String: String]
  ) throws {
    var toChild: [Int32] = [-1, -1]
    var fromChild: [Int32] = [-1, -1]
    guard pipe(&toChild) == 0 else { throw Failure(errno: errno, "start", program) }
    guard pipe(&fromChild) == 0 else {
      let number = errno
      toChild.forEach { close($0) }
      throw Failure(errno: number, "start", program)
    }
    for end in toChild + fromChild { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer {
      close(toChild[0])
      close(fromChild[1])
    }
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, toChild[0], 0)
    posix_spawn_file_actions_adddup2(&actions, fromChild[1], 1)
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
    var words: [UnsafeMutablePointer<CChar>?] = ([program.string] + arguments).map { strdup($0) }
    var variables: [UnsafeMutablePointer<CChar>?] =
      environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") }
    defer { for pointer in words + variables { free(pointer) } }
    words.append(nil)
    variables.append(nil)
    var pid = pid_t()
    let code = posix_spawn(&pid, program.string, &actions, &attributes, words, variables)
    guard code == 0 else {
      close(toChild[1])
      close(fromChild[0])
      throw Failure(errno: code, "start", program)
    }
    self.pid = pid
    input = toChild[1]
    output = fromChild[0]
  }

  deinit {
    // The end of its input is the end of its work.
    close(input)
    close(output)
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
  }

  /// Writes a line.
  package func send(_ line: String) throws {
    try FileSystem.writeAll(input, Array((line + "\n").utf8), to: "the helper's input")
  }

  /// The next line; nil when the program has ended.
  package func receive(limit: Int = 1 << 28) throws -> String? {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      if let end = pending.firstIndex(of: 0x0A) {
        let line = String(decoding: pending[..<end], as: UTF8.self)
        pending.removeSubrange(...end)
        return line
      }
      guard pending.count <= limit else {
        throw Failure(.invalid, "the helper answers with more than \(ByteCount(Int64(limit)))")
      }
      let count = try chunk.withUnsafeMutableBytes {
        try FileSystem.readOnce(output, into: $0, of: "the helper's output")
      }
      if count == 0 { return nil }
      pending.append(contentsOf: chunk[..<count])
    }
  }
}
