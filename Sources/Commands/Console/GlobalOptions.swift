import ArgumentParser
import Platform
import SystemPackage

/// The options that every command takes.
struct GlobalOptions: ParsableArguments {
  @Flag(name: .customLong("json"), help: "Print JSON instead of tables and messages.")
  var printsJSON = false

  @Flag(
    name: [.customLong("quiet"), .customShort("q")], help: "Say nothing but results and errors.")
  var isQuiet = false

  @Option(help: "Colour: auto, always or never.")
  var color = ColorChoice.auto

  @Option(
    name: [.customLong("directory"), .customShort("C")],
    help: ArgumentHelp("Work as if started in this folder.", valueName: "folder"))
  var directory: String?

  var console: Console {
    Console(printsJSON: printsJSON, isQuiet: isQuiet || printsJSON, colors: color)
  }
}
