import Glibc
import Platform
import Support
import SystemPackage
import Testing

/// A tracking server on the loopback, ours or MLflow's own; ended with the value.
final class TrackingProcess {
  /// Where the Python stands that asks the servers.
  static let scripts = Program.repository.appending("Tests/Interop/TrackingPeer")

  let folder: TemporaryFolder
  /// Such as `http://127.0.0.1:41234`.
  private(set) var address = ""
  private var process: pid_t = 0

  private init(_ words: [String]) throws {
    folder = try TemporaryFolder()
    process = try start(words.map { $0.replacing("FOLDER", with: folder.path.string) })
    address = try waitForAddress()
  }

  deinit {
    guard process > 0 else { return }
    kill(process, SIGKILL)
    var status: Int32 = 0
    waitpid(process, &status, 0)
  }

  /// Where our server keeps its records.
  var records: FilePath { folder.path.appending(".reprise") }

  /// The most memory that the server ever held until now, in bytes.
  func mostMemory() throws -> Int {
    let status = try FileSystem.readText(FilePath("/proc/\(process)/status"))
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    guard let kilobytes = line?.split(separator: " ").dropLast().last.flatMap({ Int($0) }) else {
      throw Failure(.parse, "the system does not say how much memory the server holds")
    }
    return kilobytes << 10
  }

  /// Ends it as an administrator would, and waits for it.
  ///
  /// - Returns: its exit status; nil when it was ended before.
  func stop() -> Int32? {
    guard process > 0 else { return nil }
    kill(process, SIGTERM)
    var status: Int32 = 0
    waitpid(process, &status, 0)
    process = 0
    return status & 0x7F == 0 ? status >> 8 & 0xFF : status & 0x7F + 128
  }

  /// `reprise server` on an empty folder.
  static func ours(_ options: [String] = []) throws -> TrackingProcess {
    try TrackingProcess([Program.path.string, "server", "--port", "0"] + options)
  }

  /// `reprise server` whose users MLflow's tours know: `admin` at first.
  static func ours(withUsers options: [String]) throws -> TrackingProcess {
    try TrackingProcess(
      ["/usr/bin/env", "MLFLOW_AUTH_ADMIN_PASSWORD=a long enough password", Program.path.string]
        + ["server", "--port", "0", "--users"] + options)
  }

  /// MLflow's server with basic-auth, of the version that a Python has.
  static func basicAuth(_ python: FilePath) throws -> TrackingProcess {
    let script = scripts.appending("auth_server.py").string
    return try TrackingProcess([python.string, "-W", "ignore", script, "FOLDER"])
  }

  /// MLflow's server, by the peers' Python, on a SQLite file in an empty folder.
  static func mlflow() throws -> TrackingProcess {
    let script = scripts.appending("mlflow_server.py").string
    return try TrackingProcess([try Peer.python.string, "-W", "ignore", script, "FOLDER"])
  }

  /// Starts it in its folder, with an end of a pipe as input that stays open as long as the tests run.
  private func start(_ words: [String]) throws -> pid_t {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw Failure(errno: errno, "make", "a pipe") }
    _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
    let shell = ["/bin/sh", "-c", #"cd "$0" && exec "$@""#, folder.path.string]
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let said = folder.path.appending("said").string
    posix_spawn_file_actions_addopen(&actions, 1, said, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
    defer { close(ends[0]) }
    return try spawnHearing(shell + words, &actions)
  }

  /// The first address that it says, with the end of a line or a slash behind it.
  private func waitForAddress() throws -> String {
    let mark = "http://127.0.0.1:"
    for _ in 0..<9000 {
      let said = (try? folder.read("said")) ?? ""
      if let place = said.firstRange(of: mark) {
        let digits = said[place.upperBound...].prefix { $0.isNumber }
        if !digits.isEmpty, digits.endIndex < said.endIndex { return mark + digits }
      }
      var status: Int32 = 0
      if waitpid(process, &status, WNOHANG) == process {
        process = 0
        break
      }
      usleep(20_000)
    }
    throw Failure(.io, "the server did not start", cause: try? folder.read("said"))
  }
}
