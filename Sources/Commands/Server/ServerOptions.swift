import ArgumentParser

/// Where and how a server listens.
struct ServerOptions: ParsableArguments {
  @Option(name: [.long, .customShort("h")], help: "The address to listen on.")
  var host = "127.0.0.1"

  @Option(name: .shortAndLong, help: "The port to listen on; 0 for any that is free.")
  var port = 5000

  @OptionGroup(title: "Safety options") var safety: SafetyOptions
}
