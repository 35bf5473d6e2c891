import Glibc
import Platform
import Support
import SystemPackage
import Testing

/// `git http-backend` behind a server in Python on the loopback. What is under `/private/` wants me:secret.
final class GitServer {
  private let folder: TemporaryFolder
  private let port: Int
  private let process: pid_t

  /// - Parameter root: holds the repositories.
  init(serving root: FilePath) throws {
    folder = try TemporaryFolder()
    try folder.write(
      """
      import base64, http.server, os, subprocess, sys
      root, port = sys.argv[1], sys.argv[2]
      class H(http.server.BaseHTTPRequestHandler):
          def log_message(self, *a): pass
          def answer(self):
              path, _, query = self.path.partition('?')
              if path.startswith('/private/'):
                  path = path[8:]
                  wanted = 'Basic ' + base64.b64encode(b'me:secret').decode()
                  if self.headers.get('Authorization') != wanted:
                      self.send_response(401); self.send_header('WWW-Authenticate', 'Basic realm="x"')
                      self.send_header('Content-Length', '0'); self.end_headers(); return
              if path.startswith('/broken/'):
                  self.send_response(500); self.send_header('Content-Length', '0'); self.end_headers(); return
              body = self.rfile.read(int(self.headers.get('Content-Length') or 0))
              env = dict(os.environ, GIT_PROJECT_ROOT=root, GIT_HTTP_EXPORT_ALL='1', PATH_INFO=path,
                  QUERY_STRING=query, REQUEST_METHOD=self.command, REMOTE_ADDR='127.0.0.1',
                  CONTENT_TYPE=self.headers.get('Content-Type') or '', CONTENT_LENGTH=str(len(body)))
              if self.headers.get('Content-Encoding'): env['HTTP_CONTENT_ENCODING'] = self.headers['Content-Encoding']
              out = subprocess.run(['git', 'http-backend'], input=body, env=env, stdout=subprocess.PIPE).stdout
              head, _, rest = out.partition(b'\\r\\n\\r\\n')
              lines = [l.split(': ', 1) for l in head.decode().split('\\r\\n') if l]
              status = [v for k, v in lines if k == 'Status']
              self.send_response(int(status[0].split()[0]) if status else 200)
              for k, v in lines:
                  if k != 'Status': self.send_header(k, v)
              self.send_header('Content-Length', str(len(rest))); self.end_headers(); self.wfile.write(rest)
          do_GET = do_POST = answer
      s = http.server.ThreadingHTTPServer(('127.0.0.1', 0), H)
      open(port + '.tmp', 'w').write(str(s.server_port)); os.rename(port + '.tmp', port)
      s.serve_forever()
      """, to: "server.py")
    let file = folder.path.appending("port")
    let words = ["python3", folder.path.appending("server.py").string, root.string, file.string]
    var arguments = words.map { strdup($0) }
    arguments.append(nil)
    defer { arguments.forEach { free($0) } }
    var process = pid_t()
    try #require(posix_spawnp(&process, "python3", nil, nil, arguments, environ) == 0)
    self.process = process
    for _ in 0..<3000 where !FileSystem.exists(file) { usleep(10_000) }
    port = try #require(Int(try FileSystem.readText(file)))
  }

  deinit {
    kill(process, SIGKILL)
    var status: Int32 = 0
    waitpid(process, &status, 0)
  }

  func url(_ path: String, user: String = "") -> String {
    "http://\(user)127.0.0.1:\(port)/\(path)"
  }
}
