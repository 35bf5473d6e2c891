import Platform
import Records
import Support
import SystemPackage

/// A record of its own for one test.
final class StoreFixture: Sendable {
  let folder: TemporaryFolder
  let store: RecordStore

  init() throws {
    folder = try TemporaryFolder()
    store = try RecordStore(in: folder.path)
  }

  var file: FilePath { folder.path.appending("records.db") }

  /// Starts a run and logs to it.
  @discardableResult
  func run(
    _ name: String? = nil, at time: Int64 = 1000, in experiment: ExperimentID = .defaultExperiment,
    params: [Param] = [], tags: [Tag] = [], metrics: [Metric] = []
  ) throws -> RunID {
    let run = try store.start(
      NewRun(
        experiment: experiment, name: name, user: "ada", host: "here", startTime: time,
        params: params, tags: tags))
    if !metrics.isEmpty { try store.log(metrics: metrics, to: run.id) }
    return run.id
  }

  /// The names of the runs that a search finds.
  func names(_ filter: String = "", order: [String] = [], limit: Int = 100, offset: Int = 0) throws
    -> [String]
  {
    try store.search(search(filter, order, limit, offset)).map(\.name)
  }

  /// The ids of the runs that a search finds.
  func ids(
    _ filter: String, order: [String], limit: Int, offset: Int, shortWalk: Int32? = nil
  ) throws -> [String] {
    try store.searchIDs(search(filter, order, limit, offset), shortWalk: shortWalk).map(\.hex)
  }

  private func search(_ filter: String, _ order: [String], _ limit: Int, _ offset: Int) throws
    -> RunSearch
  {
    RunSearch(
      filter: try RunFilter(parsing: filter), order: try order.map { try RunOrder(parsing: $0) },
      limit: limit, offset: offset)
  }
}
