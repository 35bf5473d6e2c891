import Formats
import Glibc
import Platform
import Support
import SystemPackage
import Testing

/// Environments built by the real uv and the real `python3 -m venv`, with a small package from PyPI.
@Suite("Environments of a project", .serialized) struct EnvironmentInterop {
  /// How this machine reaches PyPI.
  private static var network: [String: String] {
    let names = [
      "PIP_CERT", "SSL_CERT_FILE", "SSL_CERT_DIR", "PIP_INDEX_URL", "UV_INDEX_URL", "UV_NATIVE_TLS",
      "PIP_FIND_LINKS", "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "NO_PROXY", "PIP_CONFIG_FILE",
      "UV_SYSTEM_CERTS", "UV_DEFAULT_INDEX", "UV_FIND_LINKS", "REQUESTS_CA_BUNDLE",
    ]
    let pairs = names.compactMap { name in getenv(name).map { (name, String(cString: $0)) } }
    return Dictionary(uniqueKeysWithValues: pairs)
  }

  enum Builder: String, CaseIterable, Sendable { case uv, venv }

  /// A project whose entry point tells which Python and which six it runs with.
  final class Sandbox: Sendable {
    let folder: TemporaryFolder
    let path: String

    init(_ builder: Builder, dependencies: String, version: String = "3.11") throws {
      folder = try TemporaryFolder()
      try folder.write(
        "python_env: python_env.yaml\nentry_points: {main: {command: 'python tell.py'}}\n",
        to: "MLproject")
      try folder.write("import sys, six\nprint(sys.prefix, six.__version__)\n", to: "tell.py")
      try folder.write(
        "python: \"\(version)\"\nbuild_dependencies: [pip]\ndependencies: \(dependencies)\n",
        to: "python_env.yaml")
      let peers = try Peer.python.removingLastComponent()
      // Only uv of the peers, or none at all: their Python must not be found first.
      let tools = folder.path.appending("tools")
      try FileSystem.createDirectory(tools)
      if builder == .uv {
        guard symlink(peers.appending("uv").string, tools.appending("uv").string) == 0 else {
          throw Failure(errno: errno, "link", tools)
        }
      }
      let python = FileSystem.realPath(try Peer.python) ?? "/usr/bin/python3"
      path = "\(tools):\(python.removingLastComponent()):/usr/bin:/bin"
    }

    var cache: FilePath { folder.path.appending("environments") }

    func run(_ words: [String] = ["run"], extra: [String: String] = [:]) async throws
      -> Program.Result
    {
      var variables = EnvironmentInterop.network
      variables["PATH"] = path
      variables["REPRISE_ENVIRONMENTS"] = cache.string
      variables.merge(extra) { $1 }
      return try await Program.run(words, in: folder.path, environment: variables)
    }

    /// The folders of built or half built environments.
    func environments() throws -> [String] {
      guard FileSystem.isDirectory(cache) else { return [] }
      return try FileSystem.names(in: cache).filter { !$0.hasSuffix(".lock") }
    }

    func inode() throws -> UInt64? {
      try environments().first.flatMap { try FileSystem.status(cache.appending($0))?.inode }
    }
  }

  @Test(
    "is built once and used again; changed requirements build another", arguments: Builder.allCases)
  func reuse(builder: Builder) async throws {
    let sandbox = try Sandbox(builder, dependencies: "[-r requirements.txt]")
    try sandbox.folder.write("six==1.16.0\n", to: "requirements.txt")
    let first = try await sandbox.run()
    try #require(first.status == 0, "\(first.error)")
    #expect(first.output.hasSuffix(" 1.16.0\n") && first.output.contains(sandbox.cache.string))
    #expect(first.error.contains("building the environment of python_env.yaml (once)"))
    let inode = try sandbox.inode()
    let second = try await sandbox.run()
    #expect(second.output == first.output)
    #expect(!second.error.contains("building"))
    #expect(try sandbox.inode() == inode)
    #expect(try sandbox.environments().count == 1)

    let shown = try await sandbox.run(["runs", "show", "latest", "--json"])
    let run = try JSONValue(parsing: shown.output)
    let packages = run["environment"]?["python"]?["packages"]?.array?.compactMap(\.string) ?? []
    #expect(packages.contains("six==1.16.0"), "\(packages)")
    #expect(run["environment"]?["manager"]?.string == "virtualenv")
    #expect(run["tags"]?["mlflow.project.env"]?.string == "virtualenv")
    let python = "\(sandbox.cache)/\(try sandbox.environments()[0])/bin/python"
    let listed = try await Program.shell(
      "'\(python)' -m pip list --format=freeze 2>/dev/null", in: sandbox.folder.path)
    #expect(packages == listed.split(separator: "\n").map { $0.lowercased() }.sorted())

    try sandbox.folder.write("six==1.17.0\n", to: "requirements.txt")
    let third = try await sandbox.run()
    #expect(third.output.hasSuffix(" 1.17.0\n"), "\(third.error)")
    #expect(try sandbox.environments().count == 2)
  }

  @Test("is built once by four runs at a time; those that wait say so")
  func concurrent() async throws {
    let sandbox = try Sandbox(.uv, dependencies: "[six==1.16.0]")
    let results = try await withThrowingTaskGroup(of: Program.Result.self) { group in
      for _ in 0..<4 { group.addTask { try await sandbox.run() } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(results.map(\.status) == [0, 0, 0, 0], "\(results.map(\.error))")
    #expect(results.count { $0.error.contains("building the environment") } == 1)
    #expect(results.count { $0.error.contains("waiting for another process that builds") } == 3)
    #expect(try sandbox.environments().count == 1)
  }

  @Test("leaves nothing when the build fails, and no run", arguments: Builder.allCases)
  func failing(builder: Builder) async throws {
    let sandbox = try Sandbox(builder, dependencies: "[six==0.0.0.1]")
    let result = try await sandbox.run()
    #expect(result.status == 2)
    #expect(result.error.contains("error: the environment could not be built"), "\(result.error)")
    #expect(result.error.contains("six"), "\(result.error)")
    #expect(try sandbox.environments().isEmpty)
    #expect(!FileSystem.exists(sandbox.folder.path.appending(".reprise")))
  }

  @Test("that a kill -9 left half made is made anew")
  func killed() async throws {
    let sandbox = try Sandbox(.venv, dependencies: "[six==1.16.0]")
    let words = "exec '\(Program.path)' run"
    let killer =
      "bash -c \"\(words)\" & for i in $(seq 6000); do ls environments/*/bin >/dev/null 2>&1 && break; "
      + "sleep 0.02; done; kill -9 $!; wait; ls -d environments/*/"
    let result = try await Program.run(
      "/bin/bash", ["-c", killer], in: sandbox.folder.path,
      environment: ["PATH": sandbox.path, "REPRISE_ENVIRONMENTS": sandbox.cache.string])
    #expect(result.output.contains("environments/"), "\(result)")
    #expect(try sandbox.environments().count == 1)
    let half = sandbox.cache.appending(try sandbox.environments()[0])
    #expect(!FileSystem.exists(half.appending(".complete")))
    let again = try await sandbox.run()
    #expect(again.status == 0 && again.output.hasSuffix(" 1.16.0\n"), "\(again.error)")
  }

  @Test("that uv built while it was killed, at any moment, is made anew")
  func killedAtRandom() async throws {
    let sandbox = try Sandbox(.uv, dependencies: "[six==1.16.0]")
    var halves = 0
    for round in 0..<8 {
      let killer =
        // From the moment on that it builds, however long a busy machine takes to come there.
        "'\(Program.path)' run & for i in $(seq 6000); do ls -d '\(sandbox.cache)'/*/ "
        + ">/dev/null 2>&1 && break; kill -0 $! || break; sleep 0.01; done; "
        + "sleep 0.0\(round); kill -9 $!; wait"
      var variables = Self.network
      variables["PATH"] = sandbox.path
      variables["REPRISE_ENVIRONMENTS"] = sandbox.cache.string
      _ = try await Program.run(
        "/bin/bash", ["-c", killer], in: sandbox.folder.path, environment: variables)
      for name in try sandbox.environments()
      where !FileSystem.exists(sandbox.cache.appending("\(name)/.complete")) { halves += 1 }
      let again = try await sandbox.run()
      #expect(again.status == 0 && again.output.hasSuffix(" 1.16.0\n"), "\(again.error)")
      #expect(try sandbox.environments().count == 1)
      try FileSystem.removeTree(sandbox.cache)
    }
    #expect(halves > 0)
  }

  @Test("is made anew when its Python has gone")
  func gone() async throws {
    let sandbox = try Sandbox(.uv, dependencies: "[six==1.16.0]")
    #expect(try await sandbox.run().status == 0)
    let name = try #require(try sandbox.environments().first)
    let python = sandbox.cache.appending("\(name)/bin/python")
    try FileSystem.remove(python)
    #expect(symlink("/nowhere/python", python.string) == 0)
    let again = try await sandbox.run()
    #expect(again.status == 0, "\(again.error)")
  }

  @Test("of a Python that is not installed names those that are")
  func version() async throws {
    let sandbox = try Sandbox(.venv, dependencies: "[]", version: "3.99")
    let result = try await sandbox.run(extra: ["PYENV_ROOT": "/nowhere"])
    #expect(result.status == 2)
    #expect(result.error.contains("error: Python 3.99 is not installed"), "\(result.error)")
    #expect(result.error.contains("found: 3.11."), "\(result.error)")
    #expect(try sandbox.environments().isEmpty)
  }

  @Test("of conda, and of uv, without the program is a clear refusal", arguments: ["conda", "uv"])
  func missing(manager: String) async throws {
    let sandbox = try Sandbox(.venv, dependencies: "[]")
    if manager == "conda" {
      try sandbox.folder.write(
        "conda_env: c.yaml\nentry_points: {main: {command: 'true'}}", to: "MLproject")
      try sandbox.folder.write("dependencies: [python=3.11, numpy]\n", to: "c.yaml")
    }
    let result = try await sandbox.run(["run", "--env-manager", manager])
    #expect(result.status == 2)
    #expect(result.error.contains("on PATH") && result.error.contains("hint: "), "\(result.error)")
    #expect(!FileSystem.exists(sandbox.folder.path.appending(".reprise")))
  }

  @Test("packages are those that pip lists", arguments: ["peers", "debian", "editable", "uv"])
  func packages(kind: String) async throws {
    let folder = try TemporaryFolder()
    try folder.write("entry_points: {main: {command: 'true'}}", to: "MLproject")
    var python = try Peer.python.string
    switch kind {
    case "debian": python = "/usr/bin/python3"
    case "editable":
      try folder.write(
        "from setuptools import setup\nsetup(name='My_Odd.Name', version='1.2.3')\n",
        to: "src/setup.py")
      try await Program.shell(
        "'\(python)' -m venv v && v/bin/python -m pip --version && mkdir -p v/lib/linked && "
          + "cp -r src v/lib/linked/ && cd src && ../v/bin/python setup.py -q develop 2>/dev/null",
        in: folder.path)
      python = folder.path.appending("v/bin/python").string
    case "uv":
      let uv = try Peer.python.removingLastComponent().appending("uv")
      try await Program.shell("'\(uv)' venv -q --python '\(python)' v", in: folder.path)
      let words = ["pip", "install", "-q", "--python", "v/bin/python", "pip", "six==1.16.0"]
      let installed = try await Program.run(uv, words, in: folder.path, environment: Self.network)
      #expect(installed.status == 0, "\(installed.error)")
      python = folder.path.appending("v/bin/python").string
    default: break
    }
    let path = FilePath(python).removingLastComponent().string
    let search = kind == "debian" ? "/usr/bin:/bin" : "\(path):/usr/bin:/bin"
    let result = try await Program.run(["run"], in: folder.path, environment: ["PATH": search])
    #expect(result.status == 0, "\(result.error)")
    let shown = try await Program.run(["runs", "show", "latest", "--json"], in: folder.path)
    let recorded = try JSONValue(parsing: shown.output)["environment"]?["python"]
    let packages = recorded?["packages"]?.array?.compactMap(\.string) ?? []
    let listed = try await Program.run(
      FilePath(python),
      ["-c", "import sys; print('.'.join(map(str, sys.version_info[:3])))"], in: folder.path)
    #expect((recorded?["version"]?.string ?? "") + "\n" == listed.output)
    let peer = try await Program.run(
      FilePath(python),
      ["-m", "pip", "list", "--format=freeze", "--disable-pip-version-check"], in: folder.path)
    let lines = peer.output.split(separator: "\n").map(Self.normalized).sorted()
    #expect(packages == lines)
    #expect(!lines.isEmpty)
  }

  private static func normalized(_ line: Substring) -> String {
    let parts = line.split(separator: "=", maxSplits: 1)
    var name = ""
    for character in parts[0].lowercased() {
      let isSeparator = "-_.".contains(character)
      if !(isSeparator && name.last == "-") { name.append(isSeparator ? "-" : character) }
    }
    return name + "=" + (parts.count > 1 ? parts[1] : "")
  }
}
