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

@Suite("Users and permissions beside MLflow's basic-auth") struct AccessTests {
  @Test("the same requests get the same answers")
  func same() async throws {
    var steps = AccessSteps()
    steps.users()
    steps.grants()
    steps.roles()
    steps.work()
    let folder = try TemporaryFolder()
    try folder.write(JSONValue.array(steps.steps).text(), to: "request.json")
    let theirs = try #require(try Peer.run(AccessPeer.script, in: folder).array)
    let ours = try await AccessServer().answers(steps.steps)
    try #require(theirs.count == ours.count && ours.count > 400)
    for (index, step) in steps.steps.enumerated() {
      let shown =
        "\(index): \(step["user"]?.string ?? "") \(step["method"]?.string ?? "") \(step["path"]?.string ?? "") \(step["query"]?.string ?? "") \(step["body"]?.text() ?? "")"
      #expect(
        ours[index].status == theirs[index]["status"]?.int,
        "\(shown)\n\(ours[index].json.text())\n\(theirs[index].text())")
      if steps.sameness[index] == .all, ours[index].status == theirs[index]["status"]?.int {
        #expect(
          AccessServer.plain(ours[index].json)
            == AccessServer.plain(theirs[index]["json"] ?? .null), "\(shown)")
      }
    }
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
        saved.append((name, value.string ?? value.text()))
      }
      answers.append((Int64(answer.status.code), json))
    }
    return answers
  }

  /// An answer without what differs for good reasons: the database's own words, the codes of SQL states, what clients of
  /// MLflow 2 read beside; and refusals as texts, which MLflow's app sends without JSON.
  static func plain(_ json: JSONValue) -> String {
    if let code = json["error_code"]?.string, let message = json["message"]?.string {
      if code == "PERMISSION_DENIED" { return message }
      return "\(code): "
        + (message.firstRange(of: " Error: ").map { String(message[..<$0.lowerBound]) } ?? message)
    }
    if let text = json.string { return text }
    func strip(_ json: JSONValue) -> JSONValue {
      switch json {
      case .array(let items): .array(items.map(strip))
      case .object(let members):
        .object(
          members.filter {
            !["experiment_permissions", "registered_model_permissions"].contains($0.key)
          }
          .map { .init($0.key, strip($0.value)) })
      default: json
      }
    }
    return strip(json).text(sortingKeys: true)
  }
}
