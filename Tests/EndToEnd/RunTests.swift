import Formats
import Platform
import Support
import SystemPackage
import Testing

@Suite("reprise run") struct RunTests {
  private func project(_ manifest: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(manifest, to: "MLproject")
    return folder
  }

  private func latest(_ folder: TemporaryFolder) async throws -> JSONValue {
    let result = try await Program.run(["runs", "show", "latest", "--json"], in: folder.path)
    #expect(result.status == 0, "\(result.error)")
    return try JSONValue(parsing: result.output)
  }

  @Test("output passes through, is kept, and the run is recorded")
  func records() async throws {
    let folder = try project(
      """
      entry_points:
        main:
          parameters:
            alpha: {type: float, default: 0.5}
            name: {type: string, default: a b}
          command: "echo alpha={alpha} name={name}; echo oops >&2"
      """)
    let result = try await Program.run(["run", "-P", "alpha=0.25"], in: folder.path)
    #expect(result.status == 0)
    #expect(result.output == "alpha=0.25 name=a b\n")
    #expect(result.error.hasPrefix("oops\n"))
    let run = try await latest(folder)
    #expect(run["status"]?.string == "FINISHED")
    #expect(run["params"]?["alpha"]?.string == "0.25")
    #expect(run["params"]?["name"]?.string == "a b")
    #expect(run["exit_code"]?.int == 0)
    let artifacts = try #require(run["artifact_uri"]?.string)
    let logs = FilePath(artifacts).appending("logs")
    #expect(try FileSystem.readText(logs.appending("stdout.txt")) == "alpha=0.25 name=a b\n")
    #expect(try FileSystem.readText(logs.appending("stderr.txt")) == "oops\n")
  }

  @Test("the child's exit status is ours", arguments: [1, 2, 7, 75, 127, 255])
  func exitStatus(status: Int) async throws {
    let folder = try project("entry_points: {main: {command: \"exit \(status)\"}}")
    #expect(try await Program.run(["run"], in: folder.path).status == Int32(status))
    let run = try await latest(folder)
    #expect(run["status"]?.string == "FAILED")
    #expect(run["exit_code"]?.int == Int64(status))
  }

  @Test(
    "a signal is recorded and passed on",
    arguments: [(9, "KILLED"), (15, "KILLED"), (11, "FAILED")])
  func signal(number: Int, status: String) async throws {
    let folder = try project("entry_points: {main: {command: \"kill -\(number) $$\"}}")
    #expect(try await Program.run(["run"], in: folder.path).status == Int32(128 + number))
    let run = try await latest(folder)
    #expect(run["status"]?.string == status)
    #expect(run["signal"]?.int == Int64(number))
  }

  @Test("metrics come from the file and from `reprise log`")
  func metrics() async throws {
    let folder = try project(
      """
      entry_points:
        main:
          command: |
            for i in 1 2 3; do echo "{{\\"key\\": \\"loss\\", \\"value\\": 0.$i, \\"step\\": $i}}" >> "$REPRISE_METRICS"; done
            echo '{{"key": "odd", "value": "NaN"}}' >> "$REPRISE_METRICS"
            echo 'nonsense' >> "$REPRISE_METRICS"
            \(Program.path) log metric accuracy=0.75
            \(Program.path) log param late=1
            \(Program.path) log tag color=blue
            echo picture > plot.txt
            \(Program.path) log artifact plot.txt --path figures
      """)
    let result = try await Program.run(["run"], in: folder.path)
    #expect(result.status == 0, "\(result.error)")
    #expect(result.error.contains("was not understood"))
    let run = try await latest(folder)
    #expect(run["metrics"]?["loss"]?.number == 0.3)
    #expect(run["metric_steps"]?["loss"]?.int == 3)
    #expect(run["metrics"]?["accuracy"]?.number == 0.75)
    #expect(run["metrics"]?["odd"]?.string == "NaN")
    #expect(run["params"]?["late"]?.string == "1")
    #expect(run["tags"]?["color"]?.string == "blue")
    let artifacts = FilePath(try #require(run["artifact_uri"]?.string))
    #expect(try FileSystem.readText(artifacts.appending("figures/plot.txt")) == "picture\n")
  }

  @Test("MLflow's variables are set for the child")
  func variables() async throws {
    let folder = try project(
      """
      entry_points:
        main:
          env: {OWN: "yes"}
          command: 'echo "$MLFLOW_RUN_ID $MLFLOW_EXPERIMENT_ID $OWN ${{MLFLOW_TRACKING_URI%:*}}"'
      """)
    let bare = try await Program.run(["run"], in: folder.path)
    let words = bare.output.split(separator: " ").map(String.init)
    try #require(words.count == 4, "\(bare)")
    let run = try await latest(folder)
    #expect(words == [try #require(run["run_id"]?.string), "0", "yes", "http://127.0.0.1\n"])
  }

  @Test("a dry run prints the plan and writes nothing")
  func dryRun() async throws {
    let folder = try project(
      "entry_points: {main: {parameters: {a: {default: 'x y'}}, command: 'touch made {a}'}}")
    let result = try await Program.run(["run", "--dry-run"], in: folder.path)
    #expect(result.status == 0)
    #expect(result.output.contains("touch made 'x y'"))
    #expect(try FileSystem.names(in: folder.path) == ["MLproject"])
  }

  @Test("inputs and outputs are hashed")
  func files() async throws {
    let folder = try project(
      """
      entry_points:
        main:
          command: "mkdir -p out && cp in.txt out/copy.txt"
          inputs: [in.txt]
          outputs: [out/, never.txt]
      """)
    try folder.write("abc", to: "in.txt")
    #expect(try await Program.run(["run"], in: folder.path).status == 0)
    let run = try await latest(folder)
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    #expect(run["inputs"]?.array?.first?["sha256"]?.string == abc)
    #expect(run["inputs"]?.array?.first?["size"]?.int == 3)
    let outputs = try #require(run["outputs"]?.array)
    #expect(outputs.first { $0["path"]?.string == "out/" }?["kind"]?.string == "folder")
    #expect(outputs.first { $0["path"]?.string == "never.txt" }?["kind"]?.string == "missing")
  }

  @Test("the time limit of an entry point ends it")
  func timeout() async throws {
    let folder = try project("entry_points: {main: {command: 'sleep 60', timeout: 0.3}}")
    let result = try await Program.run(["run"], in: folder.path)
    #expect(result.status == 130)
    #expect(try await latest(folder)["status"]?.string == "KILLED")
  }
}
