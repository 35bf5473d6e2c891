import Formats
import HTTPTypes
import Records
import Server
import Support
import Testing

@Suite("Who may do what in the registry of a server with users") struct RegistryAccessTests {
  private func grant(_ office: Office, _ kind: String, _ id: String, _ level: String) throws {
    try office.users.grant(AccessSubject(kind, id), level, to: "bo")
  }

  /// A model `m` with one version that a run of ana's made.
  private func world(_ office: Office) async throws -> (run: String, model: String) {
    let id = try await office.experiment(of: "ana", "mine")
    let (_, made) = try await office.post("ana", "runs/create", ["experiment_id": .string(id)])
    let run = try #require(made["run"]?["info"]?["run_id"]?.string)
    let (_, logged) = try await office.post(
      "ana", "logged-models",
      ["experiment_id": .string(id), "name": "l", "source_run_id": .string(run)])
    let model = try #require(logged["model"]?["info"]?["model_id"]?.string)
    for (path, body) in [
      ("registered-models/create", ["name": "m"]),
      (
        "model-versions/create",
        ["name": "m", "source": .string("runs:/\(run)/a"), "run_id": .string(run)]
      ), ("registered-models/create", ["name": "bo's"]),
    ] as [(String, JSONValue)] { try #require(try await office.post("ana", path, body).0 == 200) }
    try grant(office, "registered_model", "bo's", "EDIT")
    return (run, model)
  }

  @Test("a version is made only of what its maker may read, named in any way")
  func sources() async throws {
    let office = try Office(defaultLevel: .none)
    let (run, model) = try await world(office)
    func make(_ body: JSONValue) async throws -> Int {
      let members = [JSONValue.Member("name", "bo's")] + (body.members ?? [])
      return try await office.post("bo", "model-versions/create", .object(members)).0
    }
    for source: JSONValue in [
      ["source": .string("runs:/\(run)/a"), "run_id": .string(run)],
      ["source": .string("models:/\(model)"), "model_id": .string(model)],
      ["source": "s3://bucket/x", "run_id": .string(run)],
      ["source": "s3://bucket/x", "runId": .string(run)],
      ["source": "s3://bucket/x", "modelId": .string(model)],
      ["source": "s3://bucket/x", "run_id": ""], ["source": "s3://bucket/x", "model_id": ""],
      ["source": "models:/m/1"], ["source": "MODELS:/m/1"], ["source": "models:/m/latest"],
      ["source": "models:/m@a"], ["source": "models:/none/1"], ["source": "models:/m-none"],
      ["source": "s3://bucket/x", "run_id": .string(String(repeating: "0", count: 32))],
    ] { #expect(try await make(source) == 403, "\(source.text())") }
    #expect(try await make(["source": "s3://bucket/x"]) == 200)
    try grant(office, "registered_model", "m", "READ")
    #expect(try await make(["source": "models:/m/1"]) == 200)
    // What a version's files are is found out by neither way.
    #expect(
      try await make(["source": .string("runs:/\(run)/a"), "run_id": .string(run)]) == 403)
  }

  @Test("what takes something away needs MANAGE, what is denied below a model is not done to it")
  func deleting() async throws {
    let office = try Office()
    _ = try await world(office)
    try grant(office, "registered_model", "m", "EDIT")
    let alias: JSONValue = ["name": "m", "alias": "a", "version": "1"]
    let tag: JSONValue = ["name": "m", "version": "1", "key": "k", "value": "v"]
    func ask(_ method: HTTPTypes.HTTPRequest.Method, _ path: String, _ body: JSONValue) async throws
      -> Int
    { try await office.ask("bo", method, "/api/2.0/mlflow/" + path, body).status }
    let all: [(HTTPTypes.HTTPRequest.Method, String, JSONValue)] = [
      (.post, "registered-models/alias", alias), (.post, "model-versions/set-tag", tag),
      (.delete, "registered-models/alias", alias), (.delete, "model-versions/delete-tag", tag),
      (.delete, "model-versions/delete", tag), (.delete, "registered-models/delete", ["name": "m"]),
    ]
    var statuses: [Int] = []
    for (method, path, body) in all { statuses.append(try await ask(method, path, body)) }
    #expect(statuses == [200, 200, 403, 403, 403, 403])
    try office.users.revoke(AccessSubject("registered_model", "m"), from: "bo")
    try grant(office, "registered_model", "m", "MANAGE")
    try grant(office, "registered_model_version", "*", "DENY")
    for (method, path, body) in all { #expect(try await ask(method, path, body) == 403, "\(path)") }
    try office.users.revoke(AccessSubject("registered_model_version", "*"), from: "bo")
    for (method, path, body) in all { #expect(try await ask(method, path, body) == 200, "\(path)") }
  }

  @Test("answers name no runs and models to somebody who is denied those")
  func withholding() async throws {
    let office = try Office()
    let (run, model) = try await world(office)
    func text(_ path: String, _ query: String) async throws -> String {
      let answer = try await office.ask("bo", .get, "/api/2.0/mlflow/" + path, query: query)
      try #require(answer.status == 200)
      return answer.json.text()
    }
    let version = ("model-versions/get", "name=m&version=1")
    #expect(try await text(version.0, version.1).contains("\"run_id\""))
    #expect(try await text("logged-models/\(model)", "").contains("source_run_id"))
    try grant(office, "run", "*", "DENY")
    #expect(try await !text(version.0, version.1).contains("\"run_id\""))
    #expect(try await !text("logged-models/\(model)", "").contains(run))
    #expect(try await !text("registered-models/get", "name=m").contains("\"run_id\""))
    let search = "filter=run_id%3D'\(run)'"
    let found = try await office.ask(
      "bo", .get, "/api/2.0/mlflow/model-versions/search", query: search)
    #expect(found.status == 403)
    try grant(office, "registered_model_version", "*", "DENY")
    #expect(try await !text("registered-models/get", "name=m").contains("latest_versions"))
  }

  @Test("prompts have grants of their own, and who makes one manages it")
  func prompts() async throws {
    let office = try Office(defaultLevel: .none)
    let tags: JSONValue = [["key": "mlflow.prompt.is_prompt", "value": "true"]]
    #expect(
      try await office.post("ana", "registered-models/create", ["name": "p", "tags": tags]).0 == 200
    )
    func status(_ user: String) async throws -> Int {
      try await office.ask(user, .get, "/api/2.0/mlflow/registered-models/get", query: "name=p")
        .status
    }
    #expect(try await status("ana") == 200)
    try grant(office, "registered_model", "p", "MANAGE")
    #expect(try await status("bo") == 403)
    try grant(office, "prompt", "p", "READ")
    #expect(try await status("bo") == 200)
    // A mark in a request does not make a model a prompt.
    _ = try await office.post("ana", "registered-models/create", ["name": "m"])
    try grant(office, "prompt", "m", "MANAGE")
    let body: JSONValue = ["name": "m", "source": "dummy-source", "tags": tags]
    #expect(try await office.post("bo", "model-versions/create", body).0 == 403)
  }

  @Test("who is not signed in is told what the server is, and nothing more")
  func open() async throws {
    let office = try Office(defaultLevel: .none)
    for prefix in ["/api", "/ajax-api"] {
      let info = try await office.ask(nil, .get, prefix + "/3.0/mlflow/server-info")
      #expect(info.status == 200 && info.json["store_type"] == "SqlStore")
      #expect(try await office.ask(nil, .post, prefix + "/3.0/mlflow/server-info").status == 405)
      #expect(try await office.ask(nil, .get, prefix + "/3.0/mlflow/ui-telemetry").status == 401)
      #expect(try await office.ask(nil, .get, prefix + "/2.0/mlflow/gateway-proxy").status == 401)
    }
    let proxy = try await office.ask("bo", .get, "/ajax-api/2.0/mlflow/gateway-proxy")
    #expect(proxy.status == 200 && proxy.json == ["endpoints": []])
  }
}
