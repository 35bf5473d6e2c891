import Platform
import Support
import SystemPackage
import Testing

/// One message with its place and a hint, the right exit status, and nothing written.
@Suite("Bad input to reprise run") struct BadInputTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var manifest: String
    var arguments: [String] = ["run"]
    var status: Int32 = 2
    /// Pieces of the message, in order.
    var says: [String]

    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(
      name: "broken YAML", manifest: "name: x\nentry_points:\n  main: {command: 'x'\n",
      says: ["error: ", "MLproject:"]),
    Case(
      name: "an entry point that is misspelled",
      manifest: "entry_points: {train: {command: 'true'}, evaluate: {command: 'true'}}",
      arguments: ["run", "-e", "trian"],
      says: ["no entry point named `trian`", "did you mean `train`?", "evaluate, train"]),
    Case(
      name: "a parameter that is missing and was misspelled",
      manifest: "entry_points: {main: {parameters: {alpha: float}, command: 'true {alpha}'}}",
      arguments: ["run", "-P", "alhpa=1"], says: ["`alpha`", "did you mean"]),
    Case(
      name: "a value of the wrong type",
      manifest:
        "entry_points: {main: {parameters: {n: {type: int, default: 1}}, command: 'true {n}'}}",
      arguments: ["run", "-P", "n=1.5"], says: ["`n`", "1.5"]),
    Case(
      name: "a value out of range",
      manifest:
        "entry_points: {main: {parameters: {n: {type: int, default: 1, max: 5}}, command: 'true {n}'}}",
      arguments: ["run", "-P", "n=6"], says: ["`n`", "5"]),
    Case(
      name: "a value that is no choice",
      manifest:
        "entry_points: {main: {parameters: {o: {default: adam, choices: [adam, sgd]}}, command: 'true {o}'}}",
      arguments: ["run", "-P", "o=sdg"], says: ["sdg", "sgd"]),
    Case(
      name: "a parameter given twice", manifest: "entry_points: {main: {command: 'true'}}",
      arguments: ["run", "-P", "a=1", "-P", "a=2"], says: ["`a` is given twice"]),
    Case(
      name: "a parameter without value", manifest: "entry_points: {main: {command: 'true'}}",
      arguments: ["run", "-P", "a"], says: ["-P a", "has no value"]),
    Case(
      name: "both experiment options", manifest: "entry_points: {main: {command: 'true'}}",
      arguments: ["run", "--experiment-name", "a", "--experiment-id", "0"], says: ["only one of"]),
    Case(
      name: "a filter that is none, where nothing is recorded",
      manifest: "entry_points: {main: {command: 'true'}}",
      arguments: ["runs", "list", "--filter", "metrics.loss"],
      says: ["expected a comparison", "--filter:1:13"]
    ),
    Case(
      name: "a filter of models that is none, where nothing is recorded",
      manifest: "entry_points: {main: {command: 'true'}}",
      arguments: ["models", "list", "--filter", "version = 3"], says: ["version"]),
    Case(
      name: "a project that is not there", manifest: "", arguments: ["run", "nowhere"],
      says: ["no project at `nowhere`"]),
    Case(
      name: "a version of a folder", manifest: "entry_points: {main: {command: 'true'}}",
      arguments: ["run", ".", "-v", "v1"], says: ["setting a version is only supported for git"]),
    Case(
      name: "a folder in the URI that is not there", manifest: "", arguments: ["run", ".#sub"],
      says: ["`sub`"]),
    Case(
      name: "an output outside of the project",
      manifest: "entry_points: {main: {command: 'true', outputs: [../x]}}",
      says: ["../x", "outside"]),
    Case(
      name: "an input that is not there",
      manifest: "entry_points: {main: {command: 'true', inputs: [data.csv]}}",
      says: ["the input `data.csv`", "does not exist", "MLproject:1:"]),
    Case(
      name: "a path parameter that is not there",
      manifest: "entry_points: {main: {parameters: {d: path}, command: 'true {d}'}}",
      arguments: ["run", "-P", "d=gone.csv"], says: ["`d` is `gone.csv`"]),
    Case(
      name: "a uri parameter without scheme",
      manifest: "entry_points: {main: {parameters: {u: uri}, command: 'true {u}'}}",
      arguments: ["run", "-P", "u=gone"], says: ["`u`", "scheme"]),
    Case(
      name: "a container project",
      manifest: "docker_env: {image: python}\nentry_points: {main: {command: 'true'}}",
      says: ["docker_env", "not supported"]),
    Case(
      name: "a trainer that is not there",
      manifest: "entry_points: {main: {trainer: logistc}}",
      says: ["no trainer named `logistc`", "MLproject:1:", "did you mean `logistic`?"]),
    Case(
      name: "a trainer's parameter that is not there",
      manifest: "entry_points: {main: {trainer: logistic, parameters: {trget: x}}}",
      says: ["`trget`", "target"]),
    Case(
      name: "an environment manager that is not there",
      manifest: "entry_points: {main: {command: 'true'}}",
      arguments: ["run", "--env-manager", "virtualenw"], says: ["did you mean `virtualenv`?"]),
    Case(
      name: "a backend that is not there", manifest: "entry_points: {main: {command: 'true'}}",
      arguments: ["run", "-b", "kubernetes"], says: ["backend `kubernetes`"]),
    Case(
      name: "an unknown option", manifest: "entry_points: {main: {command: 'true'}}",
      arguments: ["run", "--entrypoint", "x"], says: ["--entrypoint", "see `reprise run --help`"]),
    Case(
      name: "an environment file that is not there",
      manifest: "python_env: env.yaml\nentry_points: {main: {command: 'true'}}",
      says: ["env.yaml", "MLproject:1:"]),
    Case(
      name: "an unknown placeholder", manifest: "entry_points: {main: {command: 'true {x}'}}",
      says: ["x"]),
    Case(
      name: "our own key with a wrong value",
      manifest: "entry_points:\n  main:\n    command: 'true'\n    outputs: 5\n",
      says: ["outputs", "MLproject:4:"]),
    Case(
      name: "a timeout that is none",
      manifest: "entry_points:\n  main:\n    command: 'true'\n    timeout: soon\n",
      says: ["timeout", "MLproject:4:"]),
    Case(
      name: "a git URL that cannot be reached", manifest: "",
      arguments: ["run", "file:///nowhere/at/all.git"], says: ["no project at"]),
    Case(
      name: "a remote that nobody answers", manifest: "",
      arguments: ["run", "http://127.0.0.1:9/x.git"], status: 75, says: ["127.0.0.1:9"]),
    Case(
      name: "a zip that is not there", manifest: "", arguments: ["run", "gone.zip"],
      says: ["gone.zip"]),
  ]

  @Test("one message, the right status, nothing written", arguments: cases)
  func message(_ example: Case) async throws {
    let folder = try TemporaryFolder()
    if !example.manifest.isEmpty { try folder.write(example.manifest, to: "MLproject") }
    let before = try FileSystem.names(in: folder.path)
    let result = try await Program.run(example.arguments, in: folder.path)
    #expect(result.status == example.status, "\(result.error)")
    #expect(result.output.isEmpty)
    #expect(result.error.components(separatedBy: "error: ").count == 2, "\(result.error)")
    var rest = Substring(result.error)
    for piece in example.says {
      let range = rest.firstRange(of: piece)
      #expect(range != nil, "`\(piece)` is not in: \(result.error)")
      if let range { rest = rest[range.upperBound...] }
    }
    #expect(try FileSystem.names(in: folder.path).filter { $0 != ".cache" } == before)
  }

  @Test("the same as JSON")
  func json() async throws {
    let folder = try TemporaryFolder()
    try folder.write("entry_points: {train: {command: 'true'}}", to: "MLproject")
    let result = try await Program.run(["run", "-e", "trian", "--json"], in: folder.path)
    #expect(result.status == 2)
    #expect(result.error.hasPrefix("{\"error\":{\"code\":\"not_found\""))
  }

  @Test("a read-only project is one message")
  func readOnly() async throws {
    // Root writes everywhere, so a file stands where the folder has to be.
    let folder = try TemporaryFolder()
    try folder.write("entry_points: {main: {command: 'touch ran'}}", to: "MLproject")
    try folder.write("in the way", to: ".reprise")
    let result = try await Program.run(["run"], in: folder.path)
    #expect(result.status == 2)
    #expect(result.error.contains(".reprise"))
    #expect(!FileSystem.exists(folder.path.appending("ran")))
  }

  @Test("a corrupt database is named and left as it is")
  func corrupt() async throws {
    let folder = try TemporaryFolder()
    try folder.write("entry_points: {main: {command: 'touch ran'}}", to: "MLproject")
    try folder.write(
      String(repeating: "this is no database\n", count: 400), to: ".reprise/records.db")
    let before = try folder.read(".reprise/records.db")
    for command in [["run"], ["runs"], ["experiments"]] {
      let result = try await Program.run(command, in: folder.path)
      #expect(result.status == 2, "\(result.error)")
      #expect(result.error.contains("records.db"))
    }
    #expect(try folder.read(".reprise/records.db") == before)
    #expect(!FileSystem.exists(folder.path.appending("ran")))
  }
}

extension String {
  fileprivate func components(separatedBy separator: String) -> [Substring] {
    split(separator: separator, omittingEmptySubsequences: false)
  }
}
