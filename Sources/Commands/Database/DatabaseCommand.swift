import ArgumentParser

/// `reprise db`: care for the file that all is recorded in.
struct DatabaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "db",
    abstract: "Measure, check, shrink and back up the records.",
    discussion: """
      The records are one SQLite file, `.reprise/records.db`; artifacts lie beside it and are not part of it.

      Example: reprise db stats
               reprise db backup /backups/records.db
      """,
    subcommands: [
      DatabaseStats.self, DatabaseCheck.self, DatabaseVacuum.self, DatabaseBackup.self,
    ])
}
