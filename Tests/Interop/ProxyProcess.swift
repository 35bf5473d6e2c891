import Glibc
import Platform
import Support
import SystemPackage

/// nginx with the configuration that our guide gives, on the loopback; it ends with the value, and with the tests if they
/// do not come to their end.
final class ProxyProcess {
  let folder: TemporaryFolder
  /// Where it takes TLS, for the name `localhost`.
  let port: Int
  var certificate: FilePath { folder.path.appending("certificate.pem") }

  private var shell: pid_t = 0
  /// Open as long as it is to run.
  private var leash: Int32 = -1

  /// Starts it in front of a server.
  ///
  /// - Parameter server: such as `http://127.0.0.1:41234`.
  init(before server: String, port: Int) async throws {
    folder = try TemporaryFolder()
    self.port = port
    let key = folder.path.appending("key.pem")
    try await Program.shell(
      """
      openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
        -addext subjectAltName=DNS:localhost -keyout '\(key)' -out '\(certificate)' 2>&1
      """, in: folder.path)
    try folder.write(try site(before: server, key), to: "site.conf")
    try folder.write(frame, to: "nginx.conf")
    try start()
    try waitUntilItListens()
  }

  deinit { stop() }

  /// Ends it as an administrator would, and waits for it.
  ///
  /// - Returns: its exit status; nil when it was ended before.
  @discardableResult
  func stop() -> Int32? {
    guard shell > 0 else { return nil }
    close(leash)
    var status: Int32 = 0
    waitpid(shell, &status, 0)
    shell = 0
    return status & 0x7F == 0 ? status >> 8 & 0xFF : status & 0x7F + 128
  }

  /// A port of the loopback that is free now.
  static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let number = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 ? getsockname(descriptor, $0, &size) : -1
      }
    }
    guard number == 0 else { throw Failure(errno: errno, "bind", "a socket") }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  /// The guide's file, with this machine's places in it. Each must stand there, else this proves another one.
  private func site(before server: String, _ key: FilePath) throws -> String {
    let file = Program.repository.appending("docs/deploy/nginx.conf")
    var text = try FileSystem.readText(file)
    for (there, here) in [
      ("server 127.0.0.1:5000;", "server \(server.dropFirst("http://".count));"),
      ("listen 443 ssl;", "listen 127.0.0.1:\(port) ssl;"),
      ("server_name mlflow.example.org;", "server_name localhost;"),
      ("/etc/ssl/certs/mlflow.example.org.pem", certificate.string),
      ("/etc/ssl/private/mlflow.example.org.key", key.string),
    ] {
      guard text.contains(there) else { throw Failure(.parse, "`\(file)` has no `\(there)`") }
      text = text.replacing(there, with: here)
    }
    return text
  }

  private var frame: String {
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map {
      "  \($0)_temp_path \(folder.path)/\($0);\n"
    }
    return """
      daemon off;
      master_process off;
      pid \(folder.path)/nginx.pid;
      error_log \(folder.path)/error.log;
      events {}
      http {
        access_log \(folder.path)/access.log;
      \(temporary.joined())
        include \(folder.path)/site.conf;
      }
      """
  }

  /// A shell waits for the end of its input, then tells nginx to end.
  private func start() throws {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw Failure(errno: errno, "make", "a pipe") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let script = """
      PATH=$PATH:/usr/sbin; nginx -e "$0/error.log" -c "$0/nginx.conf" > "$0/said" 2>&1 & \
      cat; kill -QUIT $!; wait $!
      """
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
    defer { close(ends[0]) }
    leash = ends[1]
    shell = try spawnHearing(["/bin/sh", "-c", script, folder.path.string], &actions)
  }

  private func waitUntilItListens() throws {
    for _ in 0..<500 {
      if FileSystem.isFile(folder.path.appending("nginx.pid")) { return }
      usleep(20_000)
    }
    let said = [try? folder.read("said"), try? folder.read("error.log")]
    throw Failure(
      .io, "nginx did not start", cause: said.compactMap(\.self).joined(separator: "\n"))
  }
}
