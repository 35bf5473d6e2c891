import Platform
import Records
import SystemPackage

extension FuzzTarget {
  /// A filter in the first line and an order in the second; what parses is searched for, in a store of two runs.
  static let search = FuzzTarget(
    name: "search",
    seeds: [
      "metrics.accuracy > 0.97 AND params.booster = 'gbdt' AND tags.`mlflow.user` LIKE 'a%'\nmetrics.accuracy DESC",
      "run_id NOT IN ('a', 'b''c') AND status != 'FAILED'\nstart_time",
      "params.\"a b\" IS NOT NULL\nparams.a",
      "dataset.name ILIKE '%x_' AND dataset.context IN ('train')\nCreated asc",
      "end_time >= -5.e3\ntags.x",
    ],
    words: [
      "metrics.", "params.", "tags.", "dataset.", "attributes.", "run_id", "run_name", "status",
      "user_id",
      "artifact_uri", "start_time", "end_time", " AND ", " LIKE ", " ILIKE ", " IN (", " NOT IN (",
      " IS NULL",
      " IS NOT NULL", "!=", ">=", "<=", "'", "`", "\"", "\\", " DESC", " ASC", "accuracy", "\n",
      "1e400", "name",
      "digest", "context", "Created", "Duration",
    ]
  ) { bytes in
    let lines = bytes.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
      .map { Array($0).text }
    let order = lines.count > 1 ? try? RunOrder(parsing: lines[1]) : nil
    let filter = try RunFilter(parsing: lines[0])
    for view in [LifecycleView.active, .all] {
      let search = RunSearch(filter: filter, order: order.map { [$0] } ?? [], view: view)
      do {
        let runs = try store.search(search)
        require(try store.searchIDs(search) == runs.map(\.id), "runs and ids differ")
      } catch {
        fatalError("a filter that parses cannot be searched for: \(error)")
      }
    }
  }

  private static let store: RecordStore = {
    do {
      try FileSystem.removeTree(workFolder.appending("records"))
      let store = try RecordStore(in: workFolder.appending("records"))
      for name in ["first", "second"] {
        let run = try store.start(
          NewRun(
            experiment: .defaultExperiment, name: name, user: "ada", host: "here", startTime: 1000,
            params: [Param("a", "1"), Param("booster", "gbdt")], tags: [Tag("x", name)]))
        try store.log(
          metrics: [Metric("accuracy", name == "first" ? 0.5 : .nan, timestamp: 1, step: 0)],
          to: run.id)
      }
      return store
    } catch {
      fatalError("no store: \(error)")
    }
  }()
}
