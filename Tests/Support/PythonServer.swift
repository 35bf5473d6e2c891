import Glibc
import Platform
import SystemPackage

/// A web server in Python on the loopback, ended with the value.
public final class PythonServer: Sendable {
  /// The folder that it serves from, and may be given files in.
  public let folder: TemporaryFolder
  /// Where it listens, on 127.0.0.1.
  public let port: Int
  private let process: pid_t

  /// Starts it, and waits until it listens.
  ///
  /// - Parameters:
  ///   - handler: Python text that defines the class `H`, of `http.server`'s request handlers.
  ///   - arguments: `sys.argv[1]` and on.
  public init(handler: String, arguments: [String] = []) throws {
    folder = try TemporaryFolder()
    let start = """
      import http.server, os, sys
      os.chdir(os.path.dirname(sys.argv[0]))

      """
    let end = """

      s = http.server.ThreadingHTTPServer(('127.0.0.1', 0), H)
      open('port.tmp', 'w').write(str(s.server_port)); os.rename('port.tmp', 'port')
      s.serve_forever()
      """
    let script = try folder.write(start + handler + end, to: "server.py")
    process = try Self.start(["python3", script.string] + arguments)
    let file = folder.path.appending("port")
    for _ in 0..<3000 {
      if FileSystem.exists(file) { break }
      usleep(10_000)
    }
    guard let port = Int(try FileSystem.readText(file)) else {
      throw Failure(.io, "the server in Python did not say its port")
    }
    self.port = port
  }

  deinit {
    kill(process, SIGKILL)
    var status: Int32 = 0
    waitpid(process, &status, 0)
  }

  private static func start(_ words: [String]) throws -> pid_t {
    var arguments = words.map { strdup($0) }
    arguments.append(nil)
    defer { arguments.forEach { free($0) } }
    var process = pid_t()
    let number = posix_spawnp(&process, "python3", nil, nil, arguments, environ)
    guard number == 0 else { throw Failure(errno: number, "start", "python3") }
    return process
  }
}
