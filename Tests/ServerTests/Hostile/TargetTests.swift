import Server
import Testing

/// Targets that name a host, byte by byte: what is served is decided by one host, not by two.
@Suite("Hosts in the targets of requests", .serialized) struct TargetTests {
  @Test("a target that names another host than the head, or no path, is refused")
  func foreign() async throws {
    let server = try await RawServer()
    for target in [
      "http://evil.example/", "http://evil.example/health", "HTTP://EVIL.EXAMPLE/", "http://evil",
      "https://evil.example:PORT/api/2.0/mlflow/experiments/get?experiment_id=0",
      "http://127.0.0.1:PORT@evil.example/", "http://127.0.0.1:PORT.evil.example/",
      "http://evil.example#127.0.0.1:PORT/", "http://127.0.0.1/", "http:///version",
      "http://user@127.0.0.1:PORT/version", "ftp://127.0.0.1:PORT/version",
      "http:/version", "http:version", "evil:/version", "evil.example/version",
      "evil.example:80", "127.0.0.1:PORT", "127.0.0.1:PORT/version", "*", "?version",
      "javascript:alert(1)", "file:///etc/passwd", "mailto:a@b", "data:,version",
    ] {
      for method in ["GET", "POST", "OPTIONS"] {
        let reply = await server.send(
          "\(method) \(target) HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\n\r\n")
        #expect(reply.status == 400, "\(method) \(target): \(reply.status ?? 0)")
        #expect(!reply.text.contains("3.17") && !reply.text.contains("experiment"))
      }
    }
    let health = await server.send(
      "GET /health HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\n\r\n")
    #expect(health.status == 200)
    try await server.stop()
  }

  @Test("the name of the target does not stand in for one that is not allowed, nor the other way")
  func two() async throws {
    let server = try await RawServer()
    for (target, host, status) in [
      ("http://127.0.0.1:PORT/version", "evil.example", 400),
      ("http://evil.example/version", "evil.example", 403), ("/version", "evil.example", 403),
      ("//evil.example/version", "127.0.0.1:PORT", 404),
      // As proxies ask (RFC 9112, section 3.2.2).
      ("http://127.0.0.1:PORT/version", "127.0.0.1:PORT", 200),
      ("HTTP://LocalHost:PORT/version", "localhost:PORT", 200),
      (
        "http://127.0.0.1:PORT/api/2.0/mlflow/experiments/get?experiment_id=0", "127.0.0.1:PORT",
        200
      ), ("http://127.0.0.1:PORT?x=1", "127.0.0.1:PORT", 200),
      ("http://127.0.0.1:PORT", "127.0.0.1:PORT", 200),
    ] {
      let reply = await server.send(
        "GET \(target) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n")
      #expect(reply.status == status, "\(target) on \(host): \(reply.status ?? 0)")
    }
    // The second request of a connection is read as the first.
    let pair = await server.send(
      "GET /version HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n"
        + "GET http://evil.example/version HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\n\r\n"
    )
    let statuses = pair.text.split(separator: "HTTP/1.1 ").compactMap { Int($0.prefix(3)) }
    #expect(statuses == [200, 400])
    try await server.stop()
  }

  @Test("what monitors and MLflow's pages ask, by the methods that MLflow answers")
  func methods() async throws {
    let server = try await RawServer()
    for (method, path, status, text) in [
      ("GET", "/health", 200, "OK"), ("HEAD", "/health", 200, ""), ("GET", "/version", 200, "3."),
      ("POST", "/health", 405, "not allowed"), ("DELETE", "/health", 405, "not allowed"),
      ("PUT", "/version", 405, "not allowed"), ("POST", "/ping", 405, "not allowed"),
      (
        "GET", "/ajax-api/2.0/mlflow/gateway-proxy?gateway_path=api/2.0/endpoints/", 200,
        #""endpoints":[]"#
      ), ("PUT", "/ajax-api/2.0/mlflow/gateway-proxy", 405, "not allowed"),
    ] {
      let reply = await server.send(
        "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\n\r\n")
      #expect(reply.status == status, "\(method) \(path): \(reply.status ?? 0)")
      let body = reply.text.replacing(" ", with: "")
      #expect(body.contains(text.replacing(" ", with: "")), "\(method) \(path)")
      let allow = reply.text.contains("\r\nAllow: GET, HEAD")
      #expect(allow == (status == 405), "\(method) \(path)")
    }
    try await server.stop()
  }
}
