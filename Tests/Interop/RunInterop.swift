import Formats
import Glibc
import Platform
import Projects
import Support
import SystemPackage
import Testing

/// The same projects through `mlflow run` and `reprise run`: what the child gets, and what is recorded.
@Suite("reprise run as MLflow does it") struct RunInterop {
  /// Runs every case with MLflow in one process; the child's output goes to a file in place of standard output.
  private static let answer = #"""
    import atexit, logging, os, pathlib, shutil, tempfile
    import mlflow, mlflow.projects
    from mlflow.tracking import MlflowClient

    logging.disable(logging.INFO)
    base = tempfile.mkdtemp(dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
    mlflow.set_tracking_uri("sqlite:///" + base + "/mlflow.db")
    client = MlflowClient()
    atexit.register(shutil.rmtree, base, True)

    def answer(case):
        out = pathlib.Path(base) / "out"
        os.chdir(case["start"])
        saved, errors = os.dup(1), os.dup(2)
        with open(out, "wb") as file, open(os.devnull, "wb") as null:
            os.dup2(file.fileno(), 1)
            os.dup2(null.fileno(), 2)
        message, refusal = "", None
        try:
            run = mlflow.projects.run(
                case["uri"], entry_point=case["entry"], parameters=dict(case["params"]), env_manager="local",
                experiment_name=case.get("experiment"), version=case.get("version"), run_name=case["name"])
        except BaseException as error:
            refusal = error
        finally:
            os.dup2(saved, 1)
            os.dup2(errors, 2)
            os.close(saved)
            os.close(errors)
        ran = refusal is None or "Run (ID" in str(refusal)
        result = {"ran": ran, "why": repr(refusal), "output": out.read_text(errors="replace")}
        if ran:
            run_id = str(refusal).split("'")[1] if refusal else run.run_id
            data = client.get_run(run_id)
            result["params"] = data.data.params
            result["tags"] = {k: v for k, v in data.data.tags.items() if k.startswith("mlflow.")}
            result["state"] = data.info.status
            result["experiment"] = client.get_experiment(data.info.experiment_id).name
        return result

    """#

  /// A case with its folders.
  private struct Prepared {
    var example: RunCase
    var number: Int
    var start: FilePath
    var uri: String
    var params: [(String, String)]
    var version: String?
    var name: String { "case-\(number)" }
    var label: Comment {
      "\(name): \(uri) \(example.manifest) \(example.entry) \(params) \(example.setup ?? "")"
    }

    var question: JSONValue {
      var members: [JSONValue.Member] = [
        .init("start", .string(start.string)), .init("uri", .string(uri)),
        .init("entry", .string(example.entry)), .init("name", .string(name)),
        .init("params", .object(params.map { .init($0.0, .string($0.1)) })),
      ]
      if let experiment = example.experiment {
        members.append(.init("experiment", .string(experiment)))
      }
      if let version { members.append(.init("version", .string(version))) }
      return .object(members)
    }
  }

  @Test(
    "the child gets the same words, folder and variables; the record has the same parameters and tags"
  )
  func projects() async throws {
    let work = try TemporaryFolder()
    try work.write("x\n", to: "above.csv")
    var prepared: [Prepared] = []
    for (number, example) in RunCase.all.enumerated() {
      prepared.append(try await prepare(example, number, work))
    }
    #expect(prepared.count >= 200)
    async let answers = ask(prepared)
    let records = work.path.appending("records")
    var results: [Program.Result] = []
    for item in prepared { results.append(try await ours(item, records)) }
    let shown = try await Program.run(
      ["runs", "--json", "-n", "1000"], in: work.path,
      environment: ["REPRISE_RECORDS": records.string])
    let runs = try #require(try JSONValue(parsing: shown.output).array)
    let experiments = try await self.experiments(work, records)
    var counts = (same: 0, refused: 0)
    for ((item, result), peer) in zip(zip(prepared, results), try await answers) {
      let run = runs.first { $0["name"]?.string == item.name }
      if peer["ran"]?.bool == true {
        counts.same += 1
        try compare(item, result, run, peer)
        let id = run?["experiment_id"]?.string ?? ""
        #expect(experiments[id] == peer["experiment"]?.string, "\(item.label)")
      } else {
        counts.refused += 1
        let why = "\(item.label) MLflow: \(peer.text()) ours: \(result.output) \(result.error)"
        #expect(result.status == 2, "\(why)")
        #expect(run == nil, "\(why)")
      }
    }
    #expect(counts.same > 150 && counts.refused > 15, "\(counts)")
  }

  /// The names of our experiments, by their ids.
  private func experiments(
    _ work: TemporaryFolder, _ records: FilePath
  ) async throws -> [String: String] {
    let shown = try await Program.run(
      ["experiments", "list", "--json"], in: work.path,
      environment: ["REPRISE_RECORDS": records.string])
    let list = try #require(try JSONValue(parsing: shown.output).array, "\(shown)")
    let pairs = list.map { ($0["experiment_id"]?.string ?? "", $0["name"]?.string ?? "") }
    return Dictionary(pairs) { $1 }
  }

  private func ask(_ prepared: [Prepared]) async throws -> [JSONValue] {
    try Peer.ask(RunInterop.answer, about: prepared.map(\.question))
  }

  private func prepare(
    _ example: RunCase, _ number: Int, _ work: TemporaryFolder
  ) async throws -> Prepared {
    let name = "project\(number)\(example.suffix)"
    let folder = work.path.appending(name)
    let inside = example.subfolder.isEmpty ? name : "\(name)/\(example.subfolder)"
    try FileSystem.createDirectory(folder)
    if !example.manifest.isEmpty { try work.write(example.manifest, to: "\(inside)/MLproject") }
    for (file, text) in example.files { try work.write(text, to: "\(inside)/\(file)") }
    if let setup = example.setup { try await Program.shell(setup, in: folder) }
    let filled = { (text: String) in
      text.replacing("{path}", with: folder.string).replacing("{name}", with: name)
    }
    return Prepared(
      example: example, number: number,
      start: example.startsAbove ? work.path : work.path.pushing(FilePath(inside)),
      uri: filled(example.uri), params: example.params.map { ($0.0, filled($0.1)) },
      version: try example.version.map { version in
        guard version == "{sha}" else { return version }
        return String(try FileSystem.readText(folder.appending(".git/first")).dropLast())
      })
  }

  private func ours(_ item: Prepared, _ records: FilePath) async throws -> Program.Result {
    var words = ["run", item.uri, "-e", item.example.entry, "--env-manager", "local"]
    words += ["--run-name", item.name]
    words += item.params.flatMap { ["-P", "\($0.0)=\($0.1)"] }
    if let version = item.version { words += ["-v", version] }
    if let experiment = item.example.experiment { words += ["--experiment-name", experiment] }
    // MLflow inherits ours: what is not set there must not be set here, not even to nothing.
    var environment = ["REPRISE_RECORDS": records.string]
    for name in ["PATH", "HOME", "SHELL"] {
      environment[name] = getenv(name).map { String(cString: $0) }
    }
    return try await Program.run(Program.path, words, in: item.start, environment: environment)
  }

  private func compare(
    _ item: Prepared, _ result: Program.Result, _ run: JSONValue?, _ peer: JSONValue
  ) throws {
    let label = "\(item.label) \(result.error)"
    #expect(result.output == peer["output"]?.string, "\(label)")
    let run = try #require(run, "\(label)")
    let finished = peer["state"]?.string == "FINISHED"
    #expect((result.status == 0) == finished, "\(label)")
    // A child that somebody killed is FAILED to MLflow.
    let status = run["status"]?.string
    #expect(status == peer["state"]?.string || (status == "KILLED" && !finished), "\(label)")
    let params = peer["params"]?.members ?? []
    #expect(run["params"]?.members?.count == params.count, "\(label)")
    for member in params {
      // MLflow records what it had quoted for the shell, and a path as it was given; we record values.
      let value = run["params"]?[member.key]?.string
      let known = [value, value.map(ShellWord.quoted)]
      #expect(known.contains(member.value.string), "\(member.key) of \(label)")
    }
    let exact = [
      "mlflow.source.type", "mlflow.project.entryPoint", "mlflow.source.name", "mlflow.user",
      "mlflow.project.backend", "mlflow.source.git.commit", "mlflow.source.git.repoURL",
    ]
    // MLflow takes a `file://` for a relative path when it names the source; ours is the folder.
    // A version is checked out elsewhere by us, and there MLflow had made its own remote.
    let places = ["mlflow.source.name", "mlflow.source.git.repoURL"]
    for key in exact
    where !places.contains(key)
      || !(item.uri.hasPrefix("file:") || item.version != nil)
    {
      #expect(run["tags"]?[key]?.string == peer["tags"]?[key]?.string, "\(key) of \(label)")
    }
  }
}
