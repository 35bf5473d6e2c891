import ArgumentParser
import Platform
import Records

/// `reprise log metric`: numbers of one step.
struct LogMetric: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metric", abstract: "Log metrics.",
    discussion: "Example: reprise log metric loss=0.31 --step 4")

  @Argument(help: "KEY=VALUE pairs.")
  var pairs: [String]

  @Option(help: "The step.")
  var step: Int64 = 0

  @OptionGroup var target: LogTarget

  func run() async throws {
    let (store, run, _, _) = try target.open()
    let now = Clock.milliseconds()
    let metrics = try LogTarget.pairs(pairs).map { key, value in
      guard let number = Double(value.trimmed) else {
        throw Failure(.usage, "the value `\(value)` of `\(key)` is not a number")
      }
      return Metric(key, number, timestamp: now, step: step)
    }
    try store.log(metrics: metrics, params: [], tags: [], to: run)
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
