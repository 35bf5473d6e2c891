import CGit2
import Glibc
import Platform
import SystemPackage

/// Runs a small program that git's configuration names: a filter, a credential helper.
///
/// It talks through pipes only, so that it cannot ask on the terminal, and it ends when its time is over.
enum HelperProgram {
  struct Result {
    /// The exit status; 128 and the signal when it was killed.
    var status: Int32
    var output: [UInt8]
  }

  /// - Parameters:
  ///   - arguments: the program's path, or its name to be found in `$PATH`, then what it is given.
  ///   - environment: variables added to ours.
  ///   - limit: an output of more bytes is a failure.
  ///   - seconds: after so many it is killed.
  static func run(
    _ arguments: [String], input: [UInt8] = [], in folder: FilePath? = nil,
    environment: [String] = [], limit: Int = 1 << 20, seconds: Int = 30
  ) throws -> Result {
    let name = arguments.first ?? ""
    var toChild: [Int32] = [-1, -1]
    var fromChild: [Int32] = [-1, -1]
    guard pipe2(&toChild, O_CLOEXEC) == 0 else { throw failed(name, errno) }
    guard pipe2(&fromChild, O_CLOEXEC) == 0 else {
      let number = errno
      toChild.forEach { _ = close($0) }
      throw failed(name, number)
    }
    let child: pid_t
    do {
      child = try spawn(
        arguments, folder, environment, input: toChild[0], output: fromChild[1])
      close(toChild[0])
      close(fromChild[1])
    } catch {
      (toChild + fromChild).forEach { _ = close($0) }
      throw error
    }
    let exchange = talk(
      input: input, to: toChild[1], from: fromChild[0], limit: limit, seconds: seconds)
    // Its own group, so that what it started ends with it.
    if exchange == nil { kill(-child, SIGKILL) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    guard let output = exchange else {
      throw Failure(.io, "`\(name)` did not end in \(seconds) s, or wrote too much")
    }
    let signal = status & 0x7F
    return Result(status: signal == 0 ? (status >> 8) & 0xFF : 128 + signal, output: output)
  }

  private static func failed(_ name: String, _ number: Int32) -> Failure {
    Failure(errno: number, "start", FilePath(name))
  }

  private static func spawn(
    _ arguments: [String], _ folder: FilePath?, _ environment: [String], input: Int32,
    output: Int32
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    if let folder {
      _ = folder.withPlatformString { posix_spawn_file_actions_addchdir_np(&actions, $0) }
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A session of its own has no terminal to ask on.
    posix_spawnattr_setflags(&attributes, reprise_spawn_setsid)
    var variables: [String] = []
    var pointer = environ
    while let variable = pointer.pointee {
      let text = String(cString: variable)
      let name = text.prefix { $0 != "=" } + "="
      if !environment.contains(where: { $0.hasPrefix(name) }) { variables.append(text) }
      pointer += 1
    }
    var child = pid_t()
    let number = LibGit2.withCStrings(arguments) { argv in
      LibGit2.withCStrings(variables + environment) { envp in
        var arguments = argv.map { UnsafeMutablePointer(mutating: $0) } + [nil]
        var variables = envp.map { UnsafeMutablePointer(mutating: $0) } + [nil]
        return posix_spawnp(
          &child, arguments[0] ?? strdup(""), &actions, &attributes, &arguments, &variables)
      }
    }
    guard number == 0 else { throw failed(arguments.first ?? "", number) }
    return child
  }

  /// Writes and reads at the same time, so that neither side waits for the other; nil at the time's end.
  private static func talk(
    input: [UInt8], to writer: Int32, from reader: Int32, limit: Int, seconds: Int
  ) -> [UInt8]? {
    var writer = writer
    defer {
      if writer >= 0 { close(writer) }
      close(reader)
    }
    _ = fcntl(writer, F_SETFL, O_NONBLOCK)
    // A reader that goes away early is no reason to die of SIGPIPE.
    var pipeSignal = sigset_t()
    var before = sigset_t()
    sigemptyset(&pipeSignal)
    sigaddset(&pipeSignal, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &pipeSignal, &before)
    defer {
      var none = timespec()
      while sigtimedwait(&pipeSignal, nil, &none) > 0 {}
      pthread_sigmask(SIG_SETMASK, &before, nil)
    }
    var rest = input[...]
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let deadline = now() + Int64(seconds) * 1000
    while true {
      if rest.isEmpty, writer >= 0 {
        close(writer)
        writer = -1
      }
      var waits = [pollfd(fd: reader, events: Int16(POLLIN), revents: 0)]
      if writer >= 0 { waits.append(pollfd(fd: writer, events: Int16(POLLOUT), revents: 0)) }
      let left = deadline - now()
      guard left > 0 else { return nil }
      let ready = poll(&waits, nfds_t(waits.count), Int32(clamping: left))
      if ready <= 0 { continue }
      if writer >= 0, waits[1].revents != 0 {
        let count = rest.withUnsafeBytes { Glibc.write(writer, $0.baseAddress, $0.count) }
        if count >= 0 {
          rest = rest.dropFirst(count)
        } else if errno != EAGAIN, errno != EINTR {
          rest = []
        }
      }
      if waits[0].revents != 0 {
        let count = chunk.withUnsafeMutableBytes { Glibc.read(reader, $0.baseAddress, $0.count) }
        if count == 0 { return output }
        if count > 0 {
          output.append(contentsOf: chunk[..<count])
          guard output.count <= limit else { return nil }
        } else if errno != EINTR {
          return output
        }
      }
    }
  }

  /// Milliseconds of the clock that nobody sets.
  private static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
