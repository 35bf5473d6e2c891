import ArgumentParser
import Platform
import SystemPackage
import Templates

/// The options of cookiecutter, with its names, and ours.
struct NewOptions: ParsableArguments {
  @Flag(help: "Ask nothing and take the defaults; what was fetched before is fetched anew.")
  var noInput = false

  @Option(
    name: [.customShort("c", allowingJoined: true), .long],
    help: ArgumentHelp("Branch, tag or commit of a git template.", valueName: "ref"))
  var checkout: String?

  @Option(help: ArgumentHelp("Folder of the repository that holds the template.", valueName: "dir"))
  var directory: String?

  @Flag(help: "Ask nothing and answer as the last time.")
  var replay = false

  @Option(help: ArgumentHelp("Answer as this file says.", valueName: "file"))
  var replayFile: String?

  @Flag(
    name: [.customShort("f"), .long],
    help: "Write into the project's folder when it is there, over files of the same name.")
  var overwriteIfExists = false

  @Flag(
    name: [.customShort("s"), .long], help: "Leave files alone that are there; use with -f.")
  var skipIfFileExists = false

  @Option(
    name: [.customShort("o", allowingJoined: true), .long],
    help: ArgumentHelp("Where the project's folder is made.", valueName: "dir"))
  var outputDir = "."

  @Option(help: ArgumentHelp("Your settings, instead of ~/.cookiecutterrc.", valueName: "file"))
  var configFile: String?

  @Flag(help: "Use no settings of yours.")
  var defaultConfig = false

  @Option(help: ArgumentHelp("Write what is done to a file.", valueName: "file"))
  var debugFile: String?

  @Option(help: "Run the template's hooks: yes, ask or no.")
  var acceptHooks: HookConsent?

  @Flag(name: [.customShort("l"), .long], help: "List the templates that were fetched.")
  var listInstalled = false

  @Flag(help: "Leave the project as far as it came when something fails.")
  var keepProjectOnFailure = false

  @Flag(name: [.customShort("v"), .long], help: "Say more about what is done.")
  var verbose = false

  @Flag(name: [.customShort("V"), .customLong("version")], help: "Show the version.")
  var showsVersion = false

  @Flag(help: "Show what would be made, and make nothing.")
  var dryRun = false

  @Flag(help: "Run the commands that a copier template brings (its tasks).")
  var trust = false

  @Flag(help: "Do not write .reprise/scaffold.json, by which the project can be updated.")
  var noState = false
}

enum HookConsent: String, ExpressibleByArgument, CaseIterable { case yes, ask, no }

extension NewOptions {
  func request(
    _ template: String, _ values: [String], acceptsHooks: Bool, in place: Place
  ) throws -> ScaffoldRequest {
    var request = ScaffoldRequest(
      template: template, workingFolder: place.folder, variables: place.variables)
    for value in values {
      guard let equals = value.firstIndex(of: "=") else { continue }
      request.overrides[String(value[..<equals])] = .string(
        String(value[value.index(after: equals)...]))
    }
    request.checkout = checkout
    request.directory = directory
    request.asksNothing = noInput
    request.replay =
      replayFile.flatMap { $0.isEmpty ? nil : .file($0) } ?? (replay ? .last : nil)
    request.overwrites = overwriteIfExists
    request.skipsExistingFiles = skipIfFileExists
    request.outputFolder = outputDir
    request.acceptsHooks = acceptsHooks
    request.keepsProjectOnFailure = keepProjectOnFailure
    request.keepsState = !noState
    request.isDryRun = dryRun
    request.password = place.variables["COOKIECUTTER_REPO_PASSWORD"]
    return request
  }
}
