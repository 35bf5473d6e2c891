import Formats
import Platform
import Projects
import Support
import SystemPackage
import Testing

/// The same MLproject files through MLflow's own `_project_spec` and through ours.
@Suite("MLproject as MLflow runs it") struct ProjectsMLflowInterop {
  private static let answer = """
    import os, shutil
    from mlflow.projects import _project_spec
    from mlflow.tracking import artifact_utils

    os.environ["SHELL"] = "/bin/zsh"
    artifact_utils._download_artifact_from_uri = lambda artifact_uri, output_path: output_path + "/got"

    def answer(case):
        os.chdir(case["cwd"])
        folder, storage = case["folder"], case["cwd"] + "/storage"
        shutil.rmtree(storage, ignore_errors=True)
        os.mkdir(storage)
        project = _project_spec.load_project(folder)
        given = dict(case["given"])
        entry = project.get_entry_point(case["entry"])
        params, extra = entry.compute_parameters(given, storage)
        shutil.rmtree(storage)
        os.mkdir(storage)
        text = lambda s: s.replace(storage, "/STORAGE")
        return {
            "env": [project.env_type, os.path.basename(project.env_config_path or "")],
            "params": [[k, text(v)] for k, v in params.items()],
            "extra": [[k, text(v)] for k, v in extra.items()],
            "command": text(entry.compute_command(given, storage)),
        }
    """

  @Test("command, parameters, environment, and what is refused") func all() throws {
    var random = SeededRandom(seed: 9)
    let cases = (0..<1500).map { _ in MLprojectCases.make(&random) }
    let work = try TemporaryFolder()
    try work.write("1", to: "data.csv")
    try work.write("1", to: "a b")
    try work.write("1", to: "dir/inside")
    for (index, item) in cases.enumerated() {
      try work.write(
        item.text, to: "project\(index)/" + ["MLproject", "mlproject", "MLPROJECT"][index % 3])
      for file in item.files { try work.write("", to: "project\(index)/\(file)") }
    }
    let questions: [JSONValue] = cases.enumerated().map { index, item in
      [
        "cwd": .string(work.path.string),
        "folder": .string(work.path.appending("project\(index)").string),
        "entry": .string(item.entry),
        "given": .array(item.given.map { .array([.string($0.name), .string($0.value)]) }),
      ]
    }
    let answers = try Peer.ask(Self.answer, about: questions)
    var accepted = 0
    for (index, (item, answer)) in zip(cases, answers).enumerated() {
      let ours = Result { try resolve(item, work.path.appending("project\(index)"), work.path) }
      let shown: Comment =
        "\(item.text)\nentry \(item.entry), given \(item.given)\n\(ours)\n\(answer.text())"
      guard answer["error"] == nil else {
        #expect((try? ours.get()) == nil, shown)
        continue
      }
      accepted += 1
      #expect((try? ours.get()) == answer, shown)
    }
    // Both kinds have to be well represented for this to mean something.
    #expect(accepted > 400 && accepted < 1300)
  }

  @Test("where a project URI points") func uris() throws {
    let work = try TemporaryFolder()
    try work.write("1", to: "local/MLproject")
    try work.write("1", to: "a b/sub/MLproject")
    try work.write("1", to: "p.zip")
    try work.write("1", to: "train.py")
    let path = work.path.string
    let uris = [
      ".", "local", "./local", "local/", "local#sub", "local#a.b", "local#../x", "'local'",
      "\"local\"", "\"'local'\"#",
      "a b#sub", "p.zip", "p.zip#sub", "missing.zip", "http://h/p.zip", "https://h/p.zip#sub",
      "http://h/p.zip?x",
      ".zip", "x.zip.git", "file://\(path)/local", "file://\(path)/p.zip",
      "file://\(path)/local#sub",
      "file://\(path)/a%20b", "https://github.com/mlflow/mlflow-example",
      "git@github.com:mlflow/mlflow-example.git",
      "https://github.com/mlflow/mlflow#examples/docker", "ssh://git@host/x", "host:path",
      "git://h/x#", "#sub", "",
    ]
    let answer = """
      import os
      from mlflow.projects import utils

      def answer(case):
          os.chdir(case["cwd"])
          uri, subfolder = utils._parse_subdirectory(case["uri"])
          local = utils._is_local_uri(uri)
          path = os.path.abspath(utils._parse_file_uri(uri)) if local else uri
          kind = "zip" if utils._is_zip_uri(uri) else "folder" if local else "git"
          return [kind, path, subfolder]
      """
    let questions: [JSONValue] = uris.map { ["cwd": .string(path), "uri": .string($0)] }
    let answers = try Peer.ask(answer, about: questions)
    for (uri, answer) in zip(uris, answers) {
      do {
        let ours = try ProjectURI(uri, in: work.path)
        let (kind, place) =
          switch ours.source {
          case .folder(let path): ("folder", path.string)
          case .zip(let path): ("zip", path.string)
          case .remoteZip(let text): ("zip", text)
          case .git(let text): ("git", text)
          }
        #expect(
          JSONValue.array([.string(kind), .string(place), .string(ours.subfolder)]) == answer,
          "\(uri)")
      } catch {
        // MLflow finds out later that nothing is there to fetch.
        let isMissing =
          answer.array?.first != "folder" && !uri.contains("//h") && !uri.contains("@")
        #expect(answer["error"] != nil || isMissing, "\(uri): \(error) / \(answer.text())")
      }
    }
  }

  /// Our answer in the form of MLflow's.
  private func resolve(
    _ item: MLprojectCases.Case, _ folder: FilePath, _ cwd: FilePath
  ) throws -> JSONValue {
    let project = try Project.load(folder)
    let entry = try project.entryPoint(named: item.entry, shell: "/bin/zsh")
    let arguments = try entry.arguments(given: item.given)
      .resolvingPaths(in: cwd, project: folder) { _, index in
        FilePath("/STORAGE/param_\(index)/got")
      }
    let pairs = { (isExtra: Bool) in
      JSONValue.array(
        arguments.parameters.filter { $0.isExtra == isExtra }.map {
          let name = isExtra ? ShellWord.quoted($0.name) : $0.name
          return JSONValue.array([.string(name), .string(ShellWord.quoted($0.value))])
        })
    }
    let environment: (String, FilePath?) =
      switch project.environment {
      case .python(let file): ("python_env", file)
      case .conda(let file): ("conda_env", file)
      case .docker: ("docker_env", nil)
      }
    return [
      "env": [.string(environment.0), .string(environment.1?.lastComponent?.string ?? "")],
      "params": pairs(false), "extra": pairs(true),
      "command": .string(try entry.command(with: arguments)),
    ]
  }
}
