import ArgumentParser
import Platform
import Records
import Runner
import SystemPackage

/// The options of `mlflow run`, with their short forms, and ours.
struct RunOptions: ParsableArguments {
  @Option(
    name: [.customShort("e"), .customLong("entry-point")],
    help: ArgumentHelp("The entry point, or a .py, .sh or .R file.", valueName: "name"))
  var entryPoint = "main"

  @Option(
    name: [.customShort("v"), .customLong("version")],
    help: ArgumentHelp("Branch, tag or commit of a git project.", valueName: "version"))
  var version: String?

  @Option(
    name: [.customShort("P", allowingJoined: true), .customLong("param-list")],
    help: ArgumentHelp(
      "A parameter; one that the entry point does not declare is appended as `--name value`.",
      valueName: "name=value"))
  var parameters: [String] = []

  @Option(
    name: [.customShort("A", allowingJoined: true), .customLong("docker-args")],
    help: ArgumentHelp(
      "Arguments of `docker run`; container projects are not supported yet.",
      valueName: "name=value", visibility: .hidden))
  var dockerArguments: [String] = []

  @Option(help: ArgumentHelp("The experiment, made when it is not there.", valueName: "name"))
  var experimentName: String?

  @Option(
    name: .customLong("experiment-id"), help: ArgumentHelp("The experiment.", valueName: "id"))
  var experimentID: String?

  @Option(
    name: [.customShort("b"), .customLong("backend")],
    help: ArgumentHelp("Where it runs; `local` is the one there is.", valueName: "backend"))
  var backend = "local"

  @Option(
    name: [.customShort("c"), .customLong("backend-config")],
    help: ArgumentHelp(
      "Settings of a backend; `local` has none.", valueName: "json",
      visibility: .hidden))
  var backendConfig: String?

  @Option(help: "Who provides the environment: local, virtualenv, uv or conda.")
  var envManager: String?

  @Option(
    help: ArgumentHelp(
      "Where `path` parameters that are URLs are downloaded to.", valueName: "folder"))
  var storageDir: String?

  @Option(
    name: .customLong("run-id"),
    help: ArgumentHelp("Record into this run instead of a new one.", visibility: .hidden))
  var runID: String?

  @Option(help: ArgumentHelp("The run's name; one is made up otherwise.", valueName: "name"))
  var runName: String?

  @Option(help: ArgumentHelp("End the run after this time: 90s, 10m, 2h.", valueName: "time"))
  var timeout: String?

  @Option(
    name: .customLong("env-file"),
    help: ArgumentHelp("Variables for the run, one `NAME=value` a line.", valueName: "file"))
  var environmentFile: String?

  @Flag(help: ArgumentHelp("Build a new image; container projects only.", visibility: .hidden))
  var buildImage = false
}

extension RunOptions {
  /// What is asked, with the words checked that need no project.
  func request(for uri: String, in place: Place) throws -> RunRequest {
    guard backend == "local" else {
      throw Failure(
        .unsupported, "the backend `\(backend)` is not supported",
        hint: "`local` is the one there is")
    }
    var variables = place.variables
    if let environmentFile {
      let path = try FileSystem.absolute(FilePath(environmentFile), in: place.folder)
      try variables.merge(VariablesFile.read(path, in: variables)) { old, _ in old }
    }
    return RunRequest(
      uri: uri, entryPoint: entryPoint, version: version, parameters: try given(),
      environmentManager: try manager(),
      storageFolder: try storageDir.map { try FileSystem.absolute(FilePath($0), in: place.folder) },
      timeout: try timeLimit(),
      variables: variables, workingFolder: place.folder)
  }

  /// Which experiment and name the record gets.
  func settings() throws -> RunSettings {
    if experimentName != nil, experimentID != nil {
      throw Failure(
        .usage, "specify only one of `--experiment-name` and `--experiment-id`",
        hint: "leave one of them out")
    }
    let id = try experimentID.map { text in
      guard let id = ExperimentID(text) else {
        throw Failure(.usage, "`\(text)` is not an experiment id", hint: "an id is a number")
      }
      return id
    }
    let run = try runID.map { text in
      guard let run = RunID(text) else {
        throw Failure(.usage, "`\(text)` is not a run id", hint: "an id has 32 hexadecimal digits")
      }
      return run
    }
    return RunSettings(
      experimentName: experimentName, experimentID: id, runName: runName, runID: run)
  }

  private func given() throws -> [GivenParameter] {
    var given: [GivenParameter] = []
    for word in parameters {
      guard let equals = word.firstIndex(of: "=") else {
        throw Failure(
          .usage, "`-P \(word)` has no value", hint: "write `-P \(word)=VALUE`")
      }
      let name = String(word[..<equals])
      if given.contains(where: { $0.name == name }) {
        throw Failure(
          .usage, "the parameter `\(name)` is given twice", hint: "give each parameter once")
      }
      given.append(GivenParameter(name, String(word[word.index(after: equals)...])))
    }
    return given
  }

  /// Up to 1e9 s, as `timeout` in MLproject.
  private func timeLimit() throws -> Duration? {
    guard let timeout else { return nil }
    let milliseconds = try TimeLength.milliseconds(timeout)
    guard milliseconds > 0, milliseconds <= 1_000_000_000_000 else {
      throw Failure(
        .usage, "`--timeout \(timeout)` leaves the run no time, or more than 31 years",
        hint: "write 90s, 10m, 2h or 30d")
    }
    return .milliseconds(milliseconds)
  }

  private func manager() throws -> EnvironmentManager? {
    guard let envManager else { return nil }
    if let manager = EnvironmentManager(rawValue: envManager) { return manager }
    let names = EnvironmentManager.allCases.map(\.rawValue)
    throw Failure(
      .usage, "there is no environment manager `\(envManager)`",
      hint: nearestName(to: envManager, among: names).map { "did you mean `\($0)`?" }
        ?? "there are: \(names.joined(separator: ", "))")
  }
}
