import ArgumentParser
import Platform
import Runner
import Server

/// Carries out a plan for a person: progress, Ctrl-C, warnings, the last line, and the exit status.
struct RunPerformance {
  let plan: RunPlan
  let settings: RunSettings
  let place: Place
  let console: Console
  /// Set when the person wants no more.
  let stopped: StopFlag

  /// - Throws: `ExitCode` with the run's own when that is not 0.
  func perform() async throws {
    for warning in plan.warnings { console.warn(warning) }
    let outcome = try await outcome()
    console.note(RunOutcomeLine(outcome, console: console).text)
    if console.printsJSON { console.show(outcome.run.json) { "" } }
    if outcome.exitCode != 0 { throw ExitCode(outcome.exitCode) }
  }

  /// The run, with its progress on the console.
  func run(showing progress: ProgressLine? = nil) -> EntryRun {
    EntryRun(
      plan: plan, records: plan.records(startedIn: place.folder), settings: settings,
      passesOutput: !console.printsJSON, announce: { [console] in console.note($0) },
      progress: progress ?? ProgressLine(console: console), service: ChildTracking(),
      renderer: ReportPage())
  }

  private func outcome() async throws -> RunOutcome {
    let progress = ProgressLine(console: console)
    let run = run(showing: progress)
    let task = Task { try await run.perform() }
    Interruption.onNext { _ in
      stopped.set()
      task.cancel()
    }
    defer { Interruption.release() }
    let outcome = try await task.value
    progress.clear()
    for problem in outcome.problems { console.warn(problem) }
    return outcome
  }
}
