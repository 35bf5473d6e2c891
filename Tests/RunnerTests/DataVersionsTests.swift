import Formats
import Platform
import Records
import Support
import Synchronization
import SystemPackage
import Testing

@testable import Runner

/// Says what it is told to say, and keeps what it was asked.
private final class ToldVersions: DataVersions {
  let asked = Mutex<[String]>([])
  let answer: @Sendable (PlannedFile, RecordedFile.Role) -> DataFindings

  init(_ answer: @escaping @Sendable (PlannedFile, RecordedFile.Role) -> DataFindings) {
    self.answer = answer
  }

  func versions(of files: [PlannedFile], as role: RecordedFile.Role) -> DataFindings {
    asked.withLock { $0 += files.map { "\(role.rawValue) \($0.declared)" } }
    return files.reduce(into: DataFindings()) {
      let found = answer($1, role)
      $0.versions += found.versions
      $0.problems += found.problems
    }
  }

  func hint(forMissing path: FilePath) -> String? {
    path.lastComponent == "known.csv" ? "get it" : nil
  }
}

@Suite("Versions of data and a run") struct DataVersionsTests {
  private func run(_ sandbox: Sandbox, _ data: any DataVersions) async throws -> RunOutcome {
    let request = sandbox.request()
    let source = try await ProjectSource.open(request) { _ in }
    let plan = try RunPlan(request, source: source, data: data)
    return try await EntryRun(
      plan: plan, records: plan.records(startedIn: request.workingFolder), settings: RunSettings(),
      passesOutput: false, announce: { _ in }, progress: Sandbox.Silent()
    ).perform()
  }

  private func version(_ file: PlannedFile, _ role: RecordedFile.Role) -> RecordedVersion {
    RecordedVersion(
      role: role, path: file.declared, digest: file.declared, pointer: file.declared + ".dvc")
  }

  @Test("inputs are asked for before the run, outputs after it")
  func asked() async throws {
    let sandbox = try Sandbox(
      "entry_points: {main: {command: 'echo 1 > out', inputs: [a], outputs: [out]}}")
    try sandbox.folder.write("1", to: "a")
    let data = ToldVersions { file, role in
      let isThere = FileSystem.exists(sandbox.folder.path.appending("out"))
      guard isThere == (role == .output) else { return DataFindings() }
      return DataFindings(versions: [version(file, role)])
    }
    let run = try await run(sandbox, data).run
    #expect(data.asked.withLock { $0 } == ["input a", "output out"])
    #expect(run.data.map { "\($0.role) \($0.path)" } == ["input a", "output out"])
  }

  @Test("what cannot be told is a problem, a tag, and no failure of the run")
  func problems() async throws {
    let sandbox = try Sandbox("entry_points: {main: {command: 'true', inputs: [a], outputs: [a]}}")
    try sandbox.folder.write("1", to: "a")
    let data = ToldVersions { _, role in
      DataFindings(problems: [Failure(.parse, "no \(role.rawValue)")])
    }
    let outcome = try await run(sandbox, data)
    #expect(outcome.run.status == .finished && outcome.exitCode == 0)
    #expect(outcome.problems.map(\.message) == ["no input", "no output"])
    #expect(outcome.run.tag("reprise.data.problem") == "no input")
    #expect(outcome.run.data.isEmpty)
  }

  @Test("what is missing and known has its own hint", arguments: [("known", true), ("b", false)])
  func missing(name: String, isKnown: Bool) async throws {
    let sandbox = try Sandbox("entry_points: {main: {command: 'true', inputs: [\(name).csv]}}")
    let failure = await #expect(throws: Failure.self) {
      try await run(sandbox, ToldVersions { _, _ in DataFindings() })
    }
    #expect((failure?.hint == "get it") == isKnown)
    #expect(try !FileSystem.exists(sandbox.records.path) || sandbox.runs().isEmpty)
  }

  @Test("two runs differ in their data when the contents do, whatever the commits")
  func difference() async throws {
    let sandbox = try Sandbox("entry_points: {main: {command: 'true', inputs: [a]}}")
    try sandbox.folder.write("1", to: "a")
    var first = try await run(
      sandbox, ToldVersions { DataFindings(versions: [version($0, $1)]) }
    ).run
    var second = first
    first.data[0].digest = String(repeating: "1", count: 32) + ".dir"
    first.data[0].commit = String(repeating: "c", count: 40)
    second.data = first.data
    second.data[0].commit = nil
    let code = try CodeDifference(first, second, project: sandbox.folder.path)
    #expect(RunDifference(first, second, code: code).isEmpty)
    second.data[0].digest = String(repeating: "2", count: 32) + ".dir"
    second.data[0].isModified = true
    var written = second.data[0]
    written.role = .output
    second.data.append(written)
    let difference = RunDifference(first, second, code: code)
    #expect(
      difference.data == [
        .init(
          name: "a", first: "111111111111.dir, commit cccccccc",
          second: "222222222222.dir, modified"),
        .init(name: "a (written)", first: nil, second: "222222222222.dir, modified"),
      ])
    #expect(difference.json["data"]?.array?.count == 2)
  }
}
