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

/// A server without sockets, with the users `admin`, `ana` and `bo`.
struct Office {
  let folder: TemporaryFolder
  let users: AccessStore
  let server: TrackingServer
  static let password = "a long enough password"

  init(defaultLevel: AccessLevel = .read) throws {
    folder = try TemporaryFolder()
    users = try AccessStore(in: folder.path, defaultLevel: defaultLevel)
    for name in ["admin", "ana", "bo"] {
      try users.createUser(name, password: Office.password, isAdmin: name == "admin")
    }
    server = try TrackingServer(
      store: RecordStore(in: folder.path), on: .init(host: "127.0.0.1", port: 5000),
      safety: ServerSafety(users: users), logger: Logger(label: "test"))
    server.expectPort(5000)
  }

  /// The status and the JSON of an answer.
  func ask(
    _ user: String?, _ method: HTTPTypes.HTTPRequest.Method, _ path: String,
    _ body: JSONValue? = nil,
    query: String = "", token: String? = nil, password: String = Office.password
  ) async throws -> (status: Int, json: JSONValue, headers: HTTPFields) {
    var headers: HTTPFields = [.contentType: "application/json"]
    if let user {
      headers[.authorization] = "Basic " + Base64.encode(Array("\(user):\(password)".utf8))
    }
    if let token { headers[.authorization] = "Bearer \(token)" }
    let bytes = body.map { ByteBuffer(bytes: $0.utf8()) } ?? ByteBuffer()
    let answer = await server.answer(
      ServerRequest(
        method, path, query: QueryFields(parsing: query[...]), headers: headers,
        body: RequestBody(buffer: bytes), authority: "127.0.0.1:5000", client: "192.0.2.1"))
    guard case .bytes(let sent) = answer.body else {
      return (answer.status.code, .null, answer.headers)
    }
    return (answer.status.code, (try? JSONValue(parsing: sent)) ?? .null, answer.headers)
  }

  func post(_ user: String?, _ path: String, _ body: JSONValue) async throws -> (Int, JSONValue) {
    let answer = try await ask(user, .post, "/api/2.0/mlflow/" + path, body)
    return (answer.status, answer.json)
  }

  func experiment(of user: String, _ name: String) async throws -> String {
    let (status, json) = try await post(user, "experiments/create", ["name": .string(name)])
    try #require(status == 200)
    return try #require(json["experiment_id"]?.string)
  }
}
