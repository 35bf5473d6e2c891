import Formats
import Platform
import Support
import SystemPackage
import Testing

/// The odd ways in which a shell or another program may start this one.
@Suite("Started from a shell") struct ShellTests {
  private static let manifest =
    "entry_points: {main: {command: 'cat; echo out; echo err >&2', outputs: [out]}}"

  @Test(
    "without some of the standard streams nothing gets into other files",
    arguments: ["<&-", ">&-", "2>&-", "<&- >&-", ">&- 2>&-", "<&- >&- 2>&-", "<&- 2>&-"])
  func closed(streams: String) async throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.manifest, to: "MLproject")
    try await Program.shell("\(Program.path) run \(streams)", in: folder.path)
    let result = try await Program.run(["runs", "show", "--json"], in: folder.path)
    let run = try JSONValue(parsing: result.output)
    #expect(run["status"]?.string == "FINISHED")
    let logs = FilePath(try #require(run["artifact_uri"]?.string)).appending("logs")
    #expect(try FileSystem.readText(logs.appending("stdout.txt")) == "out\n")
    #expect(try FileSystem.readText(logs.appending("stderr.txt")) == "err\n")
  }

  @Test("an empty TMPDIR is none: nothing is left where the command was typed")
  func temporaryFolder() async throws {
    let folder = try TemporaryFolder()
    try await Program.shell(
      "mkdir p; echo 'entry_points: {main: {command: pwd}}' > p/MLproject; zip -qr p.zip p",
      in: folder.path)
    let result = try await Program.run(
      ["run", "p.zip#p"], in: folder.path, environment: ["TMPDIR": ""])
    #expect(result.status == 0, "\(result.error)")
    #expect(result.output.hasPrefix("/tmp/"))
    #expect(try FileSystem.names(in: folder.path) == [".reprise", "p", "p.zip"])
  }

  @Test("results may go to a device")
  func device() async throws {
    let folder = try TemporaryFolder()
    try folder.write("entry_points: {main: {command: 'true'}}", to: "MLproject")
    try await Program.shell(
      "\(Program.path) run -q; ln -s /dev/stdout out; \(Program.path) runs export -o out | grep -q run_id",
      in: folder.path)
    #expect(try FileSystem.linkStatus(folder.path.appending("out"))?.kind == .link)
  }

  @Test("a project is not kept with its own run")
  func ownArtifact() async throws {
    let folder = try TemporaryFolder()
    try folder.write("entry_points: {main: {command: 'true'}}", to: "MLproject")
    _ = try await Program.run(["run"], in: folder.path)
    let result = try await Program.run(
      ["log", "artifact", ".", "--run", "latest"], in: folder.path)
    #expect(result.status == 2)
    #expect(result.error.contains("cannot be copied into itself"))
  }
}
