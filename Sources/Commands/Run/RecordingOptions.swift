import ArgumentParser
import Platform
import Records
import Runner

/// Where a run is recorded, under which name, and how long it may take.
struct RecordingOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The experiment, made when it is not there.", valueName: "name"))
  var experimentName: String?

  @Option(
    name: .customLong("experiment-id"), help: ArgumentHelp("The experiment.", valueName: "id"))
  var experimentID: String?

  @Option(
    name: .customLong("run-id"),
    help: ArgumentHelp("Record into this run instead of a new one.", visibility: .hidden))
  var runID: String?

  @Option(help: ArgumentHelp("The run's name; one is made up otherwise.", valueName: "name"))
  var runName: String?

  @Option(help: ArgumentHelp("End the run after this time: 90s, 10m, 2h.", valueName: "time"))
  var timeout: String?
}

extension RecordingOptions {
  /// Which experiment and name the record gets.
  func settings() throws -> RunSettings {
    if experimentName != nil, experimentID != nil {
      throw Failure(
        .usage, "specify only one of `--experiment-name` and `--experiment-id`",
        hint: "leave one of them out")
    }
    let id = try experimentID.map { text in
      guard let id = ExperimentID(text) else {
        throw Failure(.usage, "`\(text)` is not an experiment id", hint: "an id is a number")
      }
      return id
    }
    let run = try runID.map { text in
      guard let run = RunID(text) else {
        throw Failure(.usage, "`\(text)` is not a run id", hint: "an id has 32 hexadecimal digits")
      }
      return run
    }
    return RunSettings(
      experimentName: experimentName, experimentID: id, runName: runName, runID: run)
  }

  /// Up to 1e9 s, as `timeout` in MLproject.
  func timeLimit() throws -> Duration? {
    guard let timeout else { return nil }
    let milliseconds = try TimeLength.milliseconds(timeout)
    guard milliseconds > 0, milliseconds <= 1_000_000_000_000 else {
      throw Failure(
        .usage, "`--timeout \(timeout)` leaves the run no time, or more than 31 years",
        hint: "write 90s, 10m, 2h or 30d")
    }
    return .milliseconds(milliseconds)
  }
}
