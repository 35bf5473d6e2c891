import Glibc
import Platform
import Support
import SystemPackage
import Testing

@testable import Runner

@Suite("The plan of a run") struct RunPlanTests {
  @Test("inputs are those declared, then the files that path parameters name")
  func inputs() async throws {
    let sandbox = try Sandbox(
      """
      entry_points:
        main:
          parameters:
            data: {type: path, default: data/b.csv}
            same: {type: path, default: data/a.csv}
            here: {type: path, default: .}
            top: {type: path, default: /}
            out: {type: path, default: /etc/hostname}
          inputs: [data/a.csv, data]
          command: "true"
      """)
    try sandbox.folder.write("1", to: "data/a.csv")
    try sandbox.folder.write("2", to: "data/b.csv")
    let plan = try await sandbox.plan()
    #expect(plan.inputs.map(\.declared) == ["data/a.csv", "data", "data/b.csv", "/etc/hostname"])
  }

  @Test("an input that is a broken link does not exist")
  func broken() async throws {
    let sandbox = try Sandbox("entry_points: {main: {command: 'true', inputs: [x]}}")
    symlink("nowhere", sandbox.folder.path.appending("x").string)
    await #expect(throws: Failure.self) { try await sandbox.plan() }
  }

  @Test(
    "an output outside of the project is refused, through links too",
    arguments: [
      ("../x", false), ("/tmp/x", false), ("away/x", false), ("away", false), ("dangling", false),
      (".", false), ("inside/x", true), ("a/../b", true), ("new/deep/x", true), ("circle", true),
    ])
  func outputs(path: String, isAllowed: Bool) async throws {
    let sandbox = try Sandbox("entry_points: {main: {command: 'true', outputs: ['\(path)']}}")
    let other = try TemporaryFolder()
    try sandbox.folder.write("", to: "real/keep")
    let link = { (target: String, name: String) in
      _ = symlink(target, sandbox.folder.path.appending(name).string)
    }
    link(other.path.string, "away")
    link("\(other.path)/not-yet", "dangling")
    link("real", "inside")
    link("circle", "circle")
    let plan = try? await sandbox.plan()
    #expect((plan != nil) == isAllowed)
  }

  @Test("a project that is reached by a link has its outputs inside")
  func linked() async throws {
    let sandbox = try Sandbox("entry_points: {main: {command: 'true', outputs: [out/x]}}")
    let other = try TemporaryFolder()
    let link = other.path.appending("project")
    symlink(sandbox.folder.path.string, link.string)
    let request = RunRequest(
      uri: link.string, variables: sandbox.variables, workingFolder: other.path)
    let plan = try await sandbox.plan(request)
    #expect(plan.outputs.map(\.declared) == ["out/x"])
  }

  private static let python = "python_env: e.yaml\n"
  private static let conda = "conda_env: c.yaml\n"

  @Test(
    "who provides the environment",
    arguments: [
      ("", nil, EnvironmentManager.local, false), ("", .local, .local, false),
      ("", .virtualenv, .virtualenv, true), ("", .uv, .uv, true), ("", .conda, nil, false),
      (python, nil, .virtualenv, true), (python, .local, .local, false), (python, .uv, .uv, true),
      (python, .virtualenv, .virtualenv, true), (python, .conda, nil, false),
      (conda, nil, .conda, true), (conda, .local, .local, false), (conda, .uv, .uv, true),
      (conda, .virtualenv, .virtualenv, true), (conda, .conda, .conda, true),
      ("docker_env: {image: x}\n", nil, nil, false),
    ] as [(String, EnvironmentManager?, EnvironmentManager?, Bool)])
  func managers(
    head: String, asked: EnvironmentManager?, chosen: EnvironmentManager?, builds: Bool
  ) async throws {
    let sandbox = try Sandbox(head + "entry_points: {main: {command: 'true'}}")
    if head == Self.python { try sandbox.folder.write("python: '3.11'\n", to: "e.yaml") }
    if head == Self.conda {
      try sandbox.folder.write("dependencies: [python=3.11]\n", to: "c.yaml")
    }
    let plan = try? await sandbox.plan(sandbox.request(manager: asked))
    #expect(plan?.manager == chosen)
    if let plan { #expect((plan.environment != nil) == builds) }
  }
}
