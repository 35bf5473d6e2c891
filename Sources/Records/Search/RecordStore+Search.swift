import GRDB
import Platform

extension RecordStore {
  /// The runs that a search finds, in its order; without ``Run/environment``.
  package func search(_ request: RunSearch) throws -> [Run] {
    try reading { db in
      guard let planner = try SearchPlanner(request, db, self) else { return [] }
      return try RunReader(store: self, db: db).runs(planner.numbers())
    }
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
