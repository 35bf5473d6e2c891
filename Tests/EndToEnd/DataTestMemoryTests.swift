import Formats
import Platform
import Support
import SystemPackage
import Testing

/// `reprise data infer`, and what `reprise test` remembers.
@Suite("Suites that are inferred, known and staged") struct DataTestMemoryTests {
  private static let penguins = Program.repository.appending(
    "project-examples/penguins/data/penguins.csv")

  private static func project() async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try FileSystem.createDirectory(folder.path.appending("data"))
    try folder.write(FileSystem.readText(penguins), to: "data/penguins.csv")
    let made = try await run(
      ["data", "infer", "data/penguins.csv", "-o", "tests/data/penguins.yml"], folder)
    try #require(made.status == 0, "\(made.error)")
    return folder
  }

  private static func run(
    _ words: [String], _ folder: TemporaryFolder
  ) async throws -> Program.Result {
    try await Program.run(words, in: folder.path)
  }

  private static func report(
    _ folder: TemporaryFolder, _ words: [String] = []
  ) async throws -> (status: Int32, known: Bool, tests: Int) {
    let result = try await run(["test", "--json"] + words, folder)
    let json = try JSONValue(parsing: result.output)
    let suite = json["suites"]?.array?.first
    return (
      result.status, suite?["known"]?.bool ?? false, suite?["tests"]?.array?.count ?? 0
    )
  }

  @Test("a written suite says what it is of, passes, and is not written over") func infer()
    async throws
  {
    let folder = try await Self.project()
    let text = try folder.read("tests/data/penguins.yml")
    let digest = try SHA256.digest(ofFile: Self.penguins).hex
    #expect(
      text.hasPrefix(
        "# Guessed by `reprise data infer` from data/penguins.csv, sha256 \(digest):\n"))
    #expect(text.contains("data: data/penguins.csv\n"))
    #expect(try await Self.run(["test"], folder).status == 0)
    let again = try await Self.run(
      ["data", "infer", "data/penguins.csv", "-o", "tests/data/penguins.yml"], folder)
    #expect(again.status == 2)
    #expect(again.error.contains("--force"))
    // Anywhere else, a suite is tested by its path.
    let elsewhere = try TemporaryFolder()
    try elsewhere.write("x\n1\n2\n", to: "x.csv")
    #expect(try await Self.run(["data", "infer", "x.csv", "-o", "x.yaml"], elsewhere).status == 0)
    #expect(try await Self.run(["test", "x.yaml"], elsewhere).status == 0)
    let printed = try await Self.run(["data", "infer", "x.csv"], elsewhere)
    #expect(try printed.output == elsewhere.read("x.yaml"))
    let wrong = try await Self.run(["data", "infer", "y.csv"], elsewhere)
    #expect(wrong.status == 2 && wrong.error.contains("y.csv"))
  }

  @Test("what has not changed is known; changed data, another suite and --fresh are read")
  func known() async throws {
    let folder = try await Self.project()
    let data = try folder.read("data/penguins.csv")
    #expect(try await Self.report(folder).known == false)
    let second = try await Self.report(folder)
    #expect(second.known && second.status == 0)
    let text = try await Self.run(["test"], folder).output
    #expect(text.contains("data/penguins.csv, 344 rows, 8 columns, known\n"))
    #expect(try await Self.report(folder, ["--fresh"]).known == false)
    // The same bytes written anew are known by their hash.
    try folder.write(data, to: "data/penguins.csv")
    #expect(try await Self.report(folder).known)
    try folder.write(data.replacing("3750", with: "3750000"), to: "data/penguins.csv")
    let broken = try await Self.report(folder)
    #expect(broken.status == 1 && !broken.known)
    // A failure is known too, and stays one.
    let still = try await Self.report(folder)
    #expect(still.status == 1 && still.known && still.tests == broken.tests)
    // An earlier state comes back.
    try folder.write(data, to: "data/penguins.csv")
    #expect(try await Self.report(folder).known)
    let suite = try folder.read("tests/data/penguins.yml")
    try folder.write(suite + "# Looked at.\n", to: "tests/data/penguins.yml")
    #expect(try await Self.report(folder).known == false)
    // What is kept may be damaged.
    let kept = folder.path.appending(".reprise/tests")
    for name in try FileSystem.names(in: kept) {
      try FileSystem.write("{\"suite\": 1\n[]\n{}\n", to: kept.appending(name))
    }
    #expect(try await Self.report(folder).status == 0)
  }

  @Test(
    "a known report is the one that was made, in every form", arguments: ["text", "html", "junit"])
  func forms(format: String) async throws {
    let folder = try await Self.project()
    try folder.write(
      """
      data: data/penguins.csv
      reference: data/penguins.csv
      columns: {body_mass_g: "int, 2000..5000", species: category}
      table: [correlation < 0.5, {test: range, column: year, max: 2008, by: island}]
      drift: {columns: {body_mass_g: psi, species: js}}

      """, to: "tests/data/penguins.yml")
    let first = try await Self.run(["test", "--format", format], folder)
    let second = try await Self.run(["test", "--format", format], folder)
    #expect(first.status == 1)
    #expect(first.output == second.output.replacing("8 columns, known", with: "8 columns"))
    #expect(format != "text" || first.output != second.output)
  }

  @Test("a suite that depends on the clock is never known") func clock() async throws {
    let folder = try await Self.project()
    try folder.write("day\n2020-01-01\n", to: "data/days.csv")
    try folder.write(
      "data: data/days.csv\ncolumns: {day: 'date, age <= 90000d'}\n", to: "tests/data/penguins.yml")
    for _ in 0..<2 { #expect(try await Self.report(folder).known == false) }
  }

  @Test("the history has a result for each state that was read") func history() async throws {
    let folder = try await Self.project()
    let data = try folder.read("data/penguins.csv")
    for mass in ["3750", "3751", "3751", "3760000"] {
      try folder.write(data.replacing("3750", with: mass), to: "data/penguins.csv")
      _ = try await Self.run(["test"], folder)
    }
    let shown = try await Self.run(["test", "--history", "penguins", "--json"], folder)
    let results = try JSONValue(parsing: shown.output).array?.first?["results"]?.array ?? []
    #expect(results.count == 3)
    let digests = results.map { $0["data"]?.array?.first?["sha256"]?.string }
    #expect(Set(digests).count == 3)
    let text = try await Self.run(["test", "--history"], folder).output
    #expect(text.contains("3 results") && text.contains("3 states of the data"))
    let line = text.split(separator: "\n").first { $0.contains("body_mass_g: mean") }
    #expect(line?.hasSuffix("▁▁█") == true, "\(line ?? "")")
    #expect(line?.contains("failed") == true)
  }

  @Test("--staged is of suites whose files, data or pointers the commit changes") func staged()
    async throws
  {
    let folder = try await Self.project()
    try folder.write("x\n1\n2\n", to: "data/small.csv")
    try folder.write(
      "data: data/small.csv\ncolumns: {x: 'int, 0..5'}\n", to: "tests/data/small.yml")
    try await Program.shell("git init -q .", in: folder.path)
    #expect(try await Self.run(["data", "add", "data/small.csv"], folder).status == 0)
    try await Program.shell("git add -A && git commit -qm first", in: folder.path)
    func suites() async throws -> [String] {
      let result = try await Self.run(["test", "--staged", "--json"], folder)
      return try (JSONValue(parsing: result.output)["suites"]?.array ?? []).compactMap {
        $0["suite"]?.string
      }
    }
    #expect(try await suites() == [])
    // A pointer.
    try folder.write("x\n1\n9\n", to: "data/small.csv")
    #expect(try await suites() == [])
    #expect(try await Self.run(["data", "add", "data/small.csv"], folder).status == 0)
    try await Program.shell("git add data/small.csv.dvc", in: folder.path)
    #expect(try await suites() == ["tests/data/small.yml"])
    #expect(try await Self.run(["test", "--staged"], folder).status == 1)
    // A commit is refused by the hook, and only where it was asked for.
    #expect(try await Self.run(["hooks", "install", "--tests", "pre-commit"], folder).status == 0)
    let variables = ["PATH": "/usr/bin:/bin"]
    let refused = try await Program.run(
      "/usr/bin/git", ["commit", "-qm", "change the small table"], in: folder.path,
      environment: variables)
    #expect(refused.status == 1)
    #expect((refused.output + refused.error).contains("x: 0..5"))
    // The suite as it is staged counts, not as it lies there.
    try folder.write(
      "data: data/small.csv\ncolumns: {x: 'int, 0..9'}\n", to: "tests/data/small.yml")
    try await Program.shell("git add tests", in: folder.path)
    try folder.write(
      "data: data/small.csv\ncolumns: {x: 'int, 0..1'}\n", to: "tests/data/small.yml")
    let accepted = try await Program.run(
      "/usr/bin/git", ["commit", "-qm", "change the small table"], in: folder.path,
      environment: variables)
    #expect(accepted.status == 0, "\(accepted.output) \(accepted.error)")
    // A suite of a model too.
    try folder.write(
      "model: none.json\ndata: data/small.csv\nlabel: x\ntests: [accuracy >= 0.5]\n",
      to: "tests/model/small.yml")
    try await Program.shell("git add tests/model", in: folder.path)
    try folder.write("# Not finished\n", to: "tests/model/small.yml")
    let model = try await Self.run(["test", "--staged", "model"], folder)
    #expect(model.status == 2 && model.error.contains("there is no model `none.json`"), "\(model)")
    try await Program.shell("git rm -qrf tests/model", in: folder.path)
    // Data that git keeps itself.
    try await Program.shell(
      "echo >> data/penguins.csv && git add data/penguins.csv", in: folder.path)
    #expect(try await suites() == ["tests/data/penguins.yml"])
    let outside = try await Self.project()
    #expect(try await Self.run(["test", "--staged"], outside).status == 2)
  }
}
