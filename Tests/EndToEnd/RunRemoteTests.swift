import Formats
import Platform
import Support
import SystemPackage
import Testing

/// `reprise run` that records on a server, which is `reprise server` here; MLflow's own is in Interop.
@Suite("Runs recorded on a server") struct RunRemoteTests {
  /// A server of ours, ended with the value.
  private final class Served {
    let folder: TemporaryFolder
    let process: Background
    private(set) var address = ""

    init(port: Int = 0, in folder: TemporaryFolder? = nil) async throws {
      self.folder = try folder ?? TemporaryFolder()
      process = Background(
        "exec \"$REPRISE\" server --port \(port) --json", in: self.folder.path)
      let process = process
      try await Background.wait { process.output.contains("}") }
      address = try #require(try JSONValue(parsing: process.output)["url"]?.string)
    }

    deinit { process.send(15) }

    func stop() async throws {
      process.send(15)
      _ = try await process.end()
    }

    func runs() async throws -> [JSONValue] { try await RunDoorTests.runs(folder) }
  }

  private func project(_ manifest: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(manifest, to: "MLproject")
    return folder
  }

  private func here(_ folder: TemporaryFolder) throws -> [String] {
    try FileSystem.names(in: folder.path.appending(".reprise"))
  }

  @Test("a run whose result is known here is skipped, and recorded on the server; it keeps nothing")
  func skipped() async throws {
    let server = try await Served()
    let project = try await CacheProject()
    let remote = ["MLFLOW_TRACKING_URI": server.address]
    // What a server has tells nothing of what is kept here.
    try await project.run(environment: remote)
    try await project.run(environment: remote)
    #expect(try project.ran == 2)
    try await project.run()
    #expect(try project.ran == 3)
    try await project.shell("rm -rf out")
    let result = try await project.run(environment: remote)
    #expect(try project.ran == 3)
    #expect(result.error.contains("outputs restored: 1;"), "\(result.error)")
    let run = try #require(try await server.runs().first)
    #expect(run["status"]?.string == "FINISHED")
    let maker = try await project.show()["run_id"]?.string
    #expect(run["tags"]?["reprise.cachedFrom"]?.string == maker)
    #expect(run["metrics"]?["size"]?.number == 10)
  }

  @Test("parameters, metrics, tags, files and the end arrive; nothing stays here")
  func everything() async throws {
    let server = try await Served()
    let folder = try project(
      """
      entry_points:
        main:
          parameters: {alpha: {type: float, default: 0.5}, name: {type: string, default: a b}}
          inputs: [data.csv]
          outputs: [made.txt]
          command: |
            echo out; echo err >&2; echo made > made.txt
            for step in 1 2 3; do echo "{{\\"key\\": \\"loss\\", \\"value\\": $step, \\"step\\": $step, \\"timestamp\\": $step}}"; done >> $REPRISE_METRICS
            "$REPRISE" log metric acc 0.5 && "$REPRISE" log tag mine=yes && "$REPRISE" log artifact made.txt
            exit 3
      """)
    try folder.write("a,b\n1,2\n", to: "data.csv")
    let result = try await Program.run(
      ["run", "-P", "alpha=0.25", "--experiment-name", "wine", "--run-name", "first"],
      in: folder.path,
      environment: ["MLFLOW_TRACKING_URI": server.address + "/", "REPRISE": Program.path.string])
    #expect(result.status == 3, "\(result)")
    #expect(result.output == "out\n")
    #expect(!result.error.contains("warning"), "\(result.error)")
    let run = try #require(try await server.runs().first)
    let id = try #require(run["run_id"]?.string)
    let page = "\(server.address)/#/experiments/\(run["experiment_id"]?.string ?? "")/runs/\(id)"
    #expect(result.error.contains(page), "\(result.error)")
    #expect(run["name"]?.string == "first")
    #expect(run["status"]?.string == "FAILED")
    #expect(run["params"] == .object([.init("alpha", "0.25"), .init("name", "a b")]))
    #expect(run["metrics"]?["loss"]?.number == 3)
    #expect(run["metrics"]?["acc"]?.number == 0.5)
    #expect(run["tags"]?["mine"]?.string == "yes")
    #expect(run["tags"]?["reprise.exit_code"]?.string == "3")
    #expect(run["tags"]?["mlflow.project.entryPoint"]?.string == "main")
    let artifacts = FilePath(try #require(run["artifact_uri"]?.string))
    #expect(try FileSystem.readText(artifacts.appending("logs/stdout.txt")) == "out\n")
    #expect(try FileSystem.readText(artifacts.appending("logs/stderr.txt")).hasPrefix("err\n"))
    #expect(try FileSystem.readText(artifacts.appending("made.txt")) == "made\n")
    let record = try JSONValue(
      parsing: FileSystem.readText(artifacts.appending("reprise.json")))
    #expect(record["inputs"]?.array?.first?["path"]?.string == "data.csv")
    #expect(record["outputs"]?.array?.first?["path"]?.string == "made.txt")
    #expect(record["command"]?.string?.contains("echo out") == true)
    #expect(record["environment"]?["cpu"] != nil)
    #expect(try here(folder) == [".gitignore"])
  }

  @Test("a trainer's metrics arrive, all of them")
  func trainer() async throws {
    let server = try await Served()
    let folder = try project(
      """
      entry_points:
        main:
          trainer: xgboost
          parameters: {target: y, rounds: 40}
          inputs: [data.csv]
      """)
    let rows = (0..<200).map { "\($0 % 17),\($0 % 5),\($0 % 3)\n" }.joined()
    try folder.write("a,b,y\n" + rows, to: "data.csv")
    let both = try await Program.run(["run"], in: folder.path)
    try #require(both.status == 0, "\(both)")
    let result = try await Program.run(
      ["run"], in: folder.path, environment: ["MLFLOW_TRACKING_URI": server.address])
    #expect(result.status == 0, "\(result)")
    let mine = try #require(try await RunDoorTests.runs(folder).first)
    let theirs = try #require(try await server.runs().first)
    for key in ["params", "metrics", "metric_steps", "status"] {
      #expect(theirs[key] == mine[key], "\(key)")
    }
    let model = FilePath(try #require(theirs["artifact_uri"]?.string)).appending("model")
    let own = FilePath(try #require(mine["artifact_uri"]?.string)).appending("model")
    #expect(try FileSystem.names(in: model) == FileSystem.names(in: own))
  }

  @Test("nobody answers: one message, nothing is run, try again later")
  func unreachable() async throws {
    let folder = try project("entry_points: {main: {command: 'touch ran'}}")
    let result = try await Program.run(
      ["run"], in: folder.path, environment: ["MLFLOW_TRACKING_URI": "http://user:word@127.0.0.1:1"]
    )
    #expect(result.status == 75, "\(result)")
    #expect(result.error.contains("cannot be reached") && !result.error.contains("word"))
    #expect(try FileSystem.names(in: folder.path) == ["MLproject"])
  }

  @Test(
    "stores that only MLflow writes are refused, with what to type",
    arguments: [
      "file:///tmp/mlruns", "file:mlruns", "mlruns", "./mlruns", "/tmp/mlruns",
      "sqlite:///mlflow.db",
      "postgresql://host/db", "databricks", "databricks://profile", "http://", "https:host",
    ])
  func unsupported(uri: String) async throws {
    let folder = try project("entry_points: {main: {command: 'touch ran'}}")
    let result = try await Program.run(
      ["run"], in: folder.path, environment: ["MLFLOW_TRACKING_URI": uri])
    #expect(result.status == 2, "\(result)")
    #expect(result.error.contains("`\(uri)`") && result.error.contains("unset MLFLOW_TRACKING_URI"))
    #expect(try FileSystem.names(in: folder.path) == ["MLproject"])
  }

  @Test(
    "what is no MLflow server, or lets nobody in, is told before anything is run",
    arguments: [
      ("401", "does not let us record"), ("html", "is no MLflow server"),
      ("404", "is no MLflow server"),
      ("400", "refused"), ("deleted", "is deleted"),
    ])
  func refused(kind: String, words: String) async throws {
    let server = try PythonServer(
      handler: """
        class H(http.server.BaseHTTPRequestHandler):
            def log_message(self, *a): pass
            def do_GET(self):
                kind = sys.argv[1]
                status = int(kind) if kind.isdigit() else 200
                text = {"400": '{"error_code": "INVALID_PARAMETER_VALUE", "message": "no"}',
                  "deleted": '{"experiment": {"experiment_id": "0", "name": "x", "lifecycle_stage": "deleted"}}'}.get(kind, "<html>")
                self.send_response(status); self.send_header("Content-Length", str(len(text))); self.end_headers()
                self.wfile.write(text.encode())
        """, arguments: [kind])
    let folder = try project("entry_points: {main: {command: 'touch ran'}}")
    let result = try await Program.run(
      ["run"], in: folder.path,
      environment: ["MLFLOW_TRACKING_URI": "http://127.0.0.1:\(server.port)"])
    #expect(result.status == 2, "\(result)")
    #expect(result.error.contains(words), "\(result.error)")
    #expect(try FileSystem.names(in: folder.path) == ["MLproject"])
  }

  @Test("a server that goes away while the run lasts gets the record later")
  func later() async throws {
    let server = try await Served()
    let port = try #require(server.address.split(separator: ":").last.flatMap { Int($0) })
    let folder = try project(
      """
      entry_points:
        main:
          command: |
            echo ready; while [ ! -e go ]; do sleep 0.05; done
            echo '{{"key": "m", "value": 2}}' >> $REPRISE_METRICS
        quick: {command: 'true'}
      """)
    let variables = ["MLFLOW_TRACKING_URI": server.address]
    let run = Background("exec \"$REPRISE\" run", in: folder.path, environment: variables)
    try await Background.wait { run.output.contains("ready") }
    try await server.stop()
    try folder.write("", to: "go")
    #expect(try await run.end().status == .exited(0))
    #expect(run.output.contains("was not sent"), "\(run.output)")
    #expect(try here(folder) == [".gitignore", "outbox"])
    let again = try await Served(port: port, in: server.folder)
    let next = try await Program.run(
      ["run", "-e", "quick"], in: folder.path, environment: variables)
    #expect(next.status == 0 && next.error.contains("was sent now"), "\(next)")
    let runs = try await again.runs()
    #expect(runs.map { $0["status"]?.string } == ["FINISHED", "FINISHED"])
    #expect(runs.contains { $0["metrics"]?["m"]?.number == 2 })
    #expect(try here(folder) == [".gitignore"])
  }

  @Test("a `reprise run` that is killed: its run is KILLED on the server, by the next one")
  func killed() async throws {
    let server = try await Served()
    let folder = try project(
      "entry_points: {main: {command: 'echo ready; sleep 100'}, quick: {command: 'true'}}")
    let variables = ["MLFLOW_TRACKING_URI": server.address]
    let run = Background("exec \"$REPRISE\" run", in: folder.path, environment: variables)
    try await Background.wait { run.output.contains("ready") }
    run.send(9)
    _ = try await run.end()
    let next = try await Program.run(
      ["run", "-e", "quick"], in: folder.path, environment: variables)
    #expect(next.status == 0, "\(next)")
    let states = try await server.runs().map { $0["status"]?.string ?? "" }
    #expect(states.sorted() == ["FINISHED", "KILLED"])
    #expect(try here(folder) == [".gitignore"])
  }

  @Test("Ctrl-C: the record is sent all the same")
  func interrupted() async throws {
    let server = try await Served()
    let folder = try project("entry_points: {main: {command: 'echo ready; exec sleep 100'}}")
    let run = Background(
      "exec \"$REPRISE\" run", in: folder.path,
      environment: ["MLFLOW_TRACKING_URI": server.address])
    try await Background.wait { run.output.contains("ready") }
    run.send(2)
    #expect(try await run.end().status == .exited(130))
    let record = try #require(try await server.runs().first)
    #expect(record["status"]?.string == "KILLED")
    #expect(record["tags"]?["reprise.signal"]?.string == "2")
  }

  @Test("a run in a run goes to the same server, under the first")
  func within() async throws {
    let server = try await Served()
    let folder = try project(
      """
      entry_points:
        main: {command: '"$REPRISE" run -e inner && test "$MLFLOW_TRACKING_URI" = "$WANTED"'}
        inner: {command: 'echo inner'}
      """)
    let result = try await Program.run(
      ["run"], in: folder.path,
      environment: [
        "MLFLOW_TRACKING_URI": server.address, "WANTED": server.address,
        "REPRISE": Program.path.string,
      ])
    #expect(result.status == 0, "\(result)")
    let runs = try await server.runs()
    let outer = try #require(
      runs.first { $0["entry_point"] != nil || $0["tags"]?["mlflow.parentRunId"] == nil })
    let inner = try #require(runs.first { $0["tags"]?["mlflow.parentRunId"] != nil })
    #expect(inner["tags"]?["mlflow.parentRunId"] == outer["run_id"])
    #expect(try here(folder) == [".gitignore"])
  }
}
