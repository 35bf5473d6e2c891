import Platform
import Server
import Support
import Testing

/// What strangers send. Each test has a server of its own; after all that was sent it is as well as before.
@Suite("Hostile requests", .serialized) struct HostileTests {
  private static let end = "Host: 127.0.0.1:PORT\r\nConnection: close\r\n\r\n"

  private func expectWell(_ server: RawServer) async throws {
    let reply = await server.send("GET /health HTTP/1.1\r\n" + Self.end)
    #expect(reply.status == 200 && reply.text.hasSuffix("OK"))
    try await server.stop()
  }

  @Test(
    "heads that are none, in every way: refused or closed, never answered, never a failure of ours")
  func heads() async throws {
    let server = try await RawServer()
    let heads: [String] = [
      "\r\n\r\n", "\0\0\0\0\r\n\r\n", "GET\r\n\r\n", "GET /\r\n\r\n",
      "GET / HTTP/9.9\r\n" + Self.end,
      "GET / HTTP/1.1\r\n\r\n", "get / HTTP/1.1\r\n" + Self.end, "G\0T / HTTP/1.1\r\n" + Self.end,
      "GET /\0 HTTP/1.1\r\n" + Self.end,
      "GET / HTTP/1.1\r\nHost : 127.0.0.1:PORT\r\n\r\n", "GET / HTTP/1.1\r\nHost\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nHost: 127.0.0.1:PORT\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nhost: evil.example\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: 10.evil.example:PORT\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: 192.168.1.1:PORT\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT@evil.example\r\n\r\n",
      "GET / HTTP/1.1\r\nHost:\r\n\r\n",
      "GET evil.example:80 HTTP/1.1\r\n" + Self.end,
      "GET * HTTP/1.1\r\n" + Self.end, "OPTIONS * HTTP/1.1\r\n" + Self.end,
      "CONNECT evil.example:443 HTTP/1.1\r\n" + Self.end, "TRACE / HTTP/1.1\r\n" + Self.end,
      "GET / HTTP/1.1\r\nContent-Length: -1\r\n" + Self.end,
      "GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n" + Self.end,
      "POST /graphql HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n" + Self.end
        + "0\r\n\r\n",
      "POST /graphql HTTP/1.1\r\nTransfer-Encoding: chunked, gzip\r\n" + Self.end,
      "POST /graphql HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + Self.end + "zz\r\n",
      "POST /graphql HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + Self.end
        + "ffffffffffffffff\r\nx",
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\u{16}\u{03}\u{01}\u{02}\u{00}\u{01}",
      "GET / HTTP/1.1\r\nX: a\u{0}b\r\n" + Self.end, "GET / HTTP/1.1\r\nX: a\rb\r\n" + Self.end,
      "GET / HTTP/1.1\r\n X: folded\r\n" + Self.end,
    ]
    for head in heads {
      let reply = await server.send(head)
      #expect(reply.isClosed || reply.status != nil, "\(head.debugDescription) hangs")
      if let status = reply.status {
        #expect((400..<500).contains(status), "\(head.debugDescription): \(status)")
      }
    }
    try await expectWell(server)
  }

  @Test(
    "heads that are too large are refused before they are read",
    arguments: [
      "GET / HTTP/1.1\r\nX: \(String(repeating: "x", count: 40_000))\r\n",
      "GET / HTTP/1.1\r\n" + (0..<200).map { "X-\($0): y\r\n" }.joined(),
      "GET /\(String(repeating: "a", count: 100_000)) HTTP/1.1\r\n",
      "GET /?\(String(repeating: "a=b&", count: 50_000)) HTTP/1.1\r\n",
    ])
  func large(_ head: String) async throws {
    let server = try await RawServer()
    let reply = await server.send(head + Self.end)
    #expect(reply.isClosed)
    if let status = reply.status { #expect((400..<500).contains(status)) }
    try await expectWell(server)
  }

  @Test("a head or a body that does not come is waited for no longer than it may")
  func slow() async throws {
    let server = try await RawServer()
    let start = ContinuousClock.now
    // Thirty connections that send a byte of their head every 0.3 s, or nothing.
    let head = Array("GET /health HTTP/1.1\r\nX: aaaaaaaaaaaaaaaaaaaaaaaa".utf8).map { [$0] }
    await withTaskGroup(of: RawServer.Reply.self) { group in
      for index in 0..<30 {
        group.addTask {
          await server.send(
            index % 3 == 0 ? [] : Array(head.prefix(12)), pause: 0.3, patience: 20)
        }
      }
      for await reply in group { #expect(reply.isClosed && reply.status != 200) }
    }
    #expect(start.duration(to: .now) < .seconds(60))
    // A body that was announced, and then silence.
    let reply = await server.send(
      "POST /api/2.0/mlflow/runs/create HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 100\r\nHost: 127.0.0.1:PORT\r\n\r\n{",
      patience: 10)
    #expect(reply.isClosed)
    try await expectWell(server)
  }

  @Test("bodies that are too large are refused before, or as soon as, they are")
  func bodies() async throws {
    let server = try await RawServer()
    let path = "POST /api/2.0/mlflow/runs/create HTTP/1.1\r\nContent-Type: application/json\r\n"
    for length in [
      "10737418240", "9223372036854775807", "9223372036854775808", "99999999999999999999",
    ] {
      let reply = await server.send(path + "Content-Length: \(length)\r\n" + Self.end + "{}")
      #expect(reply.isClosed)
      #expect(reply.status == 413 || reply.status == 400 || reply.status == nil)
    }
    let chunk = "10000\r\n" + String(repeating: " ", count: 65536) + "\r\n"
    let reply = await server.send(
      path + "Transfer-Encoding: chunked\r\n" + Self.end + String(repeating: chunk, count: 200))
    #expect(reply.status == 413 || reply.status == nil && reply.isClosed)
    try await expectWell(server)
  }

  @Test("JSON of every wrong kind is 400")
  func json() async throws {
    let server = try await RawServer()
    let bodies: [String] = [
      "[]", "[1,2]", "1", "true", "\"text\"", "{", "{\"experiment_id\":", "nul", "\u{FEFF}{}",
      "{}{}",
      String(repeating: "[", count: 100_000), String(repeating: "{\"a\":", count: 100_000),
      "{\"experiment_id\": \"\\u0000\"}", "{\"experiment_id\": [\"0\"]}", "{\"experiment_id\": {}}",
      "{\"experiment_id\": \"9223372036854775808\"}", "{\"experiment_id\": 1e400}",
      "{\"experiment_id\": \"0' OR 1=1 --\"}", "{\"experiment_id\": \"\\ud800\"}",
      "{\"experiment_id\": \"99\", \"start_time\": 1e999}",
      "{\"experiment_id\": \"99\", \"tags\": {}}",
      "{\"experiment_id\": \"99\", \"tags\": [[[]]]}",
      "{\"experiment_id\": \"x\", \"experiment_id\": \"y\"}",
      "{\"experiment_id\": \"99\", \"tags\": [{\"key\": \"\\u0000\", \"value\": \"v\"}]}",
    ]
    for body in bodies {
      for path in [
        "runs/create", "experiments/create", "runs/log-batch", "runs/search", "experiments/search",
      ] {
        let reply = await server.send(
          "POST /api/2.0/mlflow/\(path) HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
            + Self.end + body)
        let status = try #require(reply.status, "\(path) \(body.prefix(50))")
        // What is no JSON is an empty request, as in MLflow: enough for a search, and for a run.
        #expect(
          status == 200 && (path.hasSuffix("search") || path == "runs/create")
            || (400..<500).contains(status),
          "\(path) \(body.prefix(60)): \(status)")
      }
    }
    try await expectWell(server)
  }

  @Test("traversal in every spelling reaches nothing, by no method")
  func traversal() async throws {
    let server = try await RawServer()
    try server.folder.write("secret", to: "secret.txt")
    let targets = [
      "../secret.txt", "..%2fsecret.txt", "%2e%2e/secret.txt", "%2e%2e%2fsecret.txt",
      "%252e%252e%252fsecret.txt", "..%252fsecret.txt", "a/../../secret.txt", "..%5csecret.txt",
      "..\\secret.txt", "/etc/passwd", "//etc/passwd", "%2fetc/passwd", "0/..%2f..%2fsecret.txt",
      "..%00/secret.txt", "secret.txt%00.png", "%c0%ae%c0%ae/secret.txt", "..;/secret.txt",
      "....//secret.txt", "file:///etc/passwd", "file:%2f%2f%2fetc/passwd", "C:/secret.txt",
      "C%3a%5csecret.txt",
      "0/x%23/../../secret.txt", "0/x%3f/../../secret.txt", "./%2e/%2e%2e/secret.txt",
      "..%e2%88%95secret.txt",
      "%ff%fe", "..%c1%9csecret.txt", ".%2e/records.db", "%2e./access.db", "../records.db",
      "../access.db",
    ]
    for target in targets {
      for method in ["GET", "PUT", "DELETE"] {
        let reply = await server.send(
          "\(method) /api/2.0/mlflow-artifacts/artifacts/\(target) HTTP/1.1\r\nContent-Length: 4\r\n"
            + Self.end + "evil")
        let status = reply.status ?? 400
        #expect(
          (400..<500).contains(status) || method != "GET" && status == 200,
          "\(method) \(target): \(status)")
        #expect(!reply.text.contains("secret\n") && !reply.text.contains("root:"))
      }
      for path in [
        "/get-artifact?run_id=\(String(repeating: "0", count: 32))&path=\(target)",
        "/api/2.0/mlflow-artifacts/artifacts?path=\(target)",
        "/api/2.0/mlflow/artifacts/list?run_id=x&path=\(target)", "/assets/\(target)",
        "/static-files/\(target)",
      ] {
        let reply = await server.send("GET \(path) HTTP/1.1\r\n" + Self.end)
        let status = reply.status ?? 400
        #expect(
          (400..<500).contains(status) || status == 200 && reply.text.contains("{}"),
          "\(path): \(status)")
      }
    }
    #expect(try server.folder.read("secret.txt") == "secret")
    #expect(try !FileSystem.names(in: server.folder.path).contains { $0.contains("evil") })
    try await expectWell(server)
  }

  @Test(
    "SQL in filters and orders is text, or refused",
    arguments: [
      "name = 'x' OR 1=1", "name = 'x'; DROP TABLE runs", "metrics.a > 1 UNION SELECT 1",
      "params.a = '' OR ''=''", "tags.`a` = 'x' --", "name LIKE '%' ESCAPE 'x'",
      "attributes.x = (SELECT 1)",
      "metrics.`x` > 1e999", "params.a = 'a\u{0}b'", "((((((", "metrics. > 1",
      String(repeating: "metrics.a > 1 AND ", count: 2000) + "metrics.a > 1",
    ])
  func sql(_ filter: String) async throws {
    let server = try await RawServer()
    let text = "\"" + filter.replacing("\\", with: "\\\\").replacing("\0", with: "\\u0000") + "\""
    for body in [
      "{\"experiment_ids\": [\"0\"], \"filter\": \(text)}",
      "{\"experiment_ids\": [\"0\"], \"order_by\": [\(text)]}",
      "{\"experiment_ids\": [\(text)]}", "{\"experiment_ids\": [\"0\"], \"page_token\": \(text)}",
    ] {
      let reply = await server.send(
        "POST /api/2.0/mlflow/runs/search HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
          + Self.end + body)
      let status = try #require(reply.status)
      #expect(status == 200 || (400..<500).contains(status), "\(filter.prefix(60)): \(status)")
    }
    try await expectWell(server)
  }

  @Test(
    "other sites' pages change nothing, on any route",
    arguments: [
      ("POST", "/graphql"), ("POST", "/api/2.0/mlflow/runs/create"),
      ("POST", "/ajax-api/2.0/mlflow/runs/create"),
      ("PUT", "/api/2.0/mlflow-artifacts/artifacts/0/a"),
      ("DELETE", "/api/2.0/mlflow-artifacts/artifacts/0/a"),
      ("POST", "/ajax-api/2.0/mlflow/upload-artifact?run_uuid=x&path=a"), ("PATCH", "/nowhere"),
    ])
  func origins(_ method: String, _ path: String) async throws {
    let server = try await RawServer()
    for field in [
      "Origin: http://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site",
      "Origin: http://127.0.0.1:1",
    ] {
      let reply = await server.send(
        "\(method) \(path) HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\(field)\r\n"
          + Self.end + "{}")
      #expect(reply.status == 403, "\(field)")
    }
    try await expectWell(server)
  }

  @Test("a flood is slowed down with 429, and others are served")
  func flood() async throws {
    let server = try await RawServer { $0.requestRate = 20 }
    let request = "GET /version HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n"
    let reply = await server.send(
      String(repeating: request, count: 200) + "GET /version HTTP/1.1\r\n" + Self.end)
    let statuses = reply.text.split(separator: "HTTP/1.1 ").compactMap { Int($0.prefix(3)) }
    #expect(statuses.count == 201)
    #expect(Set(statuses) == [200, 429])
    #expect(statuses.prefix(40).allSatisfy { $0 == 200 } && statuses.count { $0 == 429 } > 100)
    #expect(reply.text.contains("Retry-After: 1") || reply.text.contains("retry-after: 1"))
    try await server.stop()
  }
}
