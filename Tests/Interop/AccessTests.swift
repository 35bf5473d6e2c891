import Formats
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import Platform
import Records
import Server
import Support
import Testing

private typealias HTTPRequest = HTTPTypes.HTTPRequest

@Suite("Users and permissions beside MLflow's basic-auth") struct AccessTests {
  @Test("users, grants and roles: the same requests get the same answers")
  func users() async throws {
    var steps = AccessSteps()
    steps.users()
    steps.grants()
    steps.roles()
    #expect(try await compare(steps) > 200)
  }

  @Test("what may be done with others' experiments, runs and artifacts, by every grant")
  func experiments() async throws {
    var steps = AccessSteps()
    steps.accounts()
    steps.experiments()
    #expect(try await compare(steps) > 1000)
  }

  @Test("what may be done with others' registered models and prompts, by every grant")
  func registry() async throws {
    var steps = AccessSteps()
    steps.accounts()
    steps.registry()
    #expect(try await compare(steps) > 700)
  }

  @Test("lists with items of every wrong kind are refused as MLflow refuses them")
  func lists() async throws {
    var steps = AccessSteps()
    steps.lists()
    #expect(try await compare(steps) > 200)
  }

  @Test("every endpoint has the rule that MLflow's check of its path makes")
  func rules() throws {
    let folder = try TemporaryFolder()
    let theirs = try Peer.run(AccessPeer.rules, in: folder)
    for endpoint in TrackingAPI.endpoints {
      let path = endpoint.path.replacing("{model_id}", with: "{}").replacing(
        "{tag_key}", with: "{}")
      let checks = ["/api", "/ajax-api"].compactMap { prefix in
        theirs["\(endpoint.method.rawValue) \(prefix)/\(endpoint.version)/mlflow/\(path)"]?.string
      }
      #expect(!checks.isEmpty, "MLflow has no \(endpoint.method) \(path)")
      for check in checks {
        #expect(
          AccessChecks.rules[check] == AccessChecks.words(endpoint.access), "\(check) \(path)")
      }
    }
  }

  /// Asks both servers, and expects the same; returns how many requests there were.
  private func compare(_ steps: AccessSteps) async throws -> Int {
    let folder = try TemporaryFolder()
    try folder.write(JSONValue.array(steps.steps).text(), to: "request.json")
    let theirs = try #require(try Peer.run(AccessPeer.script, in: folder).array)
    let ours = try await AccessServer().answers(steps.steps)
    try #require(theirs.count == ours.count)
    var grants = ""
    for (index, step) in steps.steps.enumerated() {
      let path = step["path"]?.string ?? ""
      let shown = """
        \(index): \(step["user"]?.string ?? "") \(step["method"]?.string ?? "") \(path) \
        \(step["query"]?.string ?? "") \(step["body"]?.text() ?? "")
        """
      if path.hasSuffix("permissions/grant") { grants += "\n" + (step["body"]?.text() ?? "") }
      if path.hasSuffix("permissions/revoke") { grants = "" }
      let (mine, other) = (ours[index], theirs[index])
      if steps.sameness[index] == .allowed {
        #expect(
          (mine.status == 403) == (other["status"]?.int == 403), "\(shown)\ngranted:\(grants)")
        continue
      }
      if steps.sameness[index] == .refusal, other["status"] == 500 {
        #expect((400..<500).contains(mine.status), "\(shown)")
        continue
      }
      #expect(
        mine.status == other["status"]?.int,
        "\(shown)\n\(mine.json.text())\n\(other.text())\ngranted:\(grants)")
      guard mine.status == other["status"]?.int else { continue }
      let json = other["json"] ?? .null
      switch steps.sameness[index] {
      case .all: #expect(AccessServer.plain(mine.json) == AccessServer.plain(json), "\(shown)")
      case .refusal where mine.status >= 400:
        #expect(AccessServer.plain(mine.json) == AccessServer.plain(json), "\(shown)")
      case .names where mine.status == 200:
        #expect(
          AccessServer.names(mine.json) == AccessServer.names(json),
          "\(shown)\ngranted:\(grants)")
      default: continue
      }
    }
    return steps.steps.count
  }
}

/// Our server, without sockets.
private struct AccessServer {
  private let folder: TemporaryFolder
  private let server: TrackingServer

  init() throws {
    folder = try TemporaryFolder()
    let users = try AccessStore(in: folder.path)
    try users.createUser("admin", password: "a long enough password", isAdmin: true)
    server = try TrackingServer(
      store: RecordStore(in: folder.path), on: .init(host: "127.0.0.1", port: 5000),
      safety: ServerSafety(users: users), logger: Logger(label: "test"))
    server.expectPort(5000)
  }

  func answers(_ steps: [JSONValue]) async throws -> [(status: Int64, json: JSONValue)] {
    var saved: [(String, String)] = []
    func fill(_ text: String) -> String {
      saved.reduce(text) { $0.replacing("$" + $1.0, with: $1.1) }
    }
    var answers: [(status: Int64, json: JSONValue)] = []
    for step in steps {
      var headers: HTTPFields = [.contentType: "application/json"]
      if let user = step["user"]?.string, !user.isEmpty {
        let word = "\(user):\(step["password"]?.string ?? "a long enough password")"
        headers[.authorization] = "Basic " + Base64.encode(Array(word.utf8))
      }
      let body = step["body"].flatMap { $0 == .null ? nil : fill($0.text()) } ?? ""
      let answer = await server.answer(
        ServerRequest(
          try #require(HTTPRequest.Method(step["method"]?.string ?? "")),
          fill(step["path"]?.string ?? ""),
          query: QueryFields(parsing: fill(step["query"]?.string ?? "")[...]), headers: headers,
          body: RequestBody(buffer: ByteBuffer(string: body)), authority: "127.0.0.1:5000"))
      var json = JSONValue.null
      if case .bytes(let bytes) = answer.body { json = (try? JSONValue(parsing: bytes)) ?? .null }
      if let path = step["save"]?.array?.compactMap(\.string), let name = path.first {
        let value = path.dropFirst().reduce(json) { $0[$1] ?? .null }
        saved.removeAll { $0.0 == name }
        saved.append((name, value.string ?? value.text()))
      }
      answers.append((Int64(answer.status.code), json))
    }
    return answers
  }

  /// The places of all members, whatever is in them.
  static func names(_ json: JSONValue) -> Set<String> {
    var found: Set<String> = []
    func walk(_ json: JSONValue, _ place: String) {
      for item in json.array ?? [] { walk(item, place) }
      for member in json.members ?? [] {
        // What a listing of none is called, or whether a text that is empty stands there, is nobody's secret.
        if member.value.array?.isEmpty == true || member.value.string?.isEmpty == true { continue }
        // There is one workspace here, which nothing names; and MLflow's search does not load these.
        if member.key == "workspace" || place + member.key == "/runs/inputsmodel_inputs" {
          continue
        }
        found.insert("\(place)/\(member.key)")
        walk(member.value, "\(place)/\(member.key)")
      }
    }
    walk(json, "")
    return found
  }

  /// An answer without what differs for good reasons: the database's own words, the codes of SQL states, what clients of
  /// MLflow 2 read beside, the numbers of grants, which MLflow's database gives anew; roles in their order; and refusals
  /// as texts, which MLflow's app sends without JSON.
  static func plain(_ json: JSONValue) -> String {
    if let code = json["error_code"]?.string, let message = json["message"]?.string {
      if code == "PERMISSION_DENIED" { return message }
      return "\(code): "
        + (message.firstRange(of: " Error: ").map { String(message[..<$0.lowerBound]) } ?? message)
    }
    if let text = json.string { return text }
    func strip(_ json: JSONValue) -> JSONValue {
      switch json {
      case .array(let items):
        .array(
          items.map(strip).sorted { ($0["id"]?.int ?? 0) < ($1["id"]?.int ?? 0) })
      case .object(let members):
        .object(
          members.filter {
            !["experiment_permissions", "registered_model_permissions"].contains($0.key)
              && !($0.key == "id" && json["resource_pattern"] != nil)
          }
          .map { .init($0.key, strip($0.value)) })
      default: json
      }
    }
    return strip(json).text(sortingKeys: true)
  }
}
