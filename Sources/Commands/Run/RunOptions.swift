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
  var givenEntryPoint: String?

  var entryPoint: String { givenEntryPoint ?? "main" }

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
    name: .customLong("env-file"),
    help: ArgumentHelp("Variables for the run, one `NAME=value` a line.", valueName: "file"))
  var environmentFile: String?

  @Flag(help: ArgumentHelp("Build a new image; container projects only.", visibility: .hidden))
  var buildImage = false

  @OptionGroup var recording: RecordingOptions
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
      uri: uri, entryPoint: entryPoint, version: version,
      parameters: try GivenParameter.parse(parameters),
      environmentManager: try manager(),
      storageFolder: try storageDir.map { try FileSystem.absolute(FilePath($0), in: place.folder) },
      timeout: try recording.timeLimit(),
      variables: variables, workingFolder: place.folder)
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
