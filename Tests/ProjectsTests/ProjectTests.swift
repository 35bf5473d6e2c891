import Platform
import Projects
import Support
import SystemPackage
import Testing

@Suite("Projects on the disk") struct ProjectTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(
    "the file is found in any case",
    arguments: ["MLproject", "mlproject", "MLPROJECT", "mlProject"])
  func names(name: String) throws {
    try folder.write("name: x", to: name)
    #expect(try Project.load(folder.path).manifest.name == "x")
  }

  @Test("of several files MLproject wins, with a warning") func several() throws {
    try folder.write("name: a", to: "MLPROJECT")
    try folder.write("name: b", to: "MLproject")
    let project = try Project.load(folder.path)
    #expect(project.manifest.name == "b")
    #expect(
      project.manifest.warnings.first?.message
        == "there are MLPROJECT and MLproject; MLproject is used")
  }

  @Test("without a file there is a project without entry points") func empty() throws {
    let project = try Project.load(folder.path)
    #expect(project.manifest == Manifest())
    #expect(project.environment == .python(nil))
  }

  @Test("environments: the declared one, else python_env.yaml, else conda.yaml") func environments()
    throws
  {
    try folder.write("", to: "conda.yaml")
    #expect(
      try Project.load(folder.path).environment == .conda(folder.path.appending("conda.yaml")))
    try folder.write("", to: "python_env.yaml")
    #expect(
      try Project.load(folder.path).environment == .python(folder.path.appending("python_env.yaml"))
    )
    try folder.write("", to: "env/c.yaml")
    try folder.write("conda_env: env/c.yaml", to: "MLproject")
    #expect(
      try Project.load(folder.path).environment == .conda(folder.path.appending("env/c.yaml")))
    try folder.write("python_env: ''", to: "MLproject")
    #expect(
      try Project.load(folder.path).environment == .python(folder.path.appending("python_env.yaml"))
    )
    try folder.write(
      "docker_env: {image: x, volumes: [/a], environment: [[A, b], C]}", to: "MLproject")
    let docker = DockerEnvironment(
      image: "x", volumes: ["/a"],
      variables: [.init("A", "b"), .init("C")])
    #expect(try Project.load(folder.path).environment == .docker(docker))
    try folder.write("conda_env: cond.yaml", to: "MLproject")
    let failure = try #require(throws: Failure.self) { try Project.load(folder.path) }
    #expect(failure.message == "there is no file `cond.yaml`, which `conda_env` names")
    #expect(failure.hint == "did you mean `conda.yaml`?")
    #expect(failure.location?.line == 1)
  }

  @Test("an entry point is found, or a script") func entryPoints() throws {
    try folder.write("entry_points: {train: {command: a}, evaluate: {command: b}}", to: "MLproject")
    let project = try Project.load(folder.path)
    #expect(try project.entryPoint(named: "train").command == "a")
    #expect(try project.entryPoint(named: "x y.py").command == "python 'x y.py'")
    #expect(try project.entryPoint(named: "s/x.sh", shell: "/bin/zsh").command == "/bin/zsh s/x.sh")
    #expect(try project.entryPoint(named: "x.sh").command == "bash x.sh")
    #expect(
      try project.entryPoint(named: "x.R").command
        == "Rscript -e \"mlflow::mlflow_source('x.R')\" --args")
    let braces = try project.entryPoint(named: "{a}.py")
    #expect(try braces.command(with: Arguments([])) == "python '{a}.py'")
    for name in ["trian", "x.r", ".py", "..py", "a.py/x", ""] {
      let failure = try #require(throws: Failure.self) { try project.entryPoint(named: name) }
      #expect(failure.code == .notFound)
      #expect(failure.hint?.hasSuffix("this project has: evaluate, train") == true)
    }
    let near = try #require(throws: Failure.self) { try project.entryPoint(named: "trian") }
    #expect(near.hint == "did you mean `train`? this project has: evaluate, train")
  }

  @Test("what is no folder is told so") func missing() throws {
    try folder.write("", to: "file")
    let file = try #require(throws: Failure.self) {
      try Project.load(folder.path.appending("file"))
    }
    #expect(file.message.contains("is a file, not a project folder"))
    let none = try #require(throws: Failure.self) {
      try Project.load(folder.path.appending("none"))
    }
    #expect(none.code == .notFound)
  }

  @Test("an MLproject that is a folder is told so") func directory() throws {
    try folder.write("", to: "MLproject/x")
    #expect(throws: Failure.self) { try Project.load(folder.path) }
  }

  @Test("an unreadable text is told with its place") func encoding() throws {
    try FileSystem.write([0x61, 0x3A, 0x20, 0xFF], to: folder.path.appending("MLproject"))
    let failure = try #require(throws: Failure.self) { try Project.load(folder.path) }
    #expect(failure.message == "bytes that are not UTF-8")
    #expect(failure.location?.column == 4)
  }
}
