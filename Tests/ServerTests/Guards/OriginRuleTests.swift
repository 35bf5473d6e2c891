import HTTPTypes
import Server
import Testing

@Suite("Whose pages may change something") struct OriginRuleTests {
  private static let changing: [HTTPRequest.Method] = [
    .post, .put, .patch, .delete, .trace, .connect, HTTPRequest.Method("MKCOL")!,
  ]
  private static let paths = [
    "/graphql", "/api/2.0/mlflow/runs/create", "/api/2.0/mlflow-artifacts/artifacts/0/a",
    "/ajax-api/2.0/mlflow/upload-artifact", "/", "/nowhere",
  ]

  private func passes(
    _ method: HTTPRequest.Method, _ path: String = "/graphql", origin: String? = nil,
    site: String? = nil, rule: OriginRule = OriginRule()
  ) -> Bool {
    var headers = HTTPFields()
    headers[.origin] = origin
    headers[HTTPField.Name("Sec-Fetch-Site")!] = site
    let request = ServerRequest(method, path, headers: headers, authority: "localhost:5000")
    do { try rule.check(request) } catch {
      #expect(error.status == 403)
      return false
    }
    return true
  }

  @Test("programs and the server's own pages may", arguments: changing)
  func own(_ method: HTTPRequest.Method) {
    #expect(passes(method))
    #expect(passes(method, origin: "http://localhost:5000", site: "same-origin"))
    #expect(passes(method, origin: "https://LOCALHOST:5000"))
    #expect(passes(method, site: "none"))
  }

  @Test("pages of others may not, on no route", arguments: changing, paths)
  func others(_ method: HTTPRequest.Method, _ path: String) {
    for origin in [
      "null", "http://evil.example", "http://localhost:5001", "http://localhost", "localhost:5000",
      "http://localhost:5000.evil.example", "http://evil.example/localhost:5000", "file://", "",
      "http://localhost:5000/", "http://localhost:5000, http://evil.example", "ws://localhost:5000",
    ] {
      #expect(!passes(method, path, origin: origin), "\(origin)")
    }
    for site in ["cross-site", "same-site", "", "Cross-Site", "same-origin, cross-site"] {
      #expect(!passes(method, path, site: site), "\(site)")
      #expect(!passes(method, path, origin: "http://localhost:5000", site: site), "\(site)")
    }
  }

  @Test("an origin that a user named may, and only that")
  func named() {
    let rule = OriginRule(more: ["https://Notebooks.example.org"])
    #expect(passes(.post, origin: "https://notebooks.example.org", site: "cross-site", rule: rule))
    #expect(!passes(.post, origin: "http://notebooks.example.org", site: "cross-site", rule: rule))
    #expect(!passes(.post, origin: "null", rule: rule))
  }

  @Test("two origins are none")
  func two() {
    var headers = HTTPFields()
    headers.append(HTTPField(name: .origin, value: "http://localhost:5000"))
    headers.append(HTTPField(name: .origin, value: "http://localhost:5000"))
    #expect(throws: APIError.self) {
      try OriginRule().check(
        ServerRequest(.post, "/", headers: headers, authority: "localhost:5000"))
    }
  }

  @Test("what only reads is not asked", arguments: [.get, .head, .options] as [HTTPRequest.Method])
  func safe(_ method: HTTPRequest.Method) {
    #expect(passes(method, origin: "http://evil.example", site: "cross-site"))
  }
}

@Suite("What the body of a JSON endpoint is called") struct ContentTypeRuleTests {
  @Test(
    "JSON with or without parameters, and nothing else",
    arguments: [
      ("application/json", true), ("Application/JSON; charset=utf-8", true),
      ("application/json ;charset=UTF-8", true), (" application/json", true), ("text/plain", false),
      ("application/x-www-form-urlencoded", false),
      ("multipart/form-data; a=application/json", false),
      ("text/plain; application/json", false), ("appli cation/json", false),
      ("application/json, text/plain", false), ("application/jsonp", false), (";", false),
    ])
  func types(_ type: String, _ expected: Bool) {
    #expect(ContentTypeRule.isJSON(type) == expected)
    #expect(((try? ContentTypeRule.checkJSON([.contentType: type])) != nil) == expected)
  }

  @Test("none is refused")
  func none() {
    #expect(throws: APIError.self) { try ContentTypeRule.checkJSON([:]) }
  }
}

@Suite("What browsers are told") struct SecurityHeadersTests {
  private let policy = HTTPField.Name("Content-Security-Policy")!

  @Test("every answer is guarded by its type; one that says its own policy keeps it")
  func policies() throws {
    var page = ServerAnswer("text/html; charset=utf-8", "<p>")
    var data = ServerAnswer("application/json", "{}")
    var own = ServerAnswer(
      .ok, headers: SecurityHeaders.artifact(named: "a.html"), body: .bytes([]))
    SecurityHeaders.complete(&page)
    SecurityHeaders.complete(&data)
    SecurityHeaders.complete(&own)
    #expect(page.headers[policy] == SecurityHeaders.page)
    #expect(data.headers[policy] == SecurityHeaders.data)
    #expect(own.headers[policy] == SecurityHeaders.artifact)
    for answer in [page, data, own] {
      #expect(answer.headers[.xContentTypeOptions] == "nosniff")
      #expect(answer.headers[HTTPField.Name("X-Frame-Options")!] == "DENY")
      #expect(answer.headers[HTTPField.Name("Cross-Origin-Resource-Policy")!] == "same-origin")
    }
    #expect(!SecurityHeaders.page.contains("unsafe"))
    #expect(SecurityHeaders.artifact.hasPrefix("sandbox;"))
  }

  @Test(
    "an artifact is saved under its name, whatever that is",
    arguments: [
      ("plot.html", "attachment; filename=\"plot.html\""),
      ("a b.svg", "attachment; filename=\"a b.svg\""),
      ("그림.svg", "attachment; filename*=UTF-8''%EA%B7%B8%EB%A6%BC.svg"),
      ("a\"; x=\"b", "attachment; filename*=UTF-8''a%22%3B%20x%3D%22b"),
      ("a\r\nSet-Cookie: x", "attachment; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20x"),
    ])
  func names(_ name: String, _ expected: String) {
    #expect(SecurityHeaders.disposition(name) == expected)
  }
}
