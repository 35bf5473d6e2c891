import Glibc
import Platform
import Support
import SystemPackage
import Testing

/// A server in Python on the loopback, ended with the value.
final class HTTPServer {
  let folder: TemporaryFolder
  let port: Int
  private let process: pid_t

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(
      """
      import http.server, os, sys, time
      os.chdir(sys.argv[1])
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
      s = http.server.ThreadingHTTPServer(('127.0.0.1', 0), H)
      open('port.tmp', 'w').write(str(s.server_port)); os.rename('port.tmp', 'port')
      s.serve_forever()
      """, to: "server.py")
    let words = ["python3", folder.path.appending("server.py").string, folder.path.string]
    var arguments = words.map { strdup($0) }
    arguments.append(nil)
    defer { arguments.forEach { free($0) } }
    var process = pid_t()
    try #require(posix_spawnp(&process, "python3", nil, nil, arguments, environ) == 0)
    self.process = process
    let file = folder.path.appending("port")
    var wait = timespec(tv_sec: 0, tv_nsec: 10_000_000)
    for _ in 0..<3000 where !FileSystem.exists(file) { nanosleep(&wait, nil) }
    port = try #require(Int(try FileSystem.readText(file)))
  }

  deinit {
    kill(process, SIGKILL)
    var status: Int32 = 0
    waitpid(process, &status, 0)
  }

  func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }
}
