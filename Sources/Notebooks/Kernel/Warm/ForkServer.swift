import Formats
import Glibc
import Platform
import SystemPackage

/// A process that has loaded IPython's kernel and forks it for everyone who asks: one for each environment. It ends by
/// itself when nobody has asked for a while.
///
/// A line of JSON is a request (`words`, `variables`, `directory`, `umask`, `output`: a named pipe, `folder`: removed when
/// we are gone), `{"pid": N}` its answer. A byte then asks for the end, which is answered by `status` (as of `wait`),
/// `memory` and `cpu`; a second byte says that we are not gone.
struct ForkServer {
  private let folder: FilePath
  private let key: ForkServerKey
  private let interpreter: [String]
  /// Seconds without work after which the server ends.
  private let idle: Int

  /// - Parameter parent: as of ``ForkServerFolder``.
  init(interpreter: [String], variables: [String: String], in parent: FilePath, idle: Int) {
    key = ForkServerKey(interpreter: interpreter, variables: variables)
    self.interpreter = interpreter
    self.idle = idle
    folder = parent.appending(key.name)
  }

  private var socket: FilePath { folder.appending("socket") }

  /// A connection to the server, which is started when it does not run.
  ///
  /// - Parameter limit: how long a start may take.
  /// - Returns: nil when it cannot be started; and whether it ran before.
  func connect(within limit: Duration) -> (connection: UnixSocket, wasThere: Bool)? {
    if let connection = UnixSocket(socket) { return (connection, true) }
    try? FileSystem.createDirectory(folder)
    _ = folder.withPlatformString { chmod($0, 0o700) }
    // Two who find none start one.
    let lock = folder.appending("lock").withPlatformString {
      open($0, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    }
    guard lock >= 0, flock(lock, LOCK_EX) == 0 else { return nil }
    defer { close(lock) }
    if let connection = UnixSocket(socket) { return (connection, true) }
    try? FileSystem.remove(socket)
    guard start(within: limit), let connection = UnixSocket(socket) else { return nil }
    return (connection, false)
  }

  /// Starts the server and waits until it listens.
  private func start(within limit: Duration) -> Bool {
    let script = folder.appending("reprise-kernels.py")
    guard let pipe = try? ChildSpawn.pipe() else { return false }
    defer { close(pipe.reader) }
    let null = open("/dev/null", O_WRONLY | O_CLOEXEC)
    defer { close(null) }
    let command = ChildCommand(
      FilePath(interpreter[0]),
      interpreter.dropFirst() + [script.string, folder.string, "\(idle)"],
      environment: key.variables, directory: "/")
    guard (try? FileSystem.write(KernelLauncher.warm, to: script, durable: false)) != nil,
      let pid = try? ChildSpawn.start(
        command, output: pipe.writer, error: null, diesWithThread: false)
    else {
      close(pipe.writer)
      return false
    }
    close(pipe.writer)
    var item = pollfd(fd: pipe.reader, events: Int16(POLLIN), revents: 0)
    var byte: UInt8 = 0
    let milliseconds = Int32(clamping: limit.components.seconds * 1000)
    guard poll(&item, 1, milliseconds) > 0, read(pipe.reader, &byte, 1) == 1 else {
      kill(-pid, SIGKILL)
      var status: Int32 = 0
      while waitpid(pid, &status, 0) < 0, errno == EINTR {}
      return false
    }
    return true
  }
}
