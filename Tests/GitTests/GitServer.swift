import Support
import SystemPackage

/// `git http-backend` behind a server in Python on the loopback. What is under `/private/` wants me:secret.
final class GitServer {
  private let server: PythonServer

  /// - Parameter root: holds the repositories.
  init(serving root: FilePath) throws {
    server = try PythonServer(
      handler: """
        import base64, subprocess
        root = sys.argv[1]
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
        """, arguments: [root.string])
  }

  func url(_ path: String, user: String = "") -> String {
    "http://\(user)127.0.0.1:\(server.port)/\(path)"
  }
}
