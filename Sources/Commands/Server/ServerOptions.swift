import ArgumentParser

/// Where and how a server listens.
struct ServerOptions: ParsableArguments {
  @Option(name: [.long, .customShort("h")], help: "The address to listen on.")
  var host = "127.0.0.1"

  @Option(name: .shortAndLong, help: "The port to listen on; 0 for any that is free.")
  var port = 5000

  @Option(
    name: .customLong("mlflow-ui"),
    help: ArgumentHelp(
      "Show MLflow's own web pages at `/`, from this folder: mlflow/server/js/build of its package.",
      valueName: "folder"))
  var mlflowPages: String?

  @OptionGroup(title: "Safety options") var safety: SafetyOptions
}
