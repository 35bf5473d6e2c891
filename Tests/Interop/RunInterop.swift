import Formats
import Platform
import Support
import SystemPackage
import Testing

/// The same projects through `mlflow run` and `reprise run`: what the child gets, and what is recorded.
@Suite("reprise run as MLflow does it") struct RunInterop {
  /// A child that writes down its words, its folder and the variables that MLflow sets.
  private static let probe = """
    import json, os, sys
    names = ["MLFLOW_RUN_ID", "MLFLOW_EXPERIMENT_ID", "OWN"]
    print(json.dumps({"argv": sys.argv[1:], "cwd": os.getcwd(), "env": {n: n in os.environ for n in names}}))

    """

  /// Runs a case with MLflow in a folder of its own; the child's output goes to a file through a wrapper of bash.
  private static let answer = #"""
    import os, pathlib, shutil, subprocess, tempfile
    import mlflow, mlflow.projects
    from mlflow.tracking import MlflowClient

    base = tempfile.mkdtemp()
    mlflow.set_tracking_uri("sqlite:///" + base + "/mlflow.db")

    def answer(case):
        folder = pathlib.Path(case["folder"])
        out = folder.parent / (folder.name + ".out")
        os.chdir(case["start"])
        saved = os.dup(1)
        with open(out, "wb") as file:
            os.dup2(file.fileno(), 1)
        try:
            run = mlflow.projects.run(
                case["uri"], entry_point=case["entry"], parameters=dict(case["params"]), env_manager="local",
                experiment_name=case.get("experiment"), run_name=case.get("name"))
            status = run.get_status()
            run_id = run.run_id
        except mlflow.exceptions.ExecutionException as error:
            status, run_id = "FAILED" if "failed" in str(error) and "Run (ID" in str(error) else "REFUSED", None
            message = str(error)
        except (mlflow.exceptions.MlflowException, KeyError, ValueError, IndexError) as error:
            status, run_id = "REFUSED", None
        finally:
            os.dup2(saved, 1)
            os.close(saved)
        result = {"status": status, "output": out.read_text()}
        if run_id is None and status == "FAILED":
            run_id = message.split("'")[1]
        if run_id:
            data = MlflowClient().get_run(run_id)
            result["params"] = data.data.params
            result["tags"] = {k: v for k, v in data.data.tags.items() if k.startswith("mlflow.")}
            result["state"] = data.info.status
        return result

    """#

  private struct Case {
    var manifest: String
    var entry = "main"
    var params: [(String, String)] = []
    var files: [String: String] = [:]
    var subfolder = ""
  }

  private static let kinds = ["string", "path", "float", "int", "anything"]

  /// Commands of one placeholder or several, in all the shapes of quoting that a shell can meet.
  private static var cases: [Case] {
    var cases: [Case] = []
    let values = [
      "plain", "two words", "it's", "\"quoted\"", "$HOME", "a;b", "*", "~", "한글 값", "a\\b", "-x",
      "--y=1",
      "{z}", "line\nbreak", "tab\tstop", "`id`", "$(id)", "!x", "#no", "a=b=c", "%d", " ", "0x1F",
    ]
    for value in values {
      cases.append(
        Case(
          manifest:
            "entry_points: {main: {parameters: {a: string}, command: 'python probe.py {a} --a={a}'}}",
          params: [("a", value)]))
      cases.append(
        Case(
          manifest: "entry_points: {main: {command: 'python probe.py'}}", params: [("extra", value)]
        ))
      cases.append(
        Case(
          manifest:
            "entry_points: {main: {parameters: {a: string}, command: 'python probe.py \"{a}\" pre-{a}'}}",
          params: [("a", value)]))
    }
    let defaults = [
      "1e-1", ".0", "1.5e+3", "1.0e-5", "010", "0x1F", "1_000", "yes", "12:30", "2020-01-02",
      ".inf",
      "[1, two]", "\"\"", "123456789.123456789", "{a: b}", "'007'", "off", "1.10", "+1", "0b11",
      "0o7", "~x",
    ]
    for value in defaults {
      cases.append(
        Case(
          manifest:
            "entry_points:\n  main:\n    parameters:\n      a: {type: anything, default: \(value)}\n"
            + "    command: 'python probe.py {a}'\n"))
    }
    for status in [0, 1, 3, 42] {
      cases.append(
        Case(manifest: "entry_points: {main: {command: 'python probe.py; exit \(status)'}}"))
    }
    cases.append(Case(manifest: "", entry: "probe.py", params: [("x", "1"), ("y", "two words")]))
    cases.append(
      Case(manifest: "", entry: "go.sh", files: ["go.sh": "python probe.py from-sh \"$@\"\n"]))
    cases.append(Case(manifest: "", entry: "nothing"))
    cases.append(Case(manifest: "", entry: "nothing.txt"))
    cases.append(
      Case(manifest: "entry_points: {main: {command: 'python probe.py'}}", entry: "other"))
    cases.append(
      Case(
        manifest: "entry_points: {main: {parameters: {a: string}, command: 'python probe.py {a}'}}")
    )
    cases.append(
      Case(manifest: "entry_points: {main: {command: 'python probe.py {b}'}}"))
    cases.append(
      Case(manifest: "entry_points: {main: {command: 'python probe.py {{literal}}'}}"))
    cases.append(
      Case(
        manifest: "entry_points: {main: {parameters: {d: path}, command: 'python probe.py {d}'}}",
        params: [("d", "data file.csv")], files: ["data file.csv": "x\n"]))
    cases.append(
      Case(
        manifest: "entry_points: {main: {parameters: {d: path}, command: 'python probe.py {d}'}}",
        params: [("d", "gone.csv")]))
    cases.append(
      Case(
        manifest: "entry_points: {main: {parameters: {u: uri}, command: 'python probe.py {u}'}}",
        params: [("u", "https://example.org/x y")]))
    cases.append(
      Case(
        manifest: "entry_points: {main: {parameters: {u: uri}, command: 'python probe.py {u}'}}",
        params: [("u", "no-scheme")]))
    cases.append(
      Case(
        manifest: "entry_points: {main: {command: 'python probe.py sub'}}", subfolder: "deep/below")
    )
    return cases
  }

  @Test(
    "the child gets the same words, folder and variables; the record has the same parameters and tags"
  )
  func projects() async throws {
    let work = try TemporaryFolder()
    let cases = RunInterop.cases
    var questions: [JSONValue] = []
    for (index, example) in cases.enumerated() {
      let name = "project\(index)"
      let inside = example.subfolder.isEmpty ? name : "\(name)/\(example.subfolder)"
      if !example.manifest.isEmpty { try work.write(example.manifest, to: "\(inside)/MLproject") }
      try work.write(RunInterop.probe, to: "\(inside)/probe.py")
      for (file, text) in example.files { try work.write(text, to: "\(inside)/\(file)") }
      let folder = work.path.appending(name)
      questions.append(
        .object([
          .init("folder", .string(folder.string)),
          .init("start", .string(work.path.pushing(FilePath(inside)).string)),
          .init("uri", .string(RunInterop.uri(folder, example))),
          .init("entry", .string(example.entry)),
          .init(
            "params", .object(example.params.map { .init($0.0, .string($0.1)) })),
        ]))
    }
    let answers = try Peer.ask(RunInterop.answer, about: questions)
    for (index, (example, peer)) in zip(cases, answers).enumerated() {
      try await compare(example, index, work, peer)
    }
    #expect(cases.count >= 100)
  }

  private static func uri(_ folder: FilePath, _ example: Case) -> String {
    folder.string + (example.subfolder.isEmpty ? "" : "#\(example.subfolder)")
  }

  private func compare(
    _ example: Case, _ index: Int, _ work: TemporaryFolder, _ peer: JSONValue
  ) async throws {
    let folder = work.path.appending("project\(index)")
    let inside = folder.pushing(FilePath(example.subfolder))
    let words =
      ["run", RunInterop.uri(folder, example), "-e", example.entry, "--env-manager", "local"]
      + example.params.flatMap { ["-P", "\($0.0)=\($0.1)"] }
    let ours = try await Program.run(
      Program.path, words, in: inside,
      environment: ["PATH": try Peer.python.removingLastComponent().string + ":/usr/bin:/bin"])
    let label =
      "case \(index): \(example.manifest) \(example.entry) \(example.params): \(ours.error)"
    guard peer["status"]?.string != "REFUSED" else {
      #expect(ours.status == 2, "MLflow refuses, \(label)")
      #expect(!FileSystem.exists(inside.appending(".reprise")), "\(label)")
      return
    }
    #expect(ours.output == peer["output"]?.string, "\(label)")
    let finished = peer["state"]?.string == "FINISHED"
    #expect((ours.status == 0) == finished, "\(label)")
    let shown = try await Program.run(["runs", "show", "latest", "--json"], in: inside)
    let run = try JSONValue(parsing: shown.output)
    #expect(run["status"]?.string == peer["state"]?.string, "\(label)")
    for member in peer["params"]?.members ?? [] {
      // MLflow records what it had quoted for the shell, and a path as it was given; we record values.
      let value = run["params"]?[member.key]?.string
      let known = [value, value.map(ShellWord.quoted)]
      #expect(known.contains(member.value.string), "\(member.key) of \(label)")
    }
    for key in [
      "mlflow.source.type", "mlflow.project.entryPoint", "mlflow.source.name",
      "mlflow.project.backend",
    ] {
      #expect(run["tags"]?[key]?.string == peer["tags"]?[key]?.string, "\(key) of \(label)")
    }
  }
}
