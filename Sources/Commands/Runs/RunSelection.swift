import ArgumentParser
import Platform
import Records

/// The options that choose runs, in MLflow's search grammar.
struct RunSelection: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only runs that match, such as \"metrics.accuracy > 0.97 and params.k = '5'\".",
      valueName: "expression"))
  var filter: String?

  @Option(
    help: ArgumentHelp(
      "Order, such as \"metrics.accuracy DESC\"; may be repeated. Newest first by default.",
      valueName: "key"))
  var orderBy: [String] = []

  @Option(help: ArgumentHelp("Only runs of this experiment.", valueName: "name"))
  var experimentName: String?

  @Option(
    name: .customLong("experiment-id"),
    help: ArgumentHelp("Only runs of this experiment.", valueName: "id"))
  var experimentID: String?

  @Option(help: "Which runs: active, deleted or all.")
  var view = RunView.active

  /// The request for a store.
  func request(in store: RecordStore, limit: Int) throws -> RunSearch {
    var experiments: [ExperimentID]?
    if let experimentName, experimentID != nil {
      throw Failure(
        .usage, "both `--experiment-name \(experimentName)` and `--experiment-id` were given",
        hint: "give one of them")
    }
    if let experimentName {
      guard let found = try store.experiment(named: experimentName) else {
        let names = try store.experiments().map(\.name)
        throw Failure(
          .notFound, "there is no experiment `\(experimentName)`",
          hint: nearestName(to: experimentName, among: names).map { "did you mean `\($0)`?" }
            ?? "there are: \(names.joined(separator: ", "))")
      }
      experiments = [found.id]
    }
    if let experimentID {
      guard let id = ExperimentID(experimentID) else {
        throw Failure(
          .usage, "`\(experimentID)` is not an experiment id", hint: "an id is a number")
      }
      experiments = [try store.experiment(id: id).id]
    }
    let (filter, order) = try expressions()
    return RunSearch(
      experiments: experiments, filter: filter, order: order, view: view.lifecycle, limit: limit,
      offset: 0)
  }

  /// What was typed as expressions, which is right or wrong whatever is recorded.
  func expressions() throws -> (filter: RunFilter, order: [RunOrder]) {
    let filter = try Self.parse(filter, "--filter") { (text) throws(ParseFailure) in
      try RunFilter(parsing: text)
    }
    let order = try orderBy.map { item in
      try Self.parse(item, "--order-by") { (text) throws(ParseFailure) in
        try RunOrder(parsing: text)
      }
    }
    return (filter ?? .everything, order.compactMap { $0 })
  }

  private static func parse<Value>(
    _ text: String?, _ option: String, _ body: (String) throws(ParseFailure) -> Value
  ) throws -> Value? {
    guard let text else { return nil }
    do { return try body(text) } catch { throw error.failure(in: option) }
  }
}
