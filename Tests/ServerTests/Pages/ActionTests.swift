import Formats
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import Platform
import Records
import Support
import Testing

@testable import Server

private typealias HTTPRequest = HTTPTypes.HTTPRequest

/// A server without sockets, whose forms are sent as a browser sends them.
private struct Desk {
  let folder: TemporaryFolder
  let store: RecordStore
  let users: AccessStore?
  let server: TrackingServer
  let experiment: Experiment
  let run: Run
  static let password = "a long enough password"

  init(withUsers: Bool = false) throws {
    folder = try TemporaryFolder()
    users = withUsers ? try AccessStore(in: folder.path, defaultLevel: .read) : nil
    for name in ["admin", "ana"] where withUsers {
      try users?.createUser(name, password: Desk.password, isAdmin: name == "admin")
    }
    store = try RecordStore(in: folder.path)
    experiment = try store.createExperiment("first")
    run = try store.start(
      NewRun(experiment: experiment.id, name: "one", startTime: 1000, tags: [Tag("colour", "red")]))
    server = try TrackingServer(
      store: store, on: .init(host: "127.0.0.1", port: 5000),
      safety: ServerSafety(users: users), logger: Logger(label: "test"))
    server.expectPort(5000)
  }

  func send(
    _ method: HTTPTypes.HTTPRequest.Method, _ path: String, _ form: [(String, String)] = [],
    user: String? = nil, headers changed: HTTPFields? = nil
  ) async -> ServerAnswer {
    var headers: HTTPFields =
      changed ?? [
        .origin: "http://127.0.0.1:5000",
        .contentType: "application/x-www-form-urlencoded",
      ]
    if let user {
      headers[.authorization] = "Basic " + Base64.encode(Array("\(user):\(Desk.password)".utf8))
    }
    let body = Address.of("", form.map { (name: $0.0, value: $0.1) }).dropFirst()
    return await server.answer(
      ServerRequest(
        method, path, headers: headers,
        body: RequestBody(buffer: ByteBuffer(string: String(body))),
        authority: "127.0.0.1:5000", client: "192.0.2.1"))
  }

  func text(_ answer: ServerAnswer) -> String {
    guard case .bytes(let bytes) = answer.body else { return "" }
    return String(decoding: bytes, as: UTF8.self)
  }
}

@Suite("Forms of pages") struct ActionTests {
  @Test("a run is renamed, described, tagged, deleted and brought back") func run() async throws {
    let desk = try Desk()
    let path = "/runs/\(desk.run.id)"
    let edited = await desk.send(
      .post, path + "/edit",
      [
        ("name-was", "one"), ("name", "둘 & two"), ("note-was", ""), ("note", "line\r\n<b>next</b>"),
      ])
    #expect(edited.status == .seeOther && edited.headers[.location] == path)
    var run = try desk.store.run(desk.run.id)
    #expect(run.name == "둘 & two")
    #expect(run.tag("mlflow.note.content") == "line\n<b>next</b>")
    _ = await desk.send(.post, path + "/tag", [("key", "size"), ("value", "10+1 %")])
    _ = await desk.send(.post, path + "/untag", [("key", "colour")])
    _ = await desk.send(.post, path + "/delete")
    run = try desk.store.run(desk.run.id)
    #expect(run.tag("size") == "10+1 %" && run.tag("colour") == nil)
    #expect(run.lifecycle == .deleted)
    _ = await desk.send(.post, path + "/restore")
    #expect(try desk.store.run(desk.run.id).lifecycle == .active)
  }

  @Test("an experiment is renamed, described, deleted and brought back") func experiment()
    async throws
  {
    let desk = try Desk()
    let path = "/experiments/\(desk.experiment.id)"
    _ = await desk.send(
      .post, path + "/edit",
      [("name-was", "first"), ("name", "second"), ("note-was", ""), ("note", "why")])
    let changed = try desk.store.experiment(id: desk.experiment.id)
    #expect(changed.name == "second")
    #expect(changed.tags == [Tag("mlflow.note.content", "why")])
    _ = await desk.send(.post, path + "/delete")
    #expect(try desk.store.experiment(id: desk.experiment.id).lifecycle == .deleted)
    #expect(desk.text(await desk.send(.get, path)).contains("action=\"\(path)/restore\""))
    _ = await desk.send(.post, path + "/restore")
    #expect(try desk.store.experiment(id: desk.experiment.id).lifecycle == .active)
  }

  @Test("what nobody changed in a form is not written") func unchanged() async throws {
    let desk = try Desk()
    _ = await desk.send(
      .post, "/runs/\(desk.run.id)/edit",
      [("name-was", "one"), ("name", "one"), ("note-was", ""), ("note", "")])
    #expect(try desk.store.run(desk.run.id).tag("mlflow.note.content") == nil)
  }

  @Test("the chosen runs are deleted, and the reader comes back to a page of this server")
  func chosen() async throws {
    let desk = try Desk()
    let other = try desk.store.start(NewRun(experiment: desk.experiment.id, startTime: 2000)).id
    let form = [("run", desk.run.id.hex), ("run", other.hex), ("run", other.hex)]
    let back = "/experiments/\(desk.experiment.id)?page=2"
    let answer = await desk.send(.post, "/runs/delete", form + [("back", back)])
    #expect(answer.status == .seeOther && answer.headers[.location] == back)
    #expect(try desk.store.runCount(of: desk.experiment.id) == 0)
    for back in ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nb", ""] {
      let answer = await desk.send(.post, "/runs/restore", form + [("back", back)])
      #expect(answer.headers[.location] == "/", "\(back)")
    }
    #expect(try desk.store.runCount(of: desk.experiment.id) == 2)
  }

  @Test("what cannot be is told on a page, and nothing is changed") func refusals() async throws {
    let desk = try Desk()
    let run = "/runs/\(desk.run.id)"
    let experiment = "/experiments/\(desk.experiment.id)"
    for (path, form, status) in [
      ("/runs/\(RunID.random())/delete", [], 404), (experiment + "/edit", [("name", "")], 400),
      (experiment + "/edit", [("name", "Default")], 400), (run + "/untag", [("key", "no")], 404),
      (run + "/tag", [("key", "")], 400), ("/experiments/x/delete", [], 400),
      (run + "/nothing", [], 404), ("/runs", [], 404), ("/models/a/delete", [], 404),
    ] as [(String, [(String, String)], Int)] {
      #expect(await desk.send(.post, path, form).status.code == status, "\(path) \(form)")
    }
    #expect(try desk.store.experiment(id: desk.experiment.id).name == "first")
  }

  @Test(
    "a form of another site, or that no browser sent, changes nothing",
    arguments: [
      [.origin: "https://evil.example"], [.origin: "null"], [:],
      [.origin: "http://127.0.0.1:5000", .contentType: "text/plain"],
      [.origin: "http://127.0.0.1:5000", HTTPField.Name("Sec-Fetch-Site")!: "cross-site"],
    ] as [HTTPFields]) func foreign(headers: HTTPFields) async throws
  {
    let desk = try Desk()
    var headers = headers
    if headers[.contentType] == nil {
      headers[.contentType] = "application/x-www-form-urlencoded"
    }
    let answer = await desk.send(.post, "/runs/\(desk.run.id)/delete", headers: headers)
    #expect([400, 403].contains(answer.status.code))
    _ = await desk.send(.get, "/runs/\(desk.run.id)/delete")
    #expect(try desk.store.run(desk.run.id).lifecycle == .active)
  }

  @Test("who may only read is offered no form, and what they send is refused and noted")
  func permissions() async throws {
    let desk = try Desk(withUsers: true)
    let path = "/runs/\(desk.run.id)"
    let page = desk.text(await desk.send(.get, path, user: "ana"))
    #expect(page.contains("<h1>one</h1>") && !page.contains("method=\"post\""))
    for (verb, form) in [
      ("delete", []), ("edit", [("name", "mine")]), ("tag", [("key", "a"), ("value", "b")]),
    ] as [(String, [(String, String)])] {
      let answer = await desk.send(.post, "\(path)/\(verb)", form, user: "ana")
      #expect(answer.status == .forbidden, "\(verb)")
      let experiment = "/experiments/\(desk.experiment.id)/\(verb)"
      #expect(await desk.send(.post, experiment, form, user: "ana").status == .forbidden)
    }
    #expect(await desk.send(.post, path + "/delete").status == .unauthorized)
    #expect(try desk.store.run(desk.run.id) == desk.run)
    let noted = try #require(try desk.users?.audit(newest: 20))
    #expect(noted.contains { $0.user == "ana" && $0.outcome == "denied" })
    #expect(
      desk.text(await desk.send(.get, path, user: "admin")).contains("action=\"\(path)/delete\""))
    #expect(await desk.send(.post, path + "/delete", user: "admin").status == .seeOther)
    #expect(try desk.store.run(desk.run.id).lifecycle == .deleted)
  }
}
