import Testing

@testable import Checks

@Suite("How old a model is") struct ModelAgeTests {
  private static let day = 86_400
  private static let tests =
    "data: data.csv\nlabel: y\ntests: [trained within 30d, {test: trained, below: 2d, severity: warn}]"

  private func found(
    _ model: String, in folder: ModelFolder, days: Double
  ) async throws -> [TestOutcome] {
    try await folder.outcome(
      "model: \(model)\n\(Self.tests)", now: Double(Self.day) * (100 + days)
    ).outcomes
  }

  @Test(
    "a file is as old as its last writing",
    arguments: [
      (29.0, TestOutcome.Verdict.passed, "trained 29 d ago"),
      (30, .passed, "trained 30 d ago"), (30.02, .failed, "trained 30 d ago"),
      (1.5, .passed, "trained 1.5 d ago"), (0.25, .passed, "trained 6 h ago"),
      (-0.0001, .passed, "trained 0 s ago"),
    ])
  func files(days: Double, verdict: TestOutcome.Verdict, text: String) async throws {
    let folder = try ModelFolder()
    try await folder.train(to: "m.json")
    try folder.age("m.json", 100 * Self.day)
    let outcomes = try await found("m.json", in: folder, days: days)
    #expect(outcomes[0].verdict == verdict)
    #expect(outcomes[0].found == text)
    #expect(outcomes[1].verdict == (days <= 2 ? .passed : .warned))
    if verdict == .failed { #expect(outcomes[0].nearest == "within 31d") }
  }

  @Test("a time to come is no age") func future() async throws {
    let folder = try ModelFolder()
    try await folder.train(to: "m.json")
    try folder.age("m.json", 100 * Self.day)
    let outcomes = try await found("m.json", in: folder, days: -3)
    #expect(outcomes[0].verdict == .untested)
    #expect(outcomes[0].found == "`m.json` was trained 3 d from now")
  }

  @Test("a run is as old as its end, and else its file") func runs() async throws {
    let folder = try ModelFolder(ends: ["abc": Double(90 * Self.day)])
    try await folder.train(to: "run-abc/model")
    try folder.age("run-abc/model", 100 * Self.day)
    try await folder.train(to: "run-def/model")
    try folder.age("run-def/model", 100 * Self.day)
    let known = try await found("run:abc/model", in: folder, days: 1)
    #expect(known[0].found == "trained 11 d ago")
    let unknown = try await found("run:def/model", in: folder, days: 1)
    #expect(unknown[0].found == "trained 1 d ago")
  }

  @Test("nobody knows how old a command is") func commands() async throws {
    let folder = try ModelFolder()
    try folder.write("data.csv", "x,y\n1,1\n")
    let outcome = try await folder.outcome("command: cat\n\(Self.tests)")
    #expect(
      outcome.outcomes[0].found == "the command is no file, and nobody knows when it was trained")
  }
}
