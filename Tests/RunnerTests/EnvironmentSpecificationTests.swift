import Platform
import Support
import SystemPackage
import Testing

@testable import Runner

@Suite("What an environment has to hold") struct EnvironmentSpecificationTests {
  private func key(_ text: String, _ files: [String: String] = [:], in folder: TemporaryFolder)
    throws -> String
  {
    try folder.write(text, to: "e.yaml")
    for (name, content) in files { try folder.write(content, to: name) }
    return try EnvironmentSpecification.python(folder.path.appending("e.yaml"), in: folder.path)
      .key(in: folder.path, kind: "python")
  }

  @Test("a python_env.yaml")
  func python() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "python: \"3.10\"\nbuild_dependencies:\n  - pip==23\ndependencies: [six, -r r.txt]\n",
      to: "e.yaml")
    let read = try EnvironmentSpecification.python(folder.path.appending("e.yaml"), in: folder.path)
    #expect(read.python == "3.10")
    #expect(read.buildDependencies == ["pip==23"])
    #expect(read.dependencies == ["six", "-r r.txt"])
  }

  @Test(
    "a python_env.yaml that is wrong says where",
    arguments: [
      ("python: 3.10", "`python` must be a text", 1), ("\npithon: x", "`pithon` is no key", 2),
      ("dependencies: six", "expected a list", 1), ("- a", "must be a mapping", 1),
      ("dependencies:\n- [a]", "must be a text", 2), ("python: [", "", 1),
    ])
  func wrong(text: String, says: String, line: Int) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "e.yaml")
    let failure = #expect(throws: Failure.self) {
      try EnvironmentSpecification.python(folder.path.appending("e.yaml"), in: folder.path)
    }
    #expect(failure?.message.contains(says) == true, "\(failure?.message ?? "")")
    #expect(failure?.location?.file == "e.yaml")
    if !says.isEmpty { #expect(failure?.location?.line == line) }
  }

  @Test("a conda file: Python and pip's tools have counterparts")
  func conda() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "dependencies: [python=3.9, pip<=21, numpy=1, {pip: [six, mlflow]}]\n", to: "c.yaml")
    let read = try EnvironmentSpecification.conda(folder.path.appending("c.yaml"), in: folder.path)
    #expect(read.python == "3.9")
    #expect(read.condaOnly == ["numpy=1"])
    #expect(read.dependencies == ["six", "mlflow"])
  }

  @Test("equal needs have one key, whatever the project's folder; others have another")
  func keys() throws {
    let (a, b) = (try TemporaryFolder(), try TemporaryFolder())
    let text = "dependencies: [-r r.txt]\n"
    let first = try key(text, ["r.txt": "six\n-c c.txt\n", "c.txt": "six<2\n"], in: a)
    #expect(try key(text, ["r.txt": "six\n-c c.txt\n", "c.txt": "six<2\n"], in: b) == first)
    #expect(try key(text, ["c.txt": "six<3\n"], in: b) != first)
    #expect(try key("python: '3.9'\n" + text, in: a) != first)
    #expect(try key("dependencies: [six]\n", in: a) != key("build_dependencies: [six]\n", in: a))
  }

  @Test(
    "a package of the project itself is another in another project",
    arguments: ["-e .", "./lib", "x @ file:lib"])
  func local(dependency: String) throws {
    let (a, b) = (try TemporaryFolder(), try TemporaryFolder())
    let text = "dependencies: ['\(dependency)']\n"
    #expect(try key(text, in: a) != key(text, in: b))
    let file = "dependencies: [-r r.txt]\n"
    #expect(try key(file, ["r.txt": dependency], in: a) != key(file, ["r.txt": dependency], in: b))
  }

  @Test("requirement files that name each other end")
  func circle() throws {
    let folder = try TemporaryFolder()
    #expect(try key("dependencies: [-r r.txt]", ["r.txt": "-r r.txt\n"], in: folder).count == 24)
  }

  @Test("words for pip")
  func words() {
    let lines = ["six==1", "-r a b.txt", "--no-deps", "x  # why", "-e ./lib"]
    #expect(
      EnvironmentSpecification.words(lines).map { $0.trimmingSpaces }
        == ["six==1", "-r", "a b.txt", "--no-deps", "x", "-e", "./lib"])
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
