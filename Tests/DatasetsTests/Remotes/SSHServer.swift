import Glibc
import Platform
import Support
import SystemPackage

/// Debian's sshd on the loopback as the current user, with keys of its own, and an `ssh` that knows them; ended with the value.
final class SSHServer {
  let folder: TemporaryFolder
  let port: Int
  private var process: pid_t

  /// - Parameter lines: more lines of sshd's configuration.
  init(_ lines: String = "Subsystem sftp internal-sftp") async throws {
    folder = try TemporaryFolder()
    port = try Self.freePort()
    let path = folder.path.string
    // Where sshd looks when it is started by root; systemd makes it otherwise.
    if geteuid() == 0 { try FileSystem.createDirectory("/run/sshd") }
    for name in ["host", "key", "other"] {
      try await Program.shell(
        "ssh-keygen -q -t ed25519 -N '' -f \(path)/\(name) </dev/null", in: folder.path)
    }
    try folder.write(
      """
      ListenAddress 127.0.0.1
      Port \(port)
      HostKey \(path)/host
      PidFile none
      AuthorizedKeysFile \(path)/key.pub
      StrictModes no
      UsePAM no
      PasswordAuthentication no
      KbdInteractiveAuthentication no
      PermitRootLogin yes
      MaxStartups 100
      \(lines)

      """, to: "sshd_config")
    let key = try folder.read("host.pub").split(separator: " ").prefix(2).joined(separator: " ")
    try folder.write("[127.0.0.1]:\(port) \(key)\n", to: "known")
    try folder.write(
      "Host *\n  IdentityFile \(path)/key\n  IdentitiesOnly yes\n  UserKnownHostsFile \(path)/known\n"
        + "  GlobalKnownHostsFile /dev/null\n  StrictHostKeyChecking yes\n", to: "ssh_config")
    try folder.write(
      "#!/bin/sh\nexec /usr/bin/ssh -F \(path)/ssh_config \"$@\"\n", to: "bin/ssh", mode: 0o755)
    process = try Self.start(path)
    waitUntilItAnswers()
    guard answers else {
      throw Failure(.io, "sshd did not start", cause: try? folder.read("said"))
    }
  }

  deinit { stop() }

  /// Ends it, and what it started, at once.
  func stop() {
    guard process > 0 else { return }
    kill(-process, SIGKILL)
    var status: Int32 = 0
    waitpid(process, &status, 0)
    process = 0
  }

  func restart() throws {
    process = try Self.start(folder.path.string)
    waitUntilItAnswers()
  }

  /// The environment in which `ssh` is ours.
  var variables: [String: String] {
    ["PATH": "\(folder.path)/bin:/usr/bin:/bin", "HOME": folder.path.string]
  }

  func url(_ path: String) -> String {
    "ssh://\(User.name())@127.0.0.1:\(port)\(folder.path)/\(path)"
  }

  /// In a group of its own, that its children are in too.
  private static func start(_ path: String) throws -> pid_t {
    let texts = ["/usr/sbin/sshd", "-D", "-f", "\(path)/sshd_config", "-E", "\(path)/said"]
    var words: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) }
    words.append(nil)
    defer { words.forEach { free($0) } }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    defer { posix_spawnattr_destroy(&attributes) }
    var process = pid_t()
    let number = posix_spawn(&process, "/usr/sbin/sshd", nil, &attributes, words, environ)
    guard number == 0 else {
      throw Failure(errno: number, "start", "/usr/sbin/sshd (Debian: openssh-server)")
    }
    return process
  }

  private func waitUntilItAnswers() {
    for _ in 0..<500 {
      if answers { return }
      usleep(20_000)
    }
  }

  private var answers: Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = Self.loopback(port)
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }

  private static func loopback(_ port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
  }

  private static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = loopback(0)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 ? getsockname(descriptor, $0, &size) : -1
      }
    }
    guard code == 0 else { throw Failure(errno: errno, "find", "a free port") }
    return Int(in_port_t(bigEndian: address.sin_port))
  }
}
