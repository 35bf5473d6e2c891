import Formats
import Records

/// Runs as CSV (RFC 4180, line ends of one LF), with the columns of `mlflow.search_runs`.
struct RunSheet {
  let runs: [Run]

  init(_ runs: [Run]) { self.runs = runs }

  var bytes: [UInt8] {
    let metrics = Set(runs.flatMap { $0.metrics.map(\.key) }).sorted()
    let params = Set(runs.flatMap { $0.params.map(\.key) }).sorted()
    let tags = Set(runs.flatMap { $0.tags.map(\.key) }).sorted()
    let fixed = [
      "run_id", "experiment_id", "status", "artifact_uri", "start_time", "end_time", "name",
      "entry_point", "exit_code", "signal", "cpu_seconds", "peak_memory",
    ]
    var head = fixed
    head += metrics.map { "metrics.\($0)" }
    head += params.map { "params.\($0)" }
    head += tags.map { "tags.\($0)" }
    var sheet = CSVWriter()
    sheet.write(head)
    for run in runs {
      var line = RunSheet.fixed(run)
      let values = Dictionary(run.metrics.map { ($0.key, "\($0.value)") }) { $1 }
      let given = Dictionary(run.params.map { ($0.key, $0.value) }) { $1 }
      let marks = Dictionary(run.tags.map { ($0.key, $0.value) }) { $1 }
      line += metrics.map { values[$0] ?? "" }
      line += params.map { given[$0] ?? "" }
      line += tags.map { marks[$0] ?? "" }
      sheet.write(line)
    }
    return sheet.bytes
  }

  private static func fixed(_ run: Run) -> [String] {
    var line = [run.id.hex, "\(run.experiment)", run.status.rawValue, run.artifactURI]
    line += ["\(run.startTime)", text(run.endTime), run.name, run.entryPoint ?? ""]
    line += [text(run.exitCode), text(run.signal), text(run.cpuSeconds), text(run.peakMemory)]
    return line
  }

  private static func text(_ value: (some CustomStringConvertible)?) -> String {
    value?.description ?? ""
  }
}
