import Glibc
import Platform
import SystemPackage

/// A running `ssh`, with pipes to what runs at the other end. For one thread at a time.
final class SSHProcess {
  private let pid: pid_t
  private let input: Int32
  private let output: Int32
  private let error: Int32
  /// The last that it wrote to standard error.
  private(set) var said: [UInt8] = []
  private var isOver = false
  private var isReaped = false
  private let silence: Duration

  /// - Parameter silence: how long the other side may say nothing while we wait for it.
  init(
    _ program: FilePath, _ arguments: [String], environment: [String: String], silence: Duration
  ) throws {
    self.silence = silence
    var ends: [Int32] = []
    for _ in 0..<3 {
      var pair: [Int32] = [-1, -1]
      guard let pipe2 = Self.pipe2, pipe2(&pair, O_CLOEXEC) == 0 else {
        let number = errno
        ends.forEach { close($0) }
        throw Failure(errno: number, "start", program)
      }
      ends += pair
    }
    let theirs = [ends[0], ends[3], ends[5]]
    defer { theirs.forEach { close($0) } }
    let ours = [ends[1], ends[2], ends[4]]
    for end in ours { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    do {
      pid = try Self.spawn(program, arguments, environment, theirs)
    } catch {
      ours.forEach { close($0) }
      throw error
    }
    (input, output, error) = (ours[0], ours[1], ours[2])
  }

  deinit {
    // The end of its input is the end of its work; it may be stuck in a connection that is dead.
    for end in [input, output, error] { close(end) }
    if isReaped { return }
    kill(pid, SIGTERM)
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
  }

  private typealias Pipe2 = @convention(c) (UnsafeMutablePointer<Int32>, Int32) -> Int32

  /// A pipe that no child of another thread inherits, not even for a moment: it would not end with its owner then. Not in
  /// the headers that Swift sees.
  private static let pipe2 = dlsym(nil, "pipe2").map { unsafeBitCast($0, to: Pipe2.self) }

  /// Whether the process has ended.
  private func hasEnded() -> Bool {
    var status: Int32 = 0
    if !isReaped, waitpid(pid, &status, WNOHANG) == pid { isReaped = true }
    return isReaped
  }

  private static func spawn(
    _ program: FilePath, _ arguments: [String], _ environment: [String: String], _ ends: [Int32]
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (number, end) in ends.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, end, Int32(number))
    }
    // What we block and ignore for ourselves is not meant for others.
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    // A group of its own: Ctrl-C is for us, who end it.
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETPGROUP))
    var words: [UnsafeMutablePointer<CChar>?] = ([program.string] + arguments).map { strdup($0) }
    var variables: [UnsafeMutablePointer<CChar>?] =
      environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") }
    defer { for pointer in words + variables { free(pointer) } }
    words.append(nil)
    variables.append(nil)
    var pid = pid_t()
    let code = posix_spawn(&pid, program.string, &actions, &attributes, words, variables)
    guard code == 0 else { throw Failure(errno: code, "start", program) }
    return pid
  }

  /// Writes all of the bytes, and takes what comes meanwhile, so that neither side waits for the other.
  ///
  /// - Throws: ``SSHProcess/Lost`` when the other side is gone.
  func write(_ bytes: [UInt8], _ received: inout [UInt8], _ isCancelled: () -> Bool) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(input, $0.baseAddress, $0.count) }
      if written > 0 {
        rest = rest.dropFirst(written)
      } else if errno == EAGAIN {
        try wait(forRoom: true, &received, isCancelled)
      } else if errno != EINTR {
        throw lost()
      }
    }
  }

  /// Waits until bytes have come, and adds them.
  func read(_ received: inout [UInt8], _ isCancelled: () -> Bool) throws {
    let before = received.count
    while received.count == before { try wait(forRoom: false, &received, isCancelled) }
  }

  /// Why there is nothing more to be had.
  struct Lost: Error {
    /// What ssh wrote to standard error.
    var said: String
    var isSilent = false
  }

  private func wait(
    forRoom: Bool, _ received: inout [UInt8], _ isCancelled: () -> Bool
  ) throws {
    var waited = Duration.zero
    while true {
      if isCancelled() { throw Failure(.interrupted, "the transfer was interrupted") }
      var ends = [
        pollfd(fd: output, events: Int16(POLLIN), revents: 0),
        pollfd(fd: isOver ? -1 : error, events: Int16(POLLIN), revents: 0),
        pollfd(fd: forRoom ? input : -1, events: Int16(POLLOUT), revents: 0),
      ]
      let count = poll(&ends, 3, 200)
      if count < 0, errno != EINTR { throw Failure(errno: errno, "wait for", "ssh") }
      if count <= 0 {
        // A process that it left behind may hold its output open.
        if count == 0, hasEnded() { throw lost() }
        waited += .milliseconds(200)
        if waited > silence { throw Lost(said: text, isSilent: true) }
        continue
      }
      if ends[1].revents != 0 { listen() }
      if ends[0].revents != 0 {
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        let got = Glibc.read(output, &chunk, chunk.count)
        if got == 0 { throw lost() }
        if got > 0 { received += chunk[..<got] }
        return
      }
      if ends[2].revents != 0 { return }
    }
  }

  /// Takes what is there of standard error.
  private func listen() {
    var chunk = [UInt8](repeating: 0, count: 4096)
    let got = Glibc.read(error, &chunk, chunk.count)
    if got > 0 {
      said += chunk[..<got]
      if said.count > 1 << 14 { said.removeFirst(said.count - (1 << 13)) }
    } else if got == 0 || (errno != EAGAIN && errno != EINTR) {
      isOver = true
    }
  }

  private func lost() -> Lost {
    // Its last words may still be on their way.
    var waited = 0
    while !isOver, waited < 20 {
      var end = pollfd(fd: error, events: Int16(POLLIN), revents: 0)
      if poll(&end, 1, 100) > 0 { listen() } else { waited += 1 }
    }
    return Lost(said: text)
  }

  private var text: String {
    let text = String(decoding: said, as: UTF8.self)
    let lines = text.split(whereSeparator: \.isNewline).suffix(30)
    return lines.joined(separator: "\n")
  }
}
