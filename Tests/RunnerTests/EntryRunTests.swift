import Formats
import Glibc
import Platform
import Records
import Support
import SystemPackage
import Testing

@testable import Runner

@Suite("A run from its start to its end") struct EntryRunTests {
  @Test("the child's status is the run's", arguments: [0, 1, 3, 75, 126, 255])
  func status(code: Int) async throws {
    let sandbox = try Sandbox("entry_points: {main: {command: 'exit \(code)'}}")
    let outcome = try await sandbox.run()
    #expect(outcome.exitCode == Int32(code))
    #expect(outcome.run.exitCode == code)
    #expect(outcome.run.status == (code == 0 ? .finished : .failed))
    #expect(try FileSystem.names(in: sandbox.records.path.appending("live")).isEmpty)
  }

  @Test(
    "a signal is the run's end",
    arguments: [
      (1, RunStatus.killed), (2, .killed), (6, .failed), (9, .killed), (11, .failed), (15, .killed),
    ])
  func signal(number: Int, status: RunStatus) async throws {
    let sandbox = try Sandbox("entry_points: {main: {command: 'kill -\(number) $$; sleep 5'}}")
    let outcome = try await sandbox.run()
    #expect(outcome.exitCode == Int32(128 + number))
    #expect(outcome.run.signal == number)
    #expect(outcome.run.status == status)
  }

  @Test("a child that obeys the end of its time is KILLED all the same")
  func timeout() async throws {
    let sandbox = try Sandbox(
      "entry_points: {main: {command: \"trap 'exit 0' INT TERM; sleep 30 & wait\", timeout: 0.2}}")
    let outcome = try await sandbox.run()
    #expect(outcome.run.status == .killed)
    #expect(outcome.exitCode == 124)
    #expect(
      outcome.problems.map(\.message) == ["the entry point was ended after its time of 0.2 seconds"]
    )
  }

  @Test("cancelling ends the child and what it started, and the run is KILLED")
  func cancelled() async throws {
    let sandbox = try Sandbox("entry_points: {main: {command: 'sleep 987 & sleep 986'}}")
    let task = Task { try await sandbox.run() }
    try await sandbox.wait { (try? sandbox.runs())?.first?.child != nil }
    let child = try #require(try sandbox.runs().first?.child)
    task.cancel()
    let outcome = try await task.value
    #expect(outcome.run.status == .killed)
    #expect(outcome.exitCode == 130)
    #expect(ProcessSession.members(of: child.pid).isEmpty)
  }

  @Test("a run that is interrupted has its end, though its outputs are not looked at any more")
  func cancelledWithOutputs() async throws {
    let sandbox = try Sandbox(
      "entry_points: {main: {command: 'mkdir out; touch out/a; sleep 984', outputs: [out]}}")
    let task = Task { try await sandbox.run() }
    try await sandbox.wait { FileSystem.exists(sandbox.folder.path.appending("out/a")) }
    task.cancel()
    let outcome = try await task.value
    #expect(outcome.run.status == .killed)
    #expect(try sandbox.runs().map(\.status) == [.killed])
    #expect(
      outcome.problems.map(\.message) == ["the output `out` was not recorded: interrupted"])
  }

  @Test("metrics are on record while the child runs")
  func live() async throws {
    let sandbox = try Sandbox(
      """
      entry_points:
        main:
          command: |
            echo '{{"key": "loss", "value": 0.5, "step": 3}}' >> "$REPRISE_METRICS"
            until test -e go; do sleep 0.02; done
            echo '{{"key": "loss", "value": 0.25, "step": 4}}' >> "$REPRISE_METRICS"
      """)
    let task = Task { try await sandbox.run() }
    try await sandbox.wait { (try? sandbox.runs())?.first?.metric("loss") != nil }
    let running = try #require(try sandbox.runs().first)
    #expect(running.status == .running)
    #expect(running.metric("loss")?.value == 0.5)
    try sandbox.folder.write("", to: "go")
    let outcome = try await task.value
    #expect(outcome.run.metric("loss")?.value == 0.25)
    #expect(outcome.run.metric("loss")?.step == 4)
  }

  @Test("output that is not UTF-8 is kept byte for byte")
  func bytes() async throws {
    let sandbox = try Sandbox(
      "entry_points: {main: {command: \"printf '\\\\377\\\\000\\\\200x'\"}}")
    let outcome = try await sandbox.run()
    let file = FilePath(outcome.run.artifactURI).appending("logs/stdout.txt")
    #expect(try FileSystem.read(file) == [0xFF, 0x00, 0x80, 0x78])
  }

  @Test("what the child leaves running is ended with it")
  func background() async throws {
    let sandbox = try Sandbox(
      "entry_points: {main: {command: 'sleep 985 >/dev/null 2>&1 & echo done'}}")
    let outcome = try await sandbox.run()
    #expect(outcome.run.status == .finished)
    #expect(ProcessSession.members(of: try #require(outcome.run.child).pid).isEmpty)
  }

  @Test("the seed is a tag, given or by default", arguments: [nil, "12"])
  func seed(given: String?) async throws {
    let sandbox = try Sandbox(
      "entry_points: {main: {parameters: {seed: {type: int, default: 7}}, command: 'true'}}")
    let outcome = try await sandbox.run(
      sandbox.request("main", given.map { [("seed", $0)] } ?? []))
    #expect(outcome.run.tag("reprise.seed") == given ?? "7")
    let other = try Sandbox("entry_points: {main: {command: 'true'}}")
    // One that nobody gave is drawn, and the child has it.
    let drawn = try await other.run().run
    let variables = drawn.environment?["variables"]
    #expect(drawn.tag("reprise.seed").flatMap { UInt32($0) } != nil)
    #expect(drawn.tag("reprise.seed") == variables?["REPRISE_SEED"]?.string)
  }

  @Test(
    "what is wrong before the child starts leaves nothing",
    arguments: [
      "entry_points: {main: {command: 'true', inputs: [secret]}}",
      "python_env: e.yaml\nentry_points: {main: {command: 'true'}}",
    ])
  func nothing(manifest: String) async throws {
    let sandbox = try Sandbox(manifest)
    try sandbox.folder.write("python: '3.99'\n", to: "e.yaml")
    // A link that goes round: it is there, and cannot be read.
    symlink("secret", sandbox.folder.path.appending("secret").string)
    await #expect(throws: Failure.self) {
      try await sandbox.run(sandbox.request(extra: ["PYENV_ROOT": "/nowhere"]))
    }
    #expect(!FileSystem.exists(sandbox.records.path))
  }

  @Test("outputs that cannot be read are told, and the run has its end")
  func outputs() async throws {
    let sandbox = try Sandbox(
      "entry_points: {main: {command: 'mkdir out; ln -s . out/loop', outputs: [out]}}")
    let outcome = try await sandbox.run()
    #expect(outcome.run.status == .finished)
    #expect(outcome.problems.count == 1)
    #expect(outcome.problems.first?.message.contains("leads back to a folder") == true)
  }

  @Test("a command that is too long for the system is a failure that ends the run")
  func tooLong() async throws {
    let sandbox = try Sandbox(
      "entry_points: {main: {parameters: {a: string}, command: 'true {a}'}}")
    let text = String(repeating: "x", count: 200_000)
    await #expect(throws: Failure.self) {
      try await sandbox.run(sandbox.request("main", [("a", text)]))
    }
    #expect(try sandbox.runs().map(\.status) == [.failed])
  }

  @Test("variables of a hundred thousand bytes get through")
  func variables() async throws {
    let sandbox = try Sandbox("entry_points: {main: {command: 'test ${{#BIG}} = 100000'}}")
    let big = String(repeating: "y", count: 100_000)
    #expect(try await sandbox.run(sandbox.request(extra: ["BIG": big])).exitCode == 0)
  }

  @Test("a run inside a run has its parent, its records and its experiment")
  func nested() async throws {
    let sandbox = try Sandbox(
      "entry_points: {main: {command: 'env | grep -E \"^(REPRISE|MLFLOW)_\" | sort; echo; pwd'}}")
    let settings = RunSettings(experimentName: "outer")
    let outer = try await sandbox.run(
      sandbox.request(extra: ["MLFLOW_EXPERIMENT_NAME": "of the shell"]), settings: settings)
    let logs = FilePath(outer.run.artifactURI).appending("logs/stdout.txt")
    let pairs = try FileSystem.readText(logs).split(separator: "\n").compactMap { line in
      line.firstIndex(of: "=").map { (String(line[..<$0]), String(line[$0...].dropFirst())) }
    }
    let inherited = Dictionary(pairs) { $1 }
    #expect(inherited["MLFLOW_EXPERIMENT_NAME"] == "outer")
    let other = try Sandbox("entry_points: {main: {command: 'true'}}")
    let inner = try await other.run(other.request(extra: inherited))
    #expect(!FileSystem.exists(other.records.path))
    #expect(inner.run.tag("mlflow.parentRunId") == outer.run.id.hex)
    #expect(inner.run.experiment == outer.run.experiment)
    #expect(try sandbox.runs().count == 2)
  }

  @Test(
    "projects in folders of all names",
    arguments: ["a b", "한글", "it's", "a\"q\"b", "$x", "-n", "a\nb"])
  func names(name: String) async throws {
    let folder = try TemporaryFolder()
    try folder.write("entry_points: {main: {command: 'touch made'}}", to: "\(name)/MLproject")
    let request = RunRequest(
      uri: folder.path.appending(name).string, variables: ["PATH": "/usr/bin:/bin"],
      workingFolder: folder.path)
    let source = try await ProjectSource.open(request) { _ in }
    let plan = try RunPlan(request, source: source)
    let outcome = try await EntryRun(
      plan: plan, records: plan.records(startedIn: folder.path), settings: RunSettings(),
      passesOutput: false, announce: { _ in }, progress: Sandbox.Silent()
    ).perform()
    #expect(outcome.exitCode == 0)
    #expect(FileSystem.exists(folder.path.appending(name).appending("made")))
  }
}
