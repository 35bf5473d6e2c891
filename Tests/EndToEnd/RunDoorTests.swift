import Formats
import Platform
import Support
import SystemPackage
import Testing

/// The MLflow API that the child of `reprise run` finds, asked with Python's own library.
@Suite("The child's MLflow endpoint") struct RunDoorTests {
  /// `call(path, body, headers)`: status and JSON of an answer; with the run's token unless other headers are given.
  static let client = """
    import base64, json, os, signal, subprocess, sys, urllib.error, urllib.request
    URI, RUN = os.environ.get("MLFLOW_TRACKING_URI", ""), os.environ["MLFLOW_RUN_ID"]
    TOKEN = os.environ.get("MLFLOW_TRACKING_TOKEN", "")
    def call(path, body=None, headers=None, uri=URI):
        headers = {"Authorization": "Bearer " + TOKEN} if headers is None else headers
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(uri + path, data, {"Content-Type": "application/json", **headers})
        try:
            with urllib.request.urlopen(request) as answer:
                text = answer.read()
                return answer.status, json.loads(text) if text[:1] == b"{" else text.decode()
        except urllib.error.HTTPError as error:
            text = error.read()
            return error.code, json.loads(text) if text[:1] == b"{" else text.decode()
    def api(path, **body):
        status, answer = call("/api/2.0/mlflow/" + path, body)
        assert status == 200, (path, answer)
        return answer
    def begin(name, **more):
        tags = [{"key": "mlflow.parentRunId", "value": RUN}]
        return api("runs/create", experiment_id="0", run_name=name, start_time=5, tags=tags, **more)["run"]["info"]["run_id"]

    """

  static func project(_ script: String, parameters: String = "{}") throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(
      "entry_points: {main: {parameters: \(parameters), command: 'exec python3 main.py'}}",
      to: "MLproject")
    try folder.write(client + script, to: "main.py")
    return folder
  }

  static func runs(_ folder: TemporaryFolder) async throws -> [JSONValue] {
    let listed = try await Program.run(["runs", "--json"], in: folder.path)
    try #require(listed.status == 0, "\(listed.error)")
    var runs: [JSONValue] = []
    for run in try JSONValue(parsing: listed.output).array ?? [] {
      let id = try #require(run["run_id"]?.string)
      let shown = try await Program.run(["runs", "show", id, "--json"], in: folder.path)
      try #require(shown.status == 0, "\(shown.error)")
      runs.append(try JSONValue(parsing: shown.output))
    }
    return runs
  }

  @Test("only who has the run's token is answered, and nobody when the run is over")
  func token() async throws {
    let folder = try Self.project(
      """
      login = lambda user, word: "Basic " + base64.b64encode(f"{user}:{word}".encode()).decode()
      tries = [{}, {"Authorization": ""}, {"Authorization": "Bearer"}, {"Authorization": "Bearer x" + TOKEN},
        {"Authorization": "Bearer " + TOKEN[:-1]}, {"Authorization": "Bearer " + TOKEN.upper()},
        {"Authorization": login("run", "no")}, {"Authorization": login("other", TOKEN)}, {"Authorization": TOKEN}]
      paths = ["/health", "/api/2.0/mlflow/runs/get?run_id=" + RUN, "/api/2.0/mlflow-artifacts/artifacts?path=", "/"]
      refused = [call(p, None, h)[0] for h in tries for p in paths]
      user, word = os.environ["MLFLOW_TRACKING_USERNAME"], os.environ["MLFLOW_TRACKING_PASSWORD"]
      ours = [{"Authorization": "Bearer " + TOKEN}, {"Authorization": login(user, word)}]
      let_in = [call(p, None, h)[0] for h in ours for p in paths[:3]]
      print(json.dumps({"refused": sorted(set(refused)), "count": len(refused), "in": let_in, "uri": URI, "length": len(TOKEN)}))
      """)
    let result = try await Program.run(["run"], in: folder.path)
    try #require(result.status == 0, "\(result)")
    let said = try JSONValue(parsing: result.output)
    #expect(said["refused"] == .array([.int(401)]))
    #expect(said["count"] == .int(36))
    #expect(said["in"] == .array(Array(repeating: .int(200), count: 6)))
    #expect(said["length"] == .int(64))
    let uri = try #require(said["uri"]?.string)
    #expect(uri.hasPrefix("http://127.0.0.1:"))
    #expect(throws: Failure.self) {
      try HTTPClient(connectTimeout: .seconds(2)).get(uri + "/health")
    }
    // What is private stays so.
    #expect(
      !(try await Program.run(["runs", "show", "latest", "--json"], in: folder.path)).output
        .contains("TRACKING_TOKEN"))
  }

  @Test("what the child logs is in the record at the same moment")
  func sameMoment() async throws {
    let folder = try Self.project(
      """
      api("runs/log-batch", run_id=RUN, params=[{"key": "p", "value": "1"}], tags=[{"key": "t", "value": "x"}],
        metrics=[{"key": "m", "value": v / 4, "timestamp": v, "step": v} for v in range(100)])
      shown = subprocess.run([sys.argv[-1] if len(sys.argv) > 1 else os.environ["REPRISE"], "runs", "show", RUN, "--json"],
        capture_output=True, text=True)
      print(shown.stdout)
      """)
    let result = try await Program.run(
      ["run"], in: folder.path, environment: ["REPRISE": Program.path.string])
    let run = try JSONValue(parsing: result.output)
    #expect(run["status"]?.string == "RUNNING")
    #expect(run["params"]?["p"]?.string == "1")
    #expect(run["tags"]?["t"]?.string == "x")
    #expect(run["metrics"]?["m"]?.number == 24.75)
  }

  @Test(
    "a status that the client gave stays, unless the child fails after it said that all is well",
    arguments: ["FINISHED", "FAILED", "KILLED", ""], ["sys.exit(0)", "sys.exit(3)", "kill", "TERM"])
  func status(said: String, end: String) async throws {
    let last =
      switch end {
      case "kill": "os.kill(os.getpid(), signal.SIGKILL)"
      case "TERM": "os.kill(os.getpid(), signal.SIGTERM)"
      default: end
      }
    let folder = try Self.project(
      """
      said = "\(said)"
      if said: api("runs/update", run_id=RUN, status=said, end_time=1234567890123)
      \(last)
      """)
    let result = try await Program.run(["run"], in: folder.path)
    let run = try #require(try await Self.runs(folder).first)
    let (code, signal, own): (Int64?, Int64?, String) =
      switch end {
      case "kill": (nil, 9, "KILLED")
      case "TERM": (nil, 15, "KILLED")
      case "sys.exit(0)": (0, nil, "FINISHED")
      default: (3, nil, "FAILED")
      }
    #expect(Int64(result.status) == code ?? 128 + (signal ?? 0))
    let isHeeded = !said.isEmpty && (said != "FINISHED" || own == "FINISHED")
    #expect(run["status"]?.string == (isHeeded ? said : own))
    #expect(run["exit_code"]?.int == code)
    #expect(run["signal"]?.int == signal)
    #expect((run["end_time"]?.int == 1_234_567_890_123) == isHeeded)
    #expect((run["cpu_seconds"]?.number ?? 0) > 0)
  }

  @Test(
    "runs that nobody ended end with the child",
    arguments: [("0", "FINISHED"), ("1", "FAILED"), ("kill", "KILLED")])
  func left(end: String, status: String) async throws {
    let folder = try Self.project(
      """
      outer = begin("outer"); begin("inner"); ended = begin("ended")
      api("runs/update", run_id=ended, status="FINISHED", end_time=7)
      \(end == "kill" ? "os.kill(os.getpid(), signal.SIGKILL)" : "sys.exit(\(end))")
      """)
    _ = try await Program.run(["run"], in: folder.path)
    let runs = try await Self.runs(folder)
    let states = Dictionary(
      runs.map { ($0["name"]?.string ?? "", $0["status"]?.string ?? "") }
    ) { $1 }
    #expect(runs.count == 4)
    #expect(states["outer"] == status)
    #expect(states["inner"] == status)
    #expect(states["ended"] == "FINISHED")
  }

  @Test("runs of a child are killed with a `reprise run` that is killed")
  func killed() async throws {
    let folder = try Self.project(
      "begin('inner'); print('ready', flush=True); signal.pause()")
    let run = Background("exec \"$REPRISE\" run", in: folder.path)
    try await Background.wait { run.output.contains("ready") }
    run.send(9)
    _ = try await run.end()
    // A run of another project does not look here, the next one does.
    try folder.write("pass", to: "main.py")
    #expect(try await Program.run(["run"], in: folder.path).status == 0)
    let states = try await Self.runs(folder).map { $0["status"]?.string ?? "" }
    #expect(states.sorted() == ["FINISHED", "KILLED", "KILLED"])
  }

  @Test("a `reprise run` in a run has a door of its own, and the same records")
  func within() async throws {
    let folder = try Self.project(
      """
      if len(sys.argv) == 1 and "INNER" not in os.environ:
          inner = subprocess.run([os.environ["REPRISE"], "run"], env={**os.environ, "INNER": "1"}, capture_output=True, text=True)
          assert inner.returncode == 0, inner.stderr
          other, uri = inner.stdout.split()
          assert uri != URI
          tags = {t["key"]: t["value"] for t in call("/api/2.0/mlflow/runs/get?run_id=" + other)[1]["run"]["data"]["tags"]}
          assert tags["mlflow.parentRunId"] == RUN and tags["who"] == "inner", tags
      else:
          api("runs/set-tag", run_id=RUN, key="who", value="inner")
          print(RUN, URI)
      """)
    let result = try await Program.run(
      ["run"], in: folder.path, environment: ["REPRISE": Program.path.string])
    #expect(result.status == 0, "\(result.error)")
    #expect(try await Self.runs(folder).map { $0["status"]?.string } == ["FINISHED", "FINISHED"])
  }

  @Test("a parameter of the entry point may be logged again, and not be changed")
  func params() async throws {
    let folder = try Self.project(
      """
      put = lambda value: call("/api/2.0/mlflow/runs/log-parameter", {"run_id": RUN, "key": "alpha", "value": value})
      print(put("a b")[0], *[x for x in (put("other")[0], put("other")[1]["error_code"])])
      """, parameters: "{alpha: {type: string, default: a b}}")
    let result = try await Program.run(["run"], in: folder.path)
    #expect(result.output == "200 400 INVALID_PARAMETER_VALUE\n", "\(result)")
  }

  @Test("proxies, logins and plug-ins of other servers do not stand in the way")
  func variables() async throws {
    let folder = try Self.project(
      """
      names = ["no_proxy", "MLFLOW_TRACKING_AUTH", "MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT"]
      print(*[os.environ.get(n) for n in names], os.environ["MLFLOW_TRACKING_PASSWORD"] == TOKEN)
      """)
    let result = try await Program.run(
      ["run"], in: folder.path,
      environment: [
        "http_proxy": "http://127.0.0.1:1", "no_proxy": "a.example, b.example",
        "MLFLOW_TRACKING_USERNAME": "u", "MLFLOW_TRACKING_PASSWORD": "p",
        "MLFLOW_TRACKING_AUTH": "plug",
      ])
    #expect(result.output == "a.example,b.example,127.0.0.1 None true True\n", "\(result)")
  }

  @Test("what was told to end is KILLED, whatever its client says while it does")
  func interrupted() async throws {
    let folder = try Self.project(
      """
      import time
      def stop(*_):
          api("runs/update", run_id=RUN, status="FINISHED", end_time=int(time.time() * 1000))
          sys.exit(0)
      signal.signal(signal.SIGINT, stop)
      print("ready", flush=True); signal.pause()
      """)
    let run = Background("exec \"$REPRISE\" run", in: folder.path)
    try await Background.wait { run.output.contains("ready") }
    run.send(2)
    #expect(try await run.end().status == .exited(130))
    let record = try #require(try await Self.runs(folder).first)
    #expect(record["status"]?.string == "KILLED")
    #expect(record["exit_code"]?.int == 0)
  }
}
