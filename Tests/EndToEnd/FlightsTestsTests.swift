import Formats
import Platform
import Support
import SystemPackage
import Testing

/// The tests of `project-examples/flights`, as its README shows them.
@Suite("The tests of the example of flights") struct FlightsTestsTests {
  private static let example = Program.repository.appending("project-examples/flights")

  /// The commands of a README: the lines of its blocks, a block at a time.
  private static func blocks(below heading: String) throws -> [[String]] {
    let text = try FileSystem.readText(example.appending("README.md"))
    let part = try #require(text.split(separator: "\n\(heading)\n", maxSplits: 1).last)
    var blocks: [[String]] = [[]]
    for line in part.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("    ") {
        blocks[blocks.count - 1].append(String(line.dropFirst(4)))
      } else if blocks[blocks.count - 1] != [] {
        blocks.append([])
      }
    }
    return blocks.filter { !$0.isEmpty }
  }

  @Test("tests of data and of the model pass, and fail on a copy whose delays are seconds")
  func corrupted() async throws {
    let folder = try TemporaryFolder()
    let project = folder.path.appending("flights")
    try FileSystem.copyTree(Self.example, to: project)
    // Fewer rounds than the example's own, which take long in a debug build.
    let run = try await Program.run(
      ["run", "-P", "num_boost_round=15", "-P", "learning_rate=0.3"], in: project)
    try #require(run.status == 0, "\(run)")
    // The tests that it requires are of its record.
    let artifacts = project.appending(".reprise/artifacts/0")
    let id = try #require(FileSystem.names(in: artifacts).first)
    let kept = try JSONValue(
      parsing: FileSystem.readText(artifacts.appending(id).pushing("artifacts/tests/report.json")))
    let suite = kept["suites"]?.array?.first
    #expect(suite?["data"]?.array?.first?["name"]?.string == "data/flights.csv.gz")
    #expect(suite?["data"]?.array?.first?["sha256"]?.string?.utf8.count == 64)

    let blocks = try Self.blocks(below: "## Tests")
    try #require(blocks.count == 2)
    for line in blocks[0] {
      let words = line.split(separator: " ").map(String.init).prefix { $0 != "#" }
      let result = try await Program.run(Array(words.dropFirst()), in: project)
      #expect(result.status == 0, "\(line): \(result.output)")
      let count = line.split(separator: "#").last?.split(separator: " ").first
      #expect(result.output.contains("\(count ?? "?") passed"), "\(line): \(result.output)")
    }
    var broken = blocks[1].filter { !$0.hasPrefix("reprise ") }.joined(separator: "\n")
    broken += "\npwd"
    let path = try await Program.shell(broken, in: project)
    let copy = FilePath(String(path.split(separator: "\n").last ?? ""))
    #expect(copy.lastComponent?.string == "broken")
    for line in blocks[1] where line.hasPrefix("reprise ") {
      let words = line.split(separator: " ").dropFirst().map(String.init)
      let result = try await Program.run(words, in: copy)
      #expect(result.status == 1, "\(line): \(result)")
      switch words.last {
      case "data":
        #expect(result.output.contains("dep_delay: -60..1800   13,306 of 20,460 rows (65.0342%)"))
      case "model": #expect(result.output.contains("accuracy >= 0.85 by origin"))
      default: #expect(result.error.contains("`main` did not run"))
      }
    }
    let score = try JSONValue(
      parsing: try await Program.run(["score", "--json"], in: project).output)
    func points(_ item: String) -> Double? {
      score["items"]?.array?.first { $0["item"]?.string == item }?["points"]?.number
    }
    #expect(points("schema") == 1 && points("slices") == 1 && points("inclusion") == 1)
    #expect(points("simpler") == 1 && points("reproducible") == 0.5 && points("canary") == 0)
    #expect(score["score"]?.number == score["groups"]?.members?.compactMap(\.value.number).min())
  }

  @Test("what only people look after counts half when it is written down") func notes() async throws
  {
    let folder = try TemporaryFolder()
    try folder.write(
      "canary: docs/releases.md\nprivcy: docs/releases.md\ncost: nowhere.md\n",
      to: "tests/score.yml")
    try folder.write("x", to: "docs/releases.md")
    try FileSystem.createDirectory(folder.path.appending("tests/data"))
    let result = try await Program.run(["score", "--json", "--min", "1"], in: folder.path)
    #expect(result.status == 1)
    let json = try JSONValue(parsing: result.output)
    let items = json["items"]?.array ?? []
    #expect(items.count == 28)
    let found = items.filter { $0["points"]?.number ?? 0 > 0 }
    #expect(found.map { $0["item"]?.string } == ["canary"])
    let problems = json["problems"]?.array ?? []
    #expect(
      problems.map { "\($0["location"]?["line"]?.int ?? 0) \($0["message"]?.string ?? "")" } == [
        "2 there is no item `privcy`", "3 there is no file `nowhere.md`",
      ])
    #expect(problems.first?["hint"]?.string == "did you mean `privacy`?")
    let text = try await Program.run(["score"], in: folder.path)
    #expect(text.error.contains("there is no item `privcy`"))
    #expect(text.output.contains("score 0: more of a research project"))
    let groups = Dictionary(grouping: items) { $0["group"]?.string ?? "" }
    #expect(groups.values.allSatisfy { $0.count == 7 } && groups.count == 4)
  }
}
