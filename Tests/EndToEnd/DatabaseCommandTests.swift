import Formats
import Platform
import Support
import SystemPackage
import Testing

@Suite("reprise db") struct DatabaseCommandTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func reprise(_ arguments: String...) async throws -> Program.Result {
    try await Program.run(arguments, in: folder.path)
  }

  private func record() async throws {
    try folder.write(
      "entry_points:\n  main:\n    command: \"reprise log metric loss 0.5 || true\"\n",
      to: "MLproject")
    #expect(try await reprise("run", "-P", "a=1").status == 0)
  }

  @Test("where nothing is recorded every command says so", arguments: ["stats", "check", "vacuum"])
  func nothing(command: String) async throws {
    let result = try await reprise("db", command)
    #expect(result.status == 2)
    #expect(result.error.contains("no runs are recorded"))
  }

  @Test("sizes, a check, a backup that is restored, and a vacuum") func care() async throws {
    try await record()
    let stats = try await reprise("db", "stats", "--json")
    let sizes = try JSONValue(parsing: stats.output)
    #expect(sizes["runs"]?.int == 1)
    #expect(sizes["parts"]?.array?.contains { $0["name"]?.string == "latest_by_value" } == true)
    #expect(try await reprise("db", "stats").output.hasPrefix("1 runs in 1 experiments\n"))
    #expect(try await reprise("db", "check").output == "all is well\n")

    #expect(try await reprise("db", "backup", "copy.db").status == 0)
    let again = try await reprise("db", "backup", "copy.db")
    #expect(again.status == 2)
    #expect(again.error.contains("reprise db backup copy.db --force"))
    let forced = try await reprise("db", "backup", "copy.db", "--force", "--json")
    #expect(try JSONValue(parsing: forced.output)["bytes"]?.int ?? 0 > 0)
    #expect(
      try await reprise("db", "backup", ".reprise/records.db", "--force").error
        .contains("is the records database itself"))

    #expect(try await reprise("runs", "delete", "latest").status == 0)
    #expect(try await reprise("runs", "gc").status == 0)
    #expect(try await reprise("db", "vacuum").status == 0)
    #expect(try JSONValue(parsing: await reprise("db", "stats", "--json").output)["runs"] == 0)
    try await Program.shell(
      "rm -f .reprise/records.db-wal .reprise/records.db-shm; cp copy.db .reprise/records.db",
      in: folder.path)
    #expect(try JSONValue(parsing: await reprise("db", "stats", "--json").output)["runs"] == 1)
    // Its artifacts were removed for good; the run itself is whole.
    #expect(try await reprise("db", "check").status == 0)
  }

  @Test("what is wrong is told with exit status 1") func problems() async throws {
    try await record()
    try FileSystem.createDirectory(
      folder.path.appending(".reprise/artifacts/0/00000000000000000000000000000000"))
    let result = try await reprise("db", "check", "--json")
    #expect(result.status == 1)
    let problems = try JSONValue(parsing: result.output)["problems"]?.array
    #expect(problems?.map { $0["kind"]?.string } == ["artifacts"])
  }
}
