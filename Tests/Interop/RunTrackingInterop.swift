import Formats
import Platform
import Support
import SystemPackage
import Testing

/// Scripts that log with MLflow's client, run by `mlflow run` and by `reprise run`: the records are the same, here and on
/// MLflow's own server.
@Suite("MLflow's client in reprise run") struct RunTrackingInterop {
  /// Runs scenes in some ways; see `RunPeer/compare.py`.
  private func play(_ scenes: [String], _ ways: [String]) throws -> JSONValue {
    let folder = try TemporaryFolder()
    let script = FilePath(#filePath).removingLastComponent().appending("RunPeer/compare.py")
    let words = ([folder.path.string] + ways + ["--"] + scenes).map { JSONValue.string($0) }
    return try Peer.run(
      """
      import os, runpy
      os.environ["REPRISE"] = \(JSONValue.string(Program.path.string).text())
      sys.argv = ["compare.py"] + \(JSONValue.array(words).text())
      runpy.run_path(\(JSONValue.string(script.string).text()), run_name="__main__")

      """, in: folder)
  }

  @Test(
    "what scripts log is recorded as `mlflow run` records it",
    arguments: [
      ["client", "after", "async_logging"],
      [
        "same_param", "swallowed", "set_experiment", "search", "restarts", "grandchild", "forked",
      ], ["raises_outside", "ends_failed", "dataset"],
    ])
  func records(scenes: [String]) throws { try compare(scenes, ["reprise"]) }

  @Test(
    "and so it is when reprise records on MLflow's own server",
    arguments: [
      ["plain", "nested", "other_param", "raises", "exit_code", "sigkill", "artifacts"],
      ["fluent", "ends_killed", "autolog", "log_model", "projects_run"],
    ])
  func remote(scenes: [String]) throws { try compare(scenes, ["reprise", "remote"]) }

  private func compare(_ scenes: [String], _ ways: [String]) throws {
    let result = try play(scenes, ["mlflow"] + ways)
    for scene in scenes {
      let played = try #require(result[scene])
      for way in ways {
        try compare(scene, try #require(played["mlflow"]), try #require(played[way]))
      }
    }
  }

  private func compare(_ scene: String, _ theirs: JSONValue, _ ours: JSONValue) throws {
    let label: Comment =
      "\(scene)\nMLflow: \(theirs["text"]?.string ?? "")\nours: \(ours["text"]?.string ?? "")"
    // MLflow gives 1 for every failure.
    #expect((theirs["status"]?.int == 0) == (ours["status"]?.int == 0), "\(label)")
    // A server's refusals have a type of their own.
    let failed = [theirs, ours].map { $0["errors"]?.array?.isEmpty }
    #expect(failed[0] == failed[1], "\(label)")
    let experiments = try #require(theirs["experiments"]?.members)
    #expect(ours["experiments"]?.members?.map(\.key) == experiments.map(\.key), "\(label)")
    for experiment in experiments {
      let expected = experiment.value.array ?? []
      let found = ours["experiments"]?[experiment.key]?.array ?? []
      try #require(found.count == expected.count, "\(experiment.key) of \(label)")
      for (run, other) in zip(found, expected) {
        compare(run, other, "\(experiment.key) of \(label)")
      }
    }
  }

  private func compare(_ ours: JSONValue, _ theirs: JSONValue, _ label: Comment) {
    let isProject = theirs["tags"]?["mlflow.project.entryPoint"] != nil
    // A child that somebody killed has failed for MLflow, and its exit status alone decides; see `RunEnding.heeding`.
    let saidFailed = "\(label)".contains("ends_failed") && ours["status"] == "FAILED"
    let killed = theirs["status"] == "FAILED" && ours["status"] == "KILLED"
    let isKilled =
      killed && ("\(label)".contains("sigkill") || "\(label)".contains("ends_killed"))
    #expect(ours["status"] == theirs["status"] || isKilled || saidFailed, "\(label)")
    for key in ["ended", "lifecycle", "metrics", "inputs", "models", "root"] {
      #expect(ours[key] == theirs[key], "\(key) of \(label)")
    }
    // Names that nobody gave are made up.
    if !isProject { #expect(ours["name"] == theirs["name"], "\(label)") }
    for member in theirs["params"]?.members ?? [] {
      // MLflow quotes the entry point's own for the shell.
      let value = ours["params"]?[member.key]?.string
      #expect([value, value.map(ShellWord.quoted)].contains(member.value.string), "\(label)")
    }
    #expect(ours["params"]?.members?.count == theirs["params"]?.members?.count, "\(label)")
    let artifacts = (ours["artifacts"]?.array ?? []).compactMap(\.string).filter { path in
      let own = ["logs/", "code/", "document/"]
      return !isProject || !(own.contains(where: path.hasPrefix) || path == "reprise.json")
    }
    #expect(artifacts == (theirs["artifacts"]?.array ?? []).compactMap(\.string), "\(label)")
    let loose: Set<String> = [
      "mlflow.source.name", "mlflow.runName", "mlflow.parentRunId", "mlflow.rootRunId",
      "mlflow.log-model.history",
    ]
    for member in theirs["tags"]?.members ?? [] {
      let value = ours["tags"]?[member.key]
      if loose.contains(member.key) {
        #expect(value != nil, "\(member.key) of \(label)")
      } else {
        #expect(value == member.value, "\(member.key) of \(label)")
      }
    }
  }
}
