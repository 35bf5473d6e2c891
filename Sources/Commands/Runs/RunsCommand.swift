import ArgumentParser

/// `reprise runs`: everything about runs that were recorded.
struct RunsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "Look at recorded runs: list, show, compare, export, delete.",
    discussion: """
      A run is named by its id, a prefix of it that no other run shares, its name, `latest`, or `latest~1` for the one \
      before.

        reprise runs
        reprise runs --filter "metrics.accuracy > 0.97 and params.k = '5'" --order-by "metrics.accuracy DESC"
        reprise runs show latest
        reprise runs diff latest~1 latest
        reprise runs report latest -o report.html
      """,
    subcommands: [
      RunsList.self, RunsShow.self, RunsDiff.self, RunsReport.self, RunsExport.self,
      RunsDelete.self, RunsRestore.self, RunsGC.self,
    ],
    defaultSubcommand: RunsList.self)
}
