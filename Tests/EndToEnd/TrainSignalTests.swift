import Formats
import Glibc
import Platform
import Support
import SystemPackage
import Testing

/// Named so that it runs with the other suites that interrupt.
@Suite("SignalTests: a training that is interrupted") struct TrainSignalTests {
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let rows = (0..<500).map { i in
      "\(i * 37 % 101),\(i * 61 % 97),\(i * 37 % 101 + i * 61 % 97 + i * 13 % 31)"
    }
    try folder.write("a,b,y\n" + rows.joined(separator: "\n") + "\n", to: "data.csv")
    return folder
  }

  @Test("keeps the best model so far, and records KILLED", arguments: [SIGINT, SIGTERM])
  func interrupted(signal: Int32) async throws {
    let folder = try folder()
    try folder.write(
      """
      entry_points:
        main:
          trainer: xgboost
          parameters: {target: y, num_boost_round: 200000, test_fraction: 0.3}
          inputs: [data.csv]
      """, to: "MLproject")
    let run = Background("exec \"$REPRISE\" run", in: folder.path)
    let id = try await roundsOfLatest(folder)
    run.send(signal)
    #expect(try await run.end().status == .exited(130))
    #expect(run.output.contains("interrupted: the model is the best so far"))
    let shown = try await Program.run(["runs", "show", id, "--json"], in: folder.path)
    let record = try JSONValue(parsing: shown.output)
    #expect(record["status"]?.string == "KILLED")
    #expect(record["timings"]?["train_s"]?.number != nil)
    let answers = try await Program.run(["predict", id, "data.csv"], in: folder.path)
    #expect(answers.status == 0, "\(answers.error)")
    #expect(answers.output.split(separator: "\n").count == 501)
  }

  @Test("writes the model where `reprise train` was told to")
  func train() async throws {
    let folder = try folder()
    let run = Background(
      """
      exec "$REPRISE" train lightgbm --data data.csv --target y -Pnum_iterations=200000 \
        -Pmin_data_in_leaf=1 --model out/model.txt
      """, in: folder.path)
    _ = try await roundsOfLatest(folder)
    run.send(SIGINT)
    #expect(try await run.end().status == .exited(130))
    let answers = try await Program.run(["predict", "out/model.txt", "data.csv"], in: folder.path)
    #expect(answers.status == 0, "\(answers.error)")
  }

  /// Waits until the newest run has told some rounds, and gives its id.
  private func roundsOfLatest(_ folder: TemporaryFolder) async throws -> String {
    for _ in 0..<3000 {
      let shown = try await Program.run(["runs", "show", "latest", "--json"], in: folder.path)
      if shown.status == 0, let record = try? JSONValue(parsing: shown.output),
        let steps = record["metric_steps"]?.members,
        steps.contains(where: { $0.value.int ?? 0 > 3 }),
        let id = record["run_id"]?.string
      {
        return id
      }
      try await Task.sleep(for: .milliseconds(100))
    }
    throw Failure(.io, "the training told no rounds")
  }
}
