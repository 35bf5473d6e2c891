import ArgumentParser
import Records

/// `reprise log tag`: words about a run, which can be changed later.
struct LogTag: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag", abstract: "Set tags.", discussion: "Example: reprise log tag reviewed=yes")

  @Argument(help: "KEY=VALUE pairs.")
  var pairs: [String]

  @OptionGroup var target: LogTarget

  func run() async throws {
    let (store, run, _, _) = try target.open()
    let tags = try LogTarget.pairs(pairs).map { Tag($0.key, $0.value) }
    try store.log(metrics: [], params: [], tags: tags, to: run)
  }
}
