import Formats
import Glibc
import Platform
import Support
import SystemPackage
import Testing

/// The library product, as a package of somebody else's uses it. Building one takes minutes, so it is done once.
@Suite("A Swift package that uses RepriseKit") struct SwiftPackageTests {
  private static let root = FilePath(#filePath).removingLastComponent().removingLastComponent()
    .removingLastComponent()

  @Test("what `reprise new swift-trainer` makes builds, trains and records")
  func layout() async throws {
    let work = try TemporaryFolder()
    let made = try await Program.run(
      ["new", "swift-trainer", "--no-input", "reprise=\(Self.root)"], in: work.path)
    try #require(made.status == 0, "\(made)")
    let project = work.path.appending("swift-trainer")
    // Packages that were fetched before are taken from the user's cache.
    let home = try #require(getenv("HOME").map { String(cString: $0) })
    for (entry, metric) in [("main", "test_accuracy"), ("trees", "test_mlogloss")] {
      let run = try await Program.run(
        ["run", "-e", entry, "-P", "build=debug"], in: project, environment: ["HOME": home])
      try #require(run.status == 0, "\(run)")
      #expect(run.output.contains("accuracy 0.9"), "\(run.output)")
      let shown = try await Program.run(["runs", "show", "latest", "--json"], in: project)
      let record = try JSONValue(parsing: shown.output)
      #expect(record["metrics"]?[metric]?.number != nil, "\(shown.output)")
    }
    let answers = try await Program.run(["predict", "latest", "data/penguins.csv"], in: project)
    #expect(answers.status == 0, "\(answers.error)")
  }
}
