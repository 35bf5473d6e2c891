import GRDB
import Platform

/// The runs that a search found, loaded a page at a time, so that any number of them takes the memory of one page (and
/// eight bytes a run).
///
/// Each page is read by itself: what is recorded meanwhile is not held up, and a run that is purged meanwhile is left out.
package struct RunPages: Sendable {
  /// The names that occur in some runs, each once, in the order of their bytes.
  package struct Names: Sendable, Hashable {
    package var metrics: [String]
    package var params: [String]
    package var tags: [String]

    package init(metrics: [String] = [], params: [String] = [], tags: [String] = []) {
      self.metrics = metrics
      self.params = params
      self.tags = tags
    }
  }

  private let store: RecordStore
  private let numbers: [Int64]

  private static let page = 250

  init(store: RecordStore, numbers: [Int64]) {
    self.store = store
    self.numbers = numbers
  }

  /// How many runs were found.
  package var count: Int { numbers.count }

  /// Calls a closure with the runs in their order, some at a time; without ``Run/environment``.
  package func forEach(_ body: ([Run]) throws -> Void) throws {
    for page in pages {
      try body(store.reading { db in try RunReader(store: store, db: db).runs(Array(page)) })
    }
  }

  /// The names of the metrics, parameters and tags of all these runs.
  package func names() throws -> Names {
    Names(
      metrics: try names(in: "latest_metrics"), params: try names(in: "params"),
      tags: try names(in: "tags"))
  }

  private var pages: some Sequence<ArraySlice<Int64>> {
    stride(from: 0, to: numbers.count, by: RunPages.page).lazy.map { start in
      numbers[start..<min(start + RunPages.page, numbers.count)]
    }
  }

  private func names(in table: String) throws -> [String] {
    var ids: Set<Int64> = []
    for page in pages {
      try store.reading { db in
        let statement = try db.cachedStatement(
          sql: """
            SELECT DISTINCT t.key
            FROM json_each(?) AS wanted CROSS JOIN \(table) AS t ON t.run = wanted.value
            """)
        let list = "[" + page.map(String.init).joined(separator: ",") + "]"
        let keys = try Int64.fetchCursor(statement, arguments: [list])
        while let key = try keys.next() { ids.insert(key) }
      }
    }
    return try store.reading { db in
      let statement = try db.cachedStatement(sql: "SELECT name FROM keys WHERE id = ?")
      return try ids.compactMap { try String.fetchOne(statement, arguments: [$0]) }.sorted()
    }
  }
}

extension RecordStore {
  /// The runs that a search finds, to be loaded a page at a time.
  package func pages(_ request: RunSearch) throws -> RunPages {
    let numbers = try reading { db in
      try SearchPlanner(request, db, self)?.numbers() ?? []
    }
    return RunPages(store: self, numbers: numbers)
  }
}
