import GRDB
import Platform

extension RecordStore {
  /// The runs that a search finds, in its order; without ``Run/environment``.
  package func search(_ request: RunSearch) throws -> [Run] {
    try reading { db in
      guard let planner = try SearchPlanner(request, db, self) else { return [] }
      return try RunReader(store: self, db: db).runs(
        planner.numbers(), withInputs: request.withInputs)
    }
  }

  /// One page of what a search finds, and whether more follow.
  package func searchPage(_ request: RunSearch) throws -> (runs: [Run], hasMore: Bool) {
    var larger = request
    if request.limit > 0 { larger.limit += 1 }
    let found = try search(larger)
    return (Array(found.prefix(request.limit)), found.count > request.limit)
  }

  /// The ids alone of the runs that a search finds, in its order.
  ///
  /// - Parameter shortWalk: for tests, which want every way to be taken.
  package func searchIDs(_ request: RunSearch, shortWalk: Int32? = nil) throws -> [RunID] {
    try reading { db in
      guard let planner = try SearchPlanner(request, db, self) else { return [] }
      let statement = try db.cachedStatement(sql: "SELECT id FROM runs WHERE number = ?")
      return try planner.numbers(shortWalk: shortWalk ?? SearchPlanner.shortWalk).compactMap {
        number in
        try String.fetchOne(statement, arguments: [number]).flatMap { RunID($0) }
      }
    }
  }
}
