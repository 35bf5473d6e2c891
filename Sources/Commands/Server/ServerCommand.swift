import ArgumentParser

/// `reprise server`: the records for MLflow's clients and for browsers.
struct ServerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "server",
    abstract: "Serve the records to MLflow's clients and to browsers.",
    discussion: """
      Any MLflow client, of version 2 or 3, logs to it and reads from it as from MLflow's own server:

        reprise server --port 5000
        MLFLOW_TRACKING_URI=http://127.0.0.1:5000 python train.py

      It listens on this machine only, unless `--host` names another address; that needs users.
      """,
    subcommands: [
      ServerStart.self, UsersCommand.self, TokensCommand.self, AuditCommand.self,
    ], defaultSubcommand: ServerStart.self)
}
