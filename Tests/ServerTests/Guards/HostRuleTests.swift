import HTTPTypes
import Server
import Testing

@Suite("Which host a request may name") struct HostRuleTests {
  private let rule = HostRule(
    port: 5000, more: ["MLflow.example.org", "10.0.0.7:8080", "[fd00::1]:5000"])

  private func status(_ path: String, _ authority: String?, second: String? = nil) -> Int {
    var request = ServerRequest(.get, path, authority: authority)
    if let second { request.headers[HTTPField.Name("Host")!] = second }
    do { try rule.check(&request) } catch { return error.status }
    return 200
  }

  @Test(
    "the loopback names with the server's port and names that a user gave pass",
    arguments: [
      "localhost:5000", "LOCALHOST:5000", "127.0.0.1:5000", "[::1]:5000", "mlflow.example.org",
      "MLFLOW.example.org:5000", "10.0.0.7:8080", "[fd00::1]:5000",
    ])
  func allowed(_ authority: String) { #expect(status("/", authority) == 200) }

  @Test(
    "everything else is refused: other ports, private ranges, names that begin or end alike",
    arguments: [
      "localhost", "localhost:5001", "localhost:80", "127.0.0.1",
      "127.0.0.2:5000",
      "127.1:5000", "2130706433:5000", "0.0.0.0:5000", "10.evil.example:5000", "192.168.1.1:5000",
      "10.0.0.7", "10.0.0.7:5000", "evil.example", "mlflow.example.org.evil.example",
      "xmlflow.example.org", "mlflow.example.org:5001", "localhost.evil.example:5000", "[::]:5000",
      "[::ffff:127.0.0.1]:5000", "[fd00::1]",
    ])
  func refused(_ authority: String) { #expect(status("/", authority) == 403) }

  @Test(
    "what is no host is malformed",
    arguments: [
      nil, "", "localhost:", "localhost:5000:5000", "user@localhost:5000", "localhost:5000/",
      "local host:5000", "localhost:+5000", "localhost:99999999999999999999", ":5000", "[::1:5000",
      "*", "*.example.org", "localhost:5000,evil.example", "::1", "a..b", "localhost.:5000",
      "localhost\u{0}:5000",
    ] as [String?])
  func malformed(_ authority: String?) { #expect(status("/", authority) == 400) }

  @Test("two Host headers are refused, also the same one twice")
  func two() {
    #expect(status("/", "localhost:5000", second: "evil.example") == 400)
    #expect(status("/", "localhost:5000", second: "localhost:5000") == 400)
    #expect(status("/health", "localhost:5000", second: "localhost:5000") == 400)
  }

  @Test("health is open to probes that know no name")
  func health() {
    #expect(status("/health", "10.1.2.3:5000") == 200)
    #expect(status("/health/../api", "10.1.2.3:5000") == 403)
    #expect(status("/healthy", "10.1.2.3:5000") == 403)
  }

  @Test(
    "an absolute target must name the host of the head",
    arguments: [
      ("http://localhost:5000/version", "/version"), ("HTTPS://LOCALHOST:5000", "/"),
      ("http://evil.example/version", nil), ("http://localhost:5000@evil.example/", nil),
      ("http://localhost:5001/", nil), ("ftp://localhost:5000/", nil), ("*", nil), ("", nil),
      ("localhost:5000", nil), ("version", nil), ("http:/localhost:5000/", nil),
    ] as [(String, String?)])
  func absolute(_ target: String, _ path: String?) {
    var request = ServerRequest(.get, target, authority: "localhost:5000")
    let passes = (try? rule.check(&request)) != nil
    #expect((passes ? request.path : nil) == path)
  }

  @Test("the port of the scheme may be left out")
  func port80() {
    let rule = HostRule(port: 80, address: "192.0.2.7")
    #expect(rule.allows("localhost") && rule.allows("192.0.2.7") && rule.allows("192.0.2.7:80"))
    #expect(HostRule(port: 1, address: "fd00::2").allows("[fd00::2]:1"))
  }

  @Test(
    "patterns are no hosts",
    arguments: [
      ("example.org", true), ("example.org:80", true), ("[::1]:80", true), ("*", false),
      ("10.*", false), ("10.0.0.0/8", false), ("http://example.org", false), ("", false),
    ])
  func isHost(_ text: String, _ expected: Bool) { #expect(HostRule.isHost(text) == expected) }
}
