import ArgumentParser

/// `reprise log`: writes into the record from inside a run, or into a run that is named.
struct LogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "Log a metric, parameter, tag or artifact into a run.",
    discussion: """
      Inside a run the record is found by itself; elsewhere `--run` names it.

        reprise log metric loss=0.31 accuracy=0.97 --step 4
        reprise log param optimizer=adam
        reprise log tag reviewed=yes --run latest
        reprise log artifact reports/plot.png
      """,
    subcommands: [LogMetric.self, LogParam.self, LogTag.self, LogArtifact.self])
}
