import ArgumentParser
import Records

/// `reprise log param`: parameters that the command line did not give.
struct LogParam: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "param", abstract: "Log parameters; a parameter is written once.",
    discussion: "Example: reprise log param optimizer=adam")

  @Argument(help: "KEY=VALUE pairs.")
  var pairs: [String]

  @OptionGroup var target: LogTarget

  func run() async throws {
    let (store, run, _, _) = try target.open()
    let params = try LogTarget.pairs(pairs).map {
      Param($0.key, $0.value, given: $0.value)
    }
    try store.log(metrics: [], params: params, tags: [], to: run)
  }
}
