import Platform
import SystemPackage

/// Makes the environment that a project wants, once per content, and says how to enter it.
struct EnvironmentBuilder: Sendable {
  /// The project's folder.
  let folder: FilePath
  /// The variables that the builders run with.
  let variables: [String: String]
  /// Told before a build, which may take minutes.
  let announce: @Sendable (String) -> Void
  /// Whether one that is not there is made; else that is a failure with code `.notFound`.
  var builds = true

  /// The variables that make a child use the environment, in place of those of `variables`.
  func prepare(
    _ specification: EnvironmentSpecification, with manager: EnvironmentManager
  ) async throws -> [String: String] {
    switch manager {
    case .local: return variables
    case .virtualenv:
      let uv = ProgramPath.find("uv", in: variables["PATH"])
      return try await virtualEnvironment(specification, uv: uv)
    case .uv:
      guard let uv = ProgramPath.find("uv", in: variables["PATH"]) else {
        throw Failure(
          .notFound, "`uv` is not on PATH",
          hint: "install it with `pip install uv`, or use `--env-manager virtualenv` or `local`")
      }
      return try await virtualEnvironment(specification, uv: uv)
    case .conda: return try await condaEnvironment(specification)
    }
  }

  private func virtualEnvironment(
    _ specification: EnvironmentSpecification, uv: FilePath?
  ) async throws -> [String: String] {
    let key = try specification.key(in: folder, kind: "python")
    let store = EnvironmentStore(variables: variables, announce: announce)
    let prefix = try await store.environment(key) { prefix in
      try checkBuilds(specification)
      announce("building the environment of \(specification.file) (once)")
      if let uv {
        try await withUV(uv, specification, prefix)
      } else {
        try await withVenv(specification, prefix)
      }
    }
    return entering(prefix, mark: "VIRTUAL_ENV")
  }

  private func withUV(
    _ uv: FilePath, _ specification: EnvironmentSpecification, _ prefix: FilePath
  ) async throws {
    // One that is installed beside PATH, as pyenv's are, need not be fetched.
    let version =
      specification.python.map { wanted -> [String] in
        let installed = try? PythonLocator(variables: variables, folder: folder).find(wanted)
        return ["--python", installed?.string ?? wanted]
      } ?? []
    try await run(
      uv, ["venv", "--quiet", "--no-project"] + version + [prefix.string], for: prefix)
    let python = prefix.appending("bin/python").string
    for dependencies in [specification.buildDependencies, specification.dependencies]
    where !dependencies.isEmpty {
      try await run(
        uv,
        ["pip", "install", "--quiet", "--python", python]
          + EnvironmentSpecification.words(dependencies), for: prefix)
    }
  }

  private func withVenv(_ specification: EnvironmentSpecification, _ prefix: FilePath) async throws
  {
    let python = try PythonLocator(variables: variables, folder: folder).find(specification.python)
    try await run(python, ["-m", "venv", prefix.string], for: prefix)
    for dependencies in [specification.buildDependencies, specification.dependencies]
    where !dependencies.isEmpty {
      try await run(
        prefix.appending("bin/python"),
        ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
          + EnvironmentSpecification.words(dependencies), for: prefix)
    }
  }

  private func condaEnvironment(
    _ specification: EnvironmentSpecification
  ) async throws -> [String: String] {
    let names = ["micromamba", "mamba", "conda"]
    let found = names.lazy.compactMap { name in
      ProgramPath.find(name, in: variables["PATH"]).map { (name, $0) }
    }.first
    guard let (name, tool) = found else {
      throw Failure(
        .notFound,
        "the project wants a conda environment, but none of `micromamba`, `mamba` and "
          + "`conda` is on PATH",
        hint: "install one, or use `--env-manager virtualenv` (pip packages only) or `local`")
    }
    let key = try specification.key(in: folder, kind: "conda")
    let store = EnvironmentStore(variables: variables, announce: announce)
    let prefix = try await store.environment(key) { prefix in
      try checkBuilds(specification)
      announce("building the environment of \(specification.file) with \(name) (once)")
      let file = folder.pushing(specification.file).string
      let words = name == "micromamba" ? ["create", "--yes"] : ["env", "create"]
      try await run(
        tool, words + ["--quiet", "--prefix", prefix.string, "--file", file], for: prefix)
    }
    return entering(prefix, mark: "CONDA_PREFIX")
  }

  private func checkBuilds(_ specification: EnvironmentSpecification) throws {
    if builds { return }
    throw Failure(.notFound, "the environment of \(specification.file) is not built yet")
  }

  private func entering(_ prefix: FilePath, mark: String) -> [String: String] {
    var entered = variables
    entered[mark] = prefix.string
    entered["PATH"] = prefix.appending("bin").string + ":" + (variables["PATH"] ?? "/usr/bin:/bin")
    entered["PYTHONHOME"] = nil
    return entered
  }

  /// Runs one step of a build; what it wrote is the cause when it fails.
  private func run(
    _ program: FilePath, _ arguments: [String], for prefix: FilePath
  ) async throws {
    var clean = variables
    clean[EnvironmentStore.building] = prefix.string
    clean["VIRTUAL_ENV"] = nil
    clean["PYTHONHOME"] = nil
    // What the shell would import must not be taken for installed.
    clean["PYTHONPATH"] = nil
    clean["PIP_NO_INPUT"] = "1"
    let result = try await ChildProcess.capture(
      ChildCommand(program, arguments, environment: clean, directory: folder))
    if result.end.reason == .cancelled { throw CancellationError() }
    guard result.end.exitCode != 0 else { return }
    let lines = String(decoding: result.error + result.output, as: UTF8.self)
      .split(separator: "\n").suffix(12)
    throw Failure(
      .invalid,
      "the environment could not be built: `\(program.lastComponent?.string ?? "")` "
        + "ended with status \(result.end.exitCode)",
      hint: "correct the dependencies, or use `--env-manager local`",
      cause: lines.joined(separator: "\n"))
  }
}
