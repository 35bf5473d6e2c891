import Formats
import Records

/// Runs as CSV (RFC 4180, line ends of one LF), with the columns of `mlflow.search_runs`.
struct RunSheet {
  /// The metrics, parameters and tags that have columns.
  let names: RunPages.Names

  private static let fixedColumns = [
    "run_id", "experiment_id", "status", "artifact_uri", "start_time", "end_time", "name",
    "entry_point", "exit_code", "signal", "cpu_seconds", "peak_memory",
  ]

  /// The first line.
  var head: [UInt8] {
    var sheet = CSVWriter()
    sheet.write(
      RunSheet.fixedColumns + names.metrics.map { "metrics.\($0)" }
        + names.params.map { "params.\($0)" } + names.tags.map { "tags.\($0)" })
    return sheet.bytes
  }

  /// The lines of some runs.
  func lines(_ runs: [Run]) -> [UInt8] {
    var sheet = CSVWriter()
    for run in runs {
      let values = Dictionary(run.metrics.map { ($0.key, "\($0.value)") }) { $1 }
      let given = Dictionary(run.params.map { ($0.key, $0.value) }) { $1 }
      let marks = Dictionary(run.tags.map { ($0.key, $0.value) }) { $1 }
      sheet.write(
        RunSheet.fixed(run) + names.metrics.map { values[$0] ?? "" }
          + names.params.map { given[$0] ?? "" } + names.tags.map { marks[$0] ?? "" })
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
