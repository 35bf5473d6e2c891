import Formats
import Platform
import Support
import SystemPackage
import Testing

/// The examples and every native trainer, played again in the same folder, from a fresh clone, and with another number of
/// threads: the same bytes each time.
@Suite("Replays of examples and trainers") struct ReplayMatrixTests {
  private static let identity =
    "git -c user.name=a -c user.email=a@example.org commit -qm first"

  /// An example in a repository of its own.
  private func example(_ name: String) async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let source = Program.repository.appending("project-examples").appending(name)
    try await Program.shell(
      "cp -R '\(source)'/. . && rm -rf .reprise && git init -q . && git add -A && \(Self.identity)",
      in: folder.path)
    return folder
  }

  /// Runs and plays again: here, from a fresh clone, with one thread and with three.
  private func check(
    _ words: [String], isTrainer: Bool, in folder: TemporaryFolder, _ name: String
  ) async throws {
    let made = try await Program.run(words, in: folder.path)
    try #require(made.status == 0, "\(name): \(made)")
    let clone = try TemporaryFolder()
    try await Program.shell("git clone -q '\(folder.path)' clone", in: clone.path)
    let original = try JSONValue(
      parsing: await Program.run(["runs", "show", "latest", "--json"], in: folder.path).output)
    let id = original["run_id"]?.string ?? ""
    let program = Program.path
    var ways: [(String, FilePath, FilePath, [String])] = [
      ("here", folder.path, program, []),
      ("a fresh clone", clone.path.appending("clone"), program, []),
    ]
    // A trainer has as many threads as it may use processors.
    if isTrainer {
      ways.append(("one thread", folder.path, "/usr/bin/taskset", ["-c", "0", program.string]))
    }
    let records = ["REPRISE_RECORDS": folder.path.appending(".reprise").string]
    for (way, place, starter, first) in ways {
      let result = try await Program.run(
        starter, first + ["replay", id, "--json"], in: place, environment: records)
      try #require(result.status == 0, "\(name), \(way): \(result)")
      let verdict = try JSONValue(parsing: result.output)
      #expect(verdict["verdict"]?.string == "identical", "\(name), \(way): \(result.output)")
      let parts = ["outputs", "artifacts", "metrics"].map { verdict[$0]?.array?.count ?? 0 }
      #expect(parts.contains { $0 > 0 }, "\(name), \(way)")
    }
  }

  @Test("penguins", arguments: ["summary", "nearest", "fit"])
  func penguins(_ entry: String) async throws {
    try await check(
      ["run", "-e", entry], isTrainer: entry == "fit", in: example("penguins"), entry)
  }

  @Test(
    "flights",
    arguments: [
      ["main", "-P", "num_boost_round=2"], ["leaves", "-P", "num_iterations=2"],
      ["plain", "-P", "max_iterations=2"],
    ])
  func flights(_ words: [String]) async throws {
    try await check(
      ["run", "-e"] + words, isTrainer: true, in: example("flights"), words[0])
  }

  @Test("every trainer, typed", arguments: ["xgboost", "lightgbm", "forest", "linear", "logistic"])
  func trainers(_ name: String) async throws {
    let folder = try TemporaryFolder()
    var text = "a,b,c,y\n"
    var state: UInt32 = 7
    for row in 0..<120 {
      state = state &* 1_664_525 &+ 1_013_904_223
      let (a, b) = (Double(state >> 16) / 65536, Double(row % 13))
      text += "\(a),\(b),\(row % 5),\(name == "logistic" ? (a > 0.5 ? 1 : 0) : Int(a * 9 + b))\n"
    }
    try folder.write(text, to: "train.csv")
    try await Program.shell("git init -q . && git add -A && \(Self.identity)", in: folder.path)
    let ending = ["xgboost": "ubj", "lightgbm": "txt"][name] ?? "json"
    try await check(
      [
        "train", name, "--data", "train.csv", "--target", "y", "--model", "model.\(ending)", "-P",
        "test_fraction=0.25",
      ], isTrainer: true, in: folder, name)
  }
}
