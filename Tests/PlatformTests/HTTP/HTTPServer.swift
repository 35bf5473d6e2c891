import Support

/// A server with answers of all kinds; paths that are none of them are files of its folder.
final class HTTPServer {
  private let server: PythonServer

  init() throws {
    server = try PythonServer(
      handler: """
        import time
        class H(http.server.SimpleHTTPRequestHandler):
            def log_message(self, *a): pass
            def do_GET(self):
                if self.path.startswith('/status/'):
                    self.send_response(int(self.path[8:])); self.send_header('Content-Length', '4')
                    self.end_headers(); self.wfile.write(b'body'); return
                if self.path.startswith('/to/'):
                    self.send_response(302); self.send_header('Location', self.path[4:]); self.end_headers(); return
                if self.path == '/loop':
                    self.send_response(302); self.send_header('Location', '/loop'); self.end_headers(); return
                if self.path == '/cut':
                    self.send_response(200); self.send_header('Content-Length', '100'); self.end_headers()
                    self.wfile.write(b'half'); return
                if self.path == '/stall':
                    self.send_response(200); self.send_header('Content-Length', '100'); self.end_headers()
                    self.wfile.write(b'half'); self.wfile.flush(); time.sleep(20); return
                if self.path == '/endless':
                    self.send_response(200); self.end_headers()
                    try:
                        while True: self.wfile.write(b'x' * 65536)
                    except OSError: return
                super().do_GET()
        """)
  }

  var folder: TemporaryFolder { server.folder }

  var port: Int { server.port }

  func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }
}
