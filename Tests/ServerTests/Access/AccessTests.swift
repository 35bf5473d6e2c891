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

@Suite("Who may do what on a server with users") struct AccessTests {
  @Test("without a user there is 401 with a challenge, on every path but those that are nobody's")
  func unauthenticated() async throws {
    let office = try Office()
    for path in [
      "/", "/api/2.0/mlflow/experiments/search", "/graphql", "/get-artifact", "/nowhere",
      "/version",
      "/api/2.0/mlflow-artifacts/artifacts/0/x", "/assets/page.css", "/api/2.0/mlflow/users/list",
      "/health/x", "//health", "/health%2f", "/HEALTH", "/metrics",
    ] {
      let answer = try await office.ask(nil, .get, path)
      #expect(answer.status == 401, "\(path)")
      #expect(answer.headers[.wwwAuthenticate] == "Basic realm=\"mlflow\"")
    }
    #expect(try await office.ask(nil, .get, "/health").status == 200)
    for (user, password) in [("ana", "wrong password here"), ("nobody", Office.password), ("", "")]
    {
      #expect(try await office.ask(user, .get, "/", password: password).status == 401)
    }
    let failed = try office.users.audit(newest: 10)
    #expect(failed.map(\.action) == Array(repeating: "sign-in", count: 3))
    #expect(failed.map(\.user) == ["", "nobody", "ana"])
  }

  @Test("who guesses passwords is told to wait; who signed in before is not shut out")
  func guessing() async throws {
    let office = try Office()
    #expect(try await office.ask("ana", .get, "/version").status == 200)
    var statuses: [Int] = []
    for index in 0..<20 {
      let answer = try await office.ask("ana", .get, "/version", password: "guess number \(index)")
      statuses.append(answer.status)
      #expect((answer.headers[.retryAfter] != nil) == (answer.status == 429))
    }
    // Some are allowed again while the machine takes its time.
    #expect(statuses.prefix(10).allSatisfy { $0 == 401 } && statuses.contains(429))
    #expect(Set(statuses) == [401, 429])
    // The right password that is known needs no check; and others from there are not concerned.
    #expect(try await office.ask("ana", .get, "/version").status == 200)
    #expect(try await office.ask("bo", .get, "/version").status == 200)
  }

  @Test("a password that was changed is refused from then on, a deleted user too")
  func changed() async throws {
    let office = try Office()
    #expect(try await office.ask("ana", .get, "/version").status == 200)
    try office.users.updateUser("ana", password: "another long password")
    #expect(try await office.ask("ana", .get, "/version").status == 401)
    #expect(
      try await office.ask("ana", .get, "/version", password: "another long password").status == 200
    )
    try office.users.deleteUser("ana")
    #expect(
      try await office.ask("ana", .get, "/version", password: "another long password").status == 401
    )
  }

  @Test("who makes an experiment manages it; others read it by default, and no more")
  func creator() async throws {
    let office = try Office()
    let id = try await office.experiment(of: "ana", "mine")
    let update: JSONValue = ["experiment_id": .string(id), "new_name": "ours"]
    #expect(try await office.post("bo", "experiments/update", update).0 == 403)
    let run: JSONValue = ["experiment_id": .string(id)]
    #expect(try await office.post("bo", "runs/create", run).0 == 403)
    #expect(
      try await office.ask(
        "bo", .get, "/api/2.0/mlflow/experiments/get", query: "experiment_id=\(id)"
      )
      .status == 200)
    let (status, made) = try await office.post("ana", "runs/create", run)
    try #require(status == 200)
    let runID = try #require(made["run"]?["info"]?["run_id"]?.string)
    let tag: JSONValue = ["run_id": .string(runID), "key": "k", "value": "v"]
    #expect(try await office.post("bo", "runs/set-tag", tag).0 == 403)
    #expect(try await office.post("ana", "runs/set-tag", tag).0 == 200)
    #expect(try await office.post("bo", "runs/delete", ["run_id": .string(runID)]).0 == 403)
    #expect(try await office.post("admin", "experiments/update", update).0 == 200)
    let denied = try office.users.audit(newest: 10, user: "bo")
    #expect(Set(denied.map(\.outcome)) == ["denied"] && denied.count == 4)
  }

  @Test("artifacts belong to their experiment, by every way to them")
  func artifacts() async throws {
    let office = try Office(defaultLevel: .none)
    let id = try await office.experiment(of: "ana", "mine")
    let (_, made) = try await office.post("ana", "runs/create", ["experiment_id": .string(id)])
    let run = try #require(made["run"]?["info"]?["run_id"]?.string)
    let file = "/api/2.0/mlflow-artifacts/artifacts/\(id)/\(run)/artifacts/a.txt"
    #expect(try await office.ask("ana", .put, file, "text").status == 200)
    #expect(try await office.ask("ana", .get, file).status == 200)
    for (method, path, query) in [
      (.get, file, ""), (.put, file, ""), (.delete, file, ""),
      (.get, "/api/2.0/mlflow-artifacts/artifacts", "path=\(id)"),
      (.get, "/api/2.0/mlflow-artifacts/artifacts", ""),
      (.get, "/get-artifact", "run_id=\(run)&path=a.txt"),
      (.get, "/get-artifact", "run_uuid=\(run)&path=a.txt"),
      (.post, "/ajax-api/2.0/mlflow/upload-artifact", "run_uuid=\(run)&path=b.txt"),
      (.get, "/api/2.0/mlflow/artifacts/list", "run_id=\(run)"),
      (.put, "/api/2.0/mlflow-artifacts/artifacts/0\(id)/x", ""),
      (.put, "/ajax-api/2.0/mlflow-artifacts/artifacts/%30/x", ""),
      (.get, "/", ""), (.get, "/experiments/\(id)", ""), (.get, "/runs/\(run)", ""),
      (.get, "/compare", "runs=\(run)"),
    ] as [(HTTPTypes.HTTPRequest.Method, String, String)] {
      #expect(
        try await office.ask("bo", method, path, query: query).status == 403, "\(method) \(path)")
    }
    #expect(try await office.ask("ana", .get, "/runs/\(run)").status == 200)
    #expect(try await office.ask("ana", .get, file).status == 200)
  }

  @Test("searches leave out what may not be read, and fill their pages with what may")
  func searches() async throws {
    let office = try Office(defaultLevel: .none)
    for index in 0..<30 {
      _ = try await office.experiment(of: index % 3 == 0 ? "ana" : "bo", "e\(index)")
    }
    var found: [String] = []
    var token: String?
    repeat {
      var body: [(String, JSONValue)] = [("max_results", 4)]
      if let token { body.append(("page_token", .string(token))) }
      let (status, json) = try await office.post(
        "ana", "experiments/search", .object(body.map { .init($0.0, $0.1) }))
      try #require(status == 200)
      let page = json["experiments"]?.array ?? []
      token = json["next_page_token"]?.string
      #expect(token == nil ? page.count <= 4 : page.count == 4)
      found += page.compactMap { $0["name"]?.string }
    } while token != nil
    #expect(found == stride(from: 27, through: 0, by: -3).map { "e\($0)" })
    let (_, all) = try await office.post("admin", "experiments/search", ["max_results": 100])
    #expect(all["experiments"]?.array?.count == 31)
  }

  @Test("runs are found in readable experiments only; others count as empty")
  func runs() async throws {
    let office = try Office(defaultLevel: .none)
    let (mine, theirs) = (
      try await office.experiment(of: "ana", "mine"),
      try await office.experiment(of: "bo", "theirs")
    )
    _ = try await office.post("ana", "runs/create", ["experiment_id": .string(mine)])
    _ = try await office.post("bo", "runs/create", ["experiment_id": .string(theirs)])
    let both: JSONValue = ["experiment_ids": [.string(mine), .string(theirs)]]
    #expect(try await office.post("ana", "runs/search", both).1["runs"]?.array?.count == 1)
    #expect(try await office.post("admin", "runs/search", both).1["runs"]?.array?.count == 2)
    let (status, none) = try await office.post(
      "ana", "runs/search", ["experiment_ids": [.string(theirs)]])
    #expect(status == 200 && none["runs"] == nil)
  }

  @Test("a token allows what its scope and its user allow, until it ends")
  func tokens() async throws {
    let office = try Office()
    let id = try await office.experiment(of: "ana", "mine")
    let read = try office.users.createToken("r", for: "ana", scope: .read, lifetime: 3_600_000).word
    let edit = try office.users.createToken("e", for: "ana", scope: .edit, lifetime: 3_600_000).word
    let admin = try office.users.createToken("a", for: "admin", scope: .edit, lifetime: 3_600_000)
      .word
    let old = try office.users.createToken("o", for: "ana", scope: .edit, lifetime: 1).word
    func status(
      _ token: String, _ method: HTTPTypes.HTTPRequest.Method, _ path: String,
      _ body: JSONValue? = nil
    )
      async throws -> Int
    { try await office.ask(nil, method, "/api/2.0/mlflow/" + path, body, token: token).status }
    let run: JSONValue = ["experiment_id": .string(id)]
    #expect(try await status(read, .post, "experiments/search", ["max_results": 1]) == 200)
    #expect(try await status(read, .post, "runs/create", run) == 403)
    #expect(try await status(read, .post, "experiments/create", ["name": "x"]) == 403)
    #expect(try await status(edit, .post, "runs/create", run) == 200)
    #expect(try await status(edit, .post, "experiments/delete", run) == 403)
    #expect(try await status(admin, .post, "runs/create", run) == 200)
    #expect(try await status(admin, .post, "experiments/delete", run) == 403)
    #expect(
      try await status(
        admin, .post, "users/create", ["username": "x", "password": "long enough, this"])
        == 403)
    #expect(
      try await status(admin, .patch, "users/update-admin", ["username": "bo", "is_admin": true])
        == 403)
    #expect(try await status(old, .post, "runs/create", run) == 401)
    #expect(try await status("rpt_made-up", .post, "runs/create", run) == 401)
  }

  @Test("every endpoint has a rule, and who has no permission gets nowhere by any of them")
  func everyEndpoint() async throws {
    let office = try Office(defaultLevel: .none)
    let id = try await office.experiment(of: "ana", "mine")
    let (_, made) = try await office.post("ana", "runs/create", ["experiment_id": .string(id)])
    let run = try #require(made["run"]?["info"]?["run_id"]?.string)
    _ = try await office.post("ana", "registered-models/create", ["name": "m"])
    let text: [(String, JSONValue)] = [
      ("experiment_id", .string(id)), ("experiment_name", "mine"), ("run_id", .string(run)),
      ("run_uuid", .string(run)), ("name", "m"), ("version", "1"), ("key", "k"), ("value", "1"),
      ("metric_key", "k"), ("alias", "a"), ("stage", "None"), ("new_name", "n"), ("timestamp", 1),
      ("username", "ana"), ("password", "long enough, this"), ("permission", "MANAGE"),
      ("resource_type", "experiment"), ("resource_id", .string(id)), ("resource_pattern", "*"),
      ("is_admin", true), ("role_id", 1), ("role_permission_id", 1), ("workspace", "default"),
      ("source", "models:/m/1"), ("archive_existing_versions", false), ("model_json", "{}"),
      ("models", []), ("datasets", []), ("metrics", []), ("max_results", 5), ("status", "FINISHED"),
    ]
    let lists: [(String, JSONValue)] = [
      ("run_ids", [.string(run)]), ("experiment_ids", [.string(id)]),
    ]
    let open = [
      "experiments/create", "experiments/search", "runs/search", "registered-models/create",
      "registered-models/search", "model-versions/search", "logged-models/search", "server-info",
      "ui-telemetry", "gateway-proxy", "users/current", "users/list", "users/current/permissions",
    ]
    var refused = 0
    for endpoint in TrackingAPI.endpoints + AccessEndpoints.all where !open.contains(endpoint.path)
    {
      let path = endpoint.path.replacing("{model_id}", with: "m-0").replacing(
        "{tag_key}", with: "k")
      let target = "/api/\(endpoint.version)/mlflow/\(path)"
      let method = try #require(HTTPTypes.HTTPRequest.Method(endpoint.method.rawValue))
      let query = (text + lists).map { name, value in
        "\(name)=\(value.string ?? value.array?.first?.string ?? value.text())"
      }.joined(separator: "&")
      let answer = try await office.ask(
        "bo", method, target,
        method == .get ? nil : .object((text + lists).map { .init($0.0, $0.1) }),
        query: method == .get ? query : "")
      #expect(
        answer.status == 403 || answer.status == 400 && endpoint.path.contains("permissions"),
        "\(method) \(target): \(answer.status) \(answer.json.text())")
      refused += 1
    }
    #expect(refused > 40)
  }
}
