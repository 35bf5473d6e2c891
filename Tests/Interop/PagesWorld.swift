import Formats
import Platform
import Records
import SystemPackage

/// A few records that use everything that pages show.
enum PagesWorld {
  /// - Returns: the addresses of the pages to look at; the second is a table of runs.
  static func fill(_ store: RecordStore) throws -> [String] {
    let experiment = try store.createExperiment(
      "실험 <b>\"one\"</b>", tags: [Tag("mlflow.note.content", "What it is about")])
    let runs = try (0..<5).map { try record($0, in: experiment, store) }
    let artifacts = FilePath(runs[0].artifactURI)
    for (path, text) in [
      (
        "logs/stdout.txt",
        "first\n\u{1B}[33mwarning\u{1B}[0m\n" + String(repeating: "word ", count: 400)
      ),
      ("logs/stderr.txt", "oops\n"), ("table.csv", "a,b\n1,2\n3,4\n"),
      ("values.json", "{\"a\": [1, 2]}"),
      ("code/uncommitted.patch", "diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-x\n+y\n"),
      (
        "notes.ipynb",
        #"{"cells": [{"cell_type": "code", "source": "1 + 1", "execution_count": 1, "outputs": [{"output_type": "stream", "text": "2"}]}]}"#
      ),
    ] {
      let file = artifacts.pushing(FilePath(path))
      try FileSystem.createDirectory(file.removingLastComponent())
      try FileSystem.write(text, to: file, durable: false)
    }
    try store.createRegisteredModel("wine", description: "Tells good from bad")
    let run = "/runs/\(runs[0].id)"
    return [
      "/", "/experiments/\(experiment.id)", run, "\(run)/log?find=warning",
      "\(run)/artifacts/table.csv", "\(run)/artifacts/notes.ipynb",
      "/compare?" + runs.map { "run=\($0.id)" }.joined(separator: "&"), "/models", "/models/wine",
    ]
  }

  private static func record(_ number: Int, in experiment: Experiment, _ store: RecordStore) throws
    -> Run
  {
    let start: Int64 = 1_790_000_000_000 + Int64(number) * 60_000
    let run = try store.start(
      NewRun(
        experiment: experiment.id,
        name: number == 3 ? String(repeating: "a-long-name-", count: 16) : "run \(number)",
        user: "ann", host: "laptop", startTime: start,
        params: [
          Param("eta", "0.\(number + 1)", kind: "float", given: "0.\(number + 1)"),
          Param("booster", number % 2 == 0 ? "gbdt" : "forest", kind: "string"),
          Param("같은 값", "하나"),
        ], tags: [Tag("mlflow.source.git.commit", "0123456789abcdef")],
        command: "python train.py --eta 0.\(number + 1)", entryPoint: "train", sourceName: "."))
    let metrics = (0..<60).flatMap { step -> [Metric] in
      let value = 1 / Double(step + number + 1)
      return [
        Metric(
          "loss", step == 20 ? .nan : value, timestamp: start + Int64(step) * 500, step: Int64(step)
        ),
        Metric("val/accuracy", 1 - value, timestamp: start + Int64(step) * 500, step: Int64(step)),
      ]
    }
    try store.log(metrics: metrics, to: run.id)
    try store.setEnvironment(
      [
        "manager": "local", "system": ["name": "Debian", "machine": "x86_64"],
        "variables": ["LANG": "C"],
      ],
      for: run.id)
    try store.finish(
      run.id,
      RunEnding(
        status: number == 4 ? .failed : .finished, endTime: start + 30_000,
        exitCode: number == 4 ? 1 : 0, cpuSeconds: 12.5, peakMemory: 80_000_000))
    return try store.run(run.id)
  }
}
