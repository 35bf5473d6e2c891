import Formats
import Glibc
import Platform
import Support
import SystemPackage
import Testing

@Suite("Signals to reprise run") struct SignalTests {
  private func project() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      entry_points:
        main:
          command: |
            trap 'echo interrupted; sleep 0.2; echo saved; exit 9' INT
            echo ready
            while [ ! -e go ]; do sleep 0.02; done
            echo went
      """, to: "MLproject")
    return folder
  }

  private func latest(_ folder: TemporaryFolder) async throws -> JSONValue {
    let result = try await Program.run(["runs", "show", "latest", "--json"], in: folder.path)
    try #require(result.status == 0, "\(result.error)")
    return try JSONValue(parsing: result.output)
  }

  @Test(
    "the child is interrupted, may end in its own way, and that is recorded",
    arguments: [SIGINT, SIGTERM, SIGHUP])
  func interrupted(signal: Int32) async throws {
    let folder = try project()
    let run = Background("exec \"$REPRISE\" run", in: folder.path)
    try await Background.wait { run.output.contains("ready") }
    run.send(signal)
    #expect(try await run.end().status == .exited(130))
    #expect(run.output.hasPrefix("ready\ninterrupted\nsaved\n"))
    let record = try await latest(folder)
    #expect(record["status"]?.string == "KILLED")
    #expect(record["exit_code"]?.int == 9)
  }

  @Test("the second one ends all at once")
  func twice() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "entry_points: {main: {command: 'trap \"echo deaf\" INT; echo ready; while :; do sleep 0.02; done'}}",
      to: "MLproject")
    let run = Background("exec \"$REPRISE\" run", in: folder.path)
    try await Background.wait { run.output.contains("ready") }
    run.send(SIGINT)
    try await Background.wait { run.output.contains("deaf") }
    run.send(SIGTERM)
    #expect(try await run.end().status == .exited(143))
    #expect(try await latest(folder)["status"]?.string == "KILLED")
  }

  @Test("a hangup under nohup is ignored")
  func nohup() async throws {
    let folder = try project()
    let run = Background("trap '' HUP; exec \"$REPRISE\" run", in: folder.path)
    try await Background.wait { run.output.contains("ready") }
    run.send(SIGHUP)
    try folder.write("", to: "go")
    #expect(try await run.end().status == .exited(0))
    #expect(run.output.hasPrefix("ready\nwent\n"))
  }
}
