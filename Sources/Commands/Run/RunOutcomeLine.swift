import Platform
import Records
import Runner

/// The last line of `reprise run`: what happened, and where to look.
struct RunOutcomeLine {
  let outcome: RunOutcome
  let console: Console

  init(_ outcome: RunOutcome, console: Console) {
    self.outcome = outcome
    self.console = console
  }

  var text: String {
    let run = outcome.run
    if let skipped = outcome.skipped {
      let maker = skipped.maker
      return
        "nothing to do: same as \(singleLine(maker.name)) (\(maker.id.hex.prefix(8))); outputs "
        + "restored: \(skipped.restored); `--force` runs it"
    }
    let took = duration(from: run.startTime, to: run.endTime ?? run.startTime)
    let id = String(run.id.hex.prefix(8))
    let end: String
    switch (run.status, run.signal, run.exitCode) {
    case (.finished, _, _): end = "finished in \(took)"
    case (_, let signal?, _): end = "\(run.status.word) by signal \(signal) after \(took)"
    case (_, nil, let code?): end = "\(run.status.word) with exit status \(code) after \(took)"
    case (_, nil, nil): end = "\(run.status.word) after \(took)"
    }
    let style = run.status.style
    let painted = console.colors.applies(to: 2) ? style.wrap(end) : end
    let page = outcome.page ?? "`reprise runs show \(id)`"
    return "run \(singleLine(run.name)) (\(id)) \(painted); see \(page)"
  }
}
