import Formats
import Platform
import Support
import SystemPackage
import Testing

@Suite("The example of flights") struct FlightsExampleTests {
  private static let example = FilePath(#filePath).removingLastComponent().removingLastComponent()
    .removingLastComponent().appending("project-examples").appending("flights")

  /// Fewer rounds than the example's own, which takes long in a debug build.
  @Test(
    "every entry point tells more than 85 of 100 rightly",
    arguments: [
      ("main", ["-P", "num_boost_round=15", "-P", "learning_rate=0.3"], "cv_accuracy"),
      ("leaves", ["-P", "num_iterations=15", "-P", "learning_rate=0.3"], "test_accuracy"),
    ])
  func accurate(entry: String, words: [String], metric: String) async throws {
    let folder = try TemporaryFolder()
    let project = folder.path.appending("flights")
    try FileSystem.copyTree(Self.example, to: project)
    let run = try await Program.run(["run", "-e", entry] + words, in: project)
    try #require(run.status == 0, "\(run)")
    let shown = try await Program.run(["runs", "show", "latest", "--json"], in: project)
    let record = try JSONValue(parsing: shown.output)
    #expect(try #require(record["metrics"]?[metric]?.number) > 0.85)
    let answers = try await Program.run(
      ["predict", "latest", "data/flights.csv.gz", "-o", "late.csv"], in: project)
    #expect(answers.status == 0, "\(answers.error)")
    let lines = try FileSystem.readText(project.appending("late.csv")).split(separator: "\n")
    #expect(lines.count == 20_461)
    #expect(lines[0] == "p(on time)")
  }
}
