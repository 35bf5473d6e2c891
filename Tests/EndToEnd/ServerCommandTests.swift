import Formats
import Glibc
import Platform
import Support
import SystemPackage
import Testing

@Suite("reprise server, from its command line") struct ServerCommandTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(
    "what cannot be served is told in one message, and ends at once",
    arguments: [
      (["--port", "99999"], "`99999` is no port"),
      (["--port", "0", "--mlflow-ui", "nowhere"], "holds no web pages of MLflow"),
      (["--port", "0", "--host", "0.0.0.0"], "ask for users with `--users`"),
      (["--port", "0", "--host", "nowhere.invalid", "--insecure"], "no address `nowhere.invalid`"),
      (["--port", "0", "--host", "192.0.2.1", "--insecure"], "cannot listen on `192.0.2.1:0`"),
    ])
  func inputs(words: [String], message: String) async throws {
    let result = try await Program.run(["server"] + words, in: folder.path)
    #expect(result.status != 0 && result.status != 70)
    #expect(result.error.contains(message), "\(result.error)")
  }

  @Test("a port that is taken is told, with what to do") func taken() async throws {
    let first = Background("exec \"$REPRISE\" server --port 0", in: folder.path)
    try await Background.wait { first.output.contains("serving http") }
    let port = try #require(first.output.split(separator: ":").last?.prefix { $0.isNumber })
    let result = try await Program.run(["server", "--port", String(port)], in: folder.path)
    #expect(result.status == 2)
    #expect(result.error.contains("cannot listen on `127.0.0.1:\(port)`"), "\(result.error)")
    #expect(result.error.contains("choose a port with `--port`"))
    first.send(SIGTERM)
    #expect(try await first.end().status == .exited(0))
  }

  @Test("what was begun when it is told to end is stored and answered, and nothing new is taken")
  func stop() async throws {
    let server = Background("exec \"$REPRISE\" server --port 0", in: folder.path)
    try await Background.wait { server.output.contains("serving http") }
    let port = try #require(server.output.split(separator: ":").last?.prefix { $0.isNumber })
    try folder.write(Self.upload, to: "upload.py")
    let client = Background("exec python3 upload.py \(port)", in: folder.path)
    try await Background.wait { client.output.contains("half") }
    server.send(SIGTERM)
    let ended = try await client.end()
    #expect(ended.status == .exited(0), "\(client.output)")
    #expect(client.output.contains("refused\nanswered 200\n"), "\(client.output)")
    #expect(try await server.end().status == .exited(0))
    // Nothing but the address: no complaint of a library.
    #expect(server.output.split(separator: "\n").count == 1, "\(server.output)")
    let found = try await Program.shell(
      "find .reprise -name kept.bin -size -1000001c -size +999999c", in: folder.path)
    #expect(found.contains("kept.bin"), "\(found)")
  }

  /// Sends half of a file, waits until nobody new is served, and sends the rest.
  private static let upload = """
    import re, socket, sys, time, urllib.request
    port = int(sys.argv[1])
    def begun():
        text = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics").read().decode()
        return int(re.search(r"^reprise_inflight_requests (\\d+)", text, re.M).group(1))
    before = begun()
    path = "/api/2.0/mlflow-artifacts/artifacts/0/kept.bin"
    client = socket.create_connection(("127.0.0.1", port))
    head = f"PUT {path} HTTP/1.1\\r\\nHost: 127.0.0.1:{port}\\r\\nContent-Length: 1000000\\r\\n\\r\\n"
    client.sendall(head.encode() + b"x" * 500000)
    while begun() == before: time.sleep(0.02)
    print("half", flush=True)
    for _ in range(3000):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            time.sleep(0.02)
        except ConnectionRefusedError:
            print("refused", flush=True)
            break
    client.sendall(b"x" * 500000)
    print("answered", client.recv(65536).decode().split()[1], flush=True)
    """
}
