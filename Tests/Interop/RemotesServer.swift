import Datasets
import Glibc
import Platform
import Support
import SystemPackage
import Testing

/// A server of S3's interface on the loopback, with a bucket `data`; ended with the value.
final class RemotesServer {
  enum Kind: String, CaseIterable, Sendable { case moto, rclone }

  static let id = "REPRISEKEY"
  static let secret = "reprise/secret+word"

  let kind: Kind
  let folder: TemporaryFolder
  private let scheme: String
  private(set) var port = 0
  private var process: pid_t = 0

  private static let moto = """
    import os, sys
    from moto.server import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import WSGIRequestHandler, make_server
    WSGIRequestHandler.protocol_version = 'HTTP/1.1'
    server = make_server('127.0.0.1', 0, DomainDispatcherApplication(create_backend_app), threaded=True)
    print(f'listens on http://127.0.0.1:{server.server_port}/', flush=True)
    server.serve_forever()
    """

  /// Makes a certificate for 127.0.0.1 that nobody vouches for.
  private static let certificate = """
    import datetime, ipaddress, json
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, '127.0.0.1')])
    now = datetime.datetime.now(datetime.timezone.utc)
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - datetime.timedelta(1)).not_valid_after(now + datetime.timedelta(1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address('127.0.0.1'))]), False)
        .add_extension(x509.BasicConstraints(True, None), True).sign(key, hashes.SHA256()))
    open('cert.pem', 'wb').write(made.public_bytes(serialization.Encoding.PEM))
    open('key.pem', 'wb').write(key.private_bytes(serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    json.dump(True, open('result.json', 'w'))
    """

  /// - Parameter isSecure: whether it speaks https, with a certificate of its own in `cert.pem`; rclone only.
  init(_ kind: Kind, isSecure: Bool = false) throws {
    self.kind = kind
    scheme = isSecure ? "https" : "http"
    folder = try TemporaryFolder()
    try FileSystem.createDirectory(folder.path.appending("served/data"))
    let python = try Peer.python
    switch kind {
    case .moto:
      let script = try folder.write(Self.moto, to: "serve.py")
      process = try start([python.string, "-W", "ignore", script.string])
    case .rclone:
      let program = python.removingLastComponent().appending("rclone").string
      var secure: [String] = []
      if isSecure {
        _ = try Peer.run(Self.certificate, in: folder)
        secure = ["--cert", "\(folder.path)/cert.pem", "--key", "\(folder.path)/key.pem"]
      }
      process = try start(
        [
          program, "serve", "s3", "--addr", "127.0.0.1:0", "--auth-key",
          "\(Self.id),\(Self.secret)",
          "--config", "/dev/null", "-v", folder.path.appending("served").string,
        ] + secure)
    }
    port = try waitForPort()
    if kind == .moto {
      _ = try HTTPConnection().perform(HTTPRequest("PUT", "\(endpoint)/data"))
    }
  }

  deinit { stop() }

  var endpoint: String { "\(scheme)://127.0.0.1:\(port)" }

  /// The settings of a remote here.
  var settings: [String: String] {
    ["endpointurl": endpoint, "access_key_id": Self.id, "secret_access_key": Self.secret]
  }

  func store(
    _ prefix: String = "", _ more: [String: String] = [:], partsFrom: Int64 = 64 << 20
  ) throws -> S3Store {
    try S3Store(
      bucket: "data", prefix: prefix, settings: settings.merging(more) { $1 }, variables: [:],
      retries: RetryPolicy(attempts: 3, first: .milliseconds(50)), partsFrom: partsFrom)
  }

  /// Ends it at once.
  func stop() {
    guard process > 0 else { return }
    kill(process, SIGKILL)
    var status: Int32 = 0
    waitpid(process, &status, 0)
    process = 0
  }

  private func start(_ words: [String]) throws -> pid_t {
    var arguments = words.map { strdup($0) }
    arguments.append(nil)
    defer { arguments.forEach { free($0) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let said = folder.path.appending("said").string
    posix_spawn_file_actions_addopen(&actions, 1, said, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    var process = pid_t()
    let number = posix_spawn(&process, words[0], &actions, nil, arguments, environ)
    guard number == 0 else { throw Failure(errno: number, "start", FilePath(words[0])) }
    return process
  }

  /// The number behind the first `http://127.0.0.1:` that it says.
  private func waitForPort() throws -> Int {
    let mark = "\(scheme)://127.0.0.1:"
    for _ in 0..<3000 {
      let said = (try? folder.read("said")) ?? ""
      if let place = said.utf8.indices.first(where: { said.utf8[$0...].starts(with: mark.utf8) }) {
        let digits = said[place...].dropFirst(mark.count).prefix { $0.isNumber }
        if let port = Int(digits), said[place...].contains("/") { return port }
      }
      var status: Int32 = 0
      if waitpid(process, &status, WNOHANG) == process {
        process = 0
        break
      }
      usleep(20_000)
    }
    throw Failure(.io, "the server of \(kind) did not start", cause: try? folder.read("said"))
  }
}
