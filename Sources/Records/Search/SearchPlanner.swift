import GRDB
import Platform
import SystemPackage

/// Finds the numbers of the runs that a search wants, in order.
///
/// Three ways lead there. A short walk is tried first, and is all when matches are frequent; else the cheapest way is
/// taken by an estimate from short counts in the indexes:
/// - walking the runs, newest first, and testing each, until there are enough: good when many runs match;
/// - walking the index of the metric that is sorted by, the same way;
/// - collecting the runs that match one rare clause from that clause's index, testing the others on each, and sorting
///   what is left.
///
/// CROSS JOIN and INDEXED BY hold SQLite to the way chosen; it has no statistics that would let it choose well.
struct SearchPlanner {
  let db: Database
  private let search: RunSearch
  private let compiler: SearchCompiler
  /// What is asked of every run beside the clauses: its experiment and lifecycle.
  private let scope: [SQLText]
  /// The clauses, one by one.
  private let conditions: [SQLText]
  /// The orders that any run has a value for.
  private let orders: [RunOrder]
  private let experiments: [ExperimentID]?

  /// - Returns: nil when no run can match.
  init?(_ search: RunSearch, _ db: Database, _ store: RecordStore) throws {
    self.db = db
    self.search = search
    compiler = SearchCompiler(
      keys: KeyIDs(store, db), artifactFolder: store.folder.string + "/artifacts/")
    try SearchPlanner.checkOrders(search.order)
    guard search.limit > 0 else { return nil }
    experiments = try SearchPlanner.experiments(search, db)
    if let experiments, experiments.isEmpty { return nil }
    scope = SearchPlanner.scope(experiments, search.view)
    orders = try SearchPlanner.known(search.order, compiler)
    var conditions: [SQLText] = []
    for clause in search.filter.clauses {
      guard let condition = try compiler.condition(clause) else { return nil }
      conditions.append(condition)
    }
    self.conditions = conditions
  }

  /// A few thousand runs, which costs less than counting.
  static let shortWalk: Int32 = 50_000

  /// The numbers of the runs found.
  ///
  /// - Parameter shortWalk: the steps of SQLite's machine that the walk may take that is tried first; 0: none is tried.
  func numbers(shortWalk: Int32 = SearchPlanner.shortWalk) throws -> [Int64] {
    if isInOrder, shortWalk > 0, let found = try db.within(steps: shortWalk, walk) {
      return found
    }
    let total =
      try Int.fetchOne(
        db.cachedStatement(sql: "SELECT coalesce(max(number), 0) FROM runs")) ?? 0
    let seeds = try seeds(total: total)
    let cost = walkCost(total, seeds)
    if let seed = seeds.min(by: { $0.count < $1.count }),
      Double(seed.count) * Double(2 + conditions.count) < cost
    {
      return try collect(from: seed)
    }
    return try walk()
  }

  private func walk() throws -> [Int64] {
    if case .metric(let key)? = orders.first?.field, let id = try compiler.keys.known(key) {
      return try walkMetric(key, id)
    }
    return try select(
      SQLText("runs AS r \(index(for: orders))"), scope + conditions, orders, search.limit,
      search.offset)
  }

  /// The experiments that count; nil when all do.
  private static func experiments(_ search: RunSearch, _ db: Database) throws -> [ExperimentID]? {
    if let wanted = search.experiments { return wanted }
    let deleted = try Int.fetchOne(
      db.cachedStatement(
        sql: "SELECT EXISTS (SELECT 1 FROM experiments WHERE deleted IS NOT NULL)"))
    guard deleted == 1 else { return nil }
    return try Int64.fetchAll(
      db.cachedStatement(sql: "SELECT id FROM experiments WHERE deleted IS NULL")
    ).map(ExperimentID.init(number:))
  }

  private static func scope(_ experiments: [ExperimentID]?, _ view: LifecycleView) -> [SQLText] {
    var conditions: [SQLText] = []
    switch view {
    case .active: conditions.append(SQLText("r.deleted IS NULL"))
    case .deleted: conditions.append(SQLText("r.deleted IS NOT NULL"))
    case .all: break
    }
    if let experiments {
      let list = experiments.map { String($0.number) }.joined(separator: ",")
      conditions.append(SQLText("r.experiment IN (\(list))"))
    }
    return conditions
  }

  /// Orders by keys that no run has change nothing.
  private static func known(_ orders: [RunOrder], _ compiler: SearchCompiler) throws -> [RunOrder] {
    try orders.filter { try compiler.isKnown($0.field) }
  }

  private static func checkOrders(_ orders: [RunOrder]) throws {
    var seen: Set<RunField> = []
    for order in orders where !seen.insert(order.field).inserted {
      throw RecordFailure.orderedTwice(orders.map(\.field.text))
    }
  }

  /// The index that gives runs in order, when only the start time counts.
  private func index(for orders: [RunOrder]) -> String {
    let byTime = orders.isEmpty || orders.first?.field == .attribute(.startTime)
    if let experiments, experiments.count == 1 { return "INDEXED BY runs_of_experiment" }
    return byTime && search.view == .active ? "INDEXED BY runs_newest" : "NOT INDEXED"
  }

  private func select(
    _ source: SQLText, _ conditions: [SQLText], _ orders: [RunOrder], _ limit: Int, _ offset: Int,
    leading: String = ""
  ) throws -> [Int64] {
    let order = try compiler.order(orders)
    let query =
      SQLText("SELECT r.number FROM ") + source + SQLText("\(order.joins) WHERE ")
      + .all(conditions)
      + SQLText(" ORDER BY \(leading)\(order.terms) LIMIT ? OFFSET ?", [limit, offset])
    return try Int64.fetchAll(
      db.makeStatement(sql: query.sql), arguments: StatementArguments(query.arguments))
  }

  // MARK: Walking the index of a metric

  /// Runs in the order of a metric: those with a number, then those with NaN, then those without it.
  private func walkMetric(_ key: String, _ id: Int64) throws -> [Int64] {
    let rest = Array(orders.dropFirst())
    let direction = orders[0].isAscending ? "" : " DESC"
    let source = SQLText(
      """
      latest_metrics AS o INDEXED BY latest_by_value CROSS JOIN runs AS r ON r.number = o.run
      """)
    // Clauses about the same metric become bounds of the walk.
    var bounds: [SQLText] = []
    var others: [SQLText] = []
    for (clause, condition) in zip(search.filter.clauses, conditions) {
      if clause.subject == .metric(key) {
        bounds.append(compiler.metricTest(clause.test, on: "o.value"))
      } else {
        others.append(condition)
      }
    }
    let keyed = [SQLText("o.key = \(id)")] + bounds + scope + others

    var found = try select(
      source, keyed + [SQLText("o.value IS NOT NULL")], rest, search.limit, search.offset,
      leading: "o.value\(direction), ")
    var window = Window(limit: search.limit, offset: search.offset)
    func advance(_ source: SQLText, _ conditions: [SQLText], _ last: [Int64]) throws {
      try window.advance(found: last.count) { try count(source, conditions) }
    }
    try advance(source, keyed + [SQLText("o.value IS NOT NULL")], found)
    guard window.limit > 0 else { return found }

    let nan = keyed + [SQLText("o.value IS NULL")]
    let second = try select(source, nan, rest, window.limit, window.offset)
    found += second
    try advance(source, nan, second)
    guard window.limit > 0, bounds.isEmpty else { return found }

    let without = SQLText(
      "NOT EXISTS (SELECT 1 FROM latest_metrics AS m WHERE m.run = r.number AND m.key = \(id))")
    return try found
      + select(
        SQLText("runs AS r \(index(for: rest))"), scope + others + [without], rest, window.limit,
        window.offset)
  }

  private func count(_ source: SQLText, _ conditions: [SQLText]) throws -> Int {
    let query = SQLText("SELECT count(*) FROM ") + source + SQLText(" WHERE ") + .all(conditions)
    return try count(query)
  }

  private func count(_ query: SQLText) throws -> Int {
    try Int.fetchOne(
      db.makeStatement(sql: query.sql), arguments: StatementArguments(query.arguments)) ?? 0
  }

  /// What is still wanted of a list that is read in parts.
  private struct Window {
    var limit: Int
    var offset: Int

    /// - Parameters:
    ///   - found: how many rows the last part gave.
    ///   - count: how many it holds; asked only when it gave none.
    mutating func advance(found: Int, count: () throws -> Int) rethrows {
      limit -= found
      if found > 0 {
        offset = 0
      } else if offset > 0 {
        offset -= min(offset, try count())
      }
    }
  }

  // MARK: Starting from a rare clause

  /// A clause that an index answers, and how many rows it has there.
  private struct Seed {
    var source: SQLText
    var condition: SQLText
    var count: Int
    /// The place of the clause in the filter.
    var clause = 0
  }

  /// Counting stops here: what is not rare need not be known exactly.
  private static let countLimit = 20_000

  private func seeds(total: Int) throws -> [Seed] {
    try search.filter.clauses.enumerated().compactMap { index, clause in
      guard var seed = try seed(clause) else { return nil }
      seed.clause = index
      let query =
        SQLText("SELECT count(*) FROM (SELECT 1 FROM ") + seed.source + SQLText(" WHERE ")
        + seed.condition + SQLText(" LIMIT \(SearchPlanner.countLimit))")
      seed.count = try count(query)
      if seed.count == SearchPlanner.countLimit { seed.count = max(seed.count, total / 2) }
      return seed
    }
  }

  private func seed(_ clause: RunFilter.Clause) throws -> Seed? {
    switch (clause.subject, clause.test) {
    case (.metric, .number(.notEqual, _)): return nil
    case (.metric(let key), let test):
      return try indexed(
        "latest_metrics", "latest_by_value", key, compiler.test(test, on: "d.value"))
    case (.param(let key), .text(.equal, let text)):
      return try indexed("params", "params_by_value", key, text)
    case (.tag(let key), .text(.equal, let text)):
      return try indexed("tags", "tags_by_value", key, text)
    case (.attribute(.name), .text(.equal, let text)):
      return try indexed("tags", "tags_by_value", Tag.runName, text)
    case (.attribute(.runID), .text(.equal, _)), (.attribute(.runID), .list(true, _)):
      return Seed(source: SQLText("runs AS d"), condition: runIDs(clause.test), count: 0)
    default: return nil
    }
  }

  private func runIDs(_ test: RunFilter.Test) -> SQLText { compiler.test(test, on: "d.id") }

  private func indexed(_ table: String, _ index: String, _ key: String, _ text: String) throws
    -> Seed?
  {
    guard text.unicodeScalars.count <= Schema.indexedLength else { return nil }
    return try indexed(
      table, index, key,
      SQLText("d.value = ? AND length(d.value) <= \(Schema.indexedLength)", [text]))
  }

  private func indexed(
    _ table: String, _ index: String, _ key: String, _ condition: SQLText
  ) throws -> Seed? {
    guard let id = try compiler.keys.known(key) else { return nil }
    return Seed(
      source: SQLText("\(table) AS d INDEXED BY \(index)"),
      condition: SQLText("d.key = \(id) AND ") + condition, count: 0)
  }

  private func collect(from seed: Seed) throws -> [Int64] {
    var others = conditions
    others.remove(at: seed.clause)
    let isRuns = seed.source.sql == "runs AS d"
    return try select(
      seed.source
        + SQLText(" CROSS JOIN runs AS r ON r.number = \(isRuns ? "d.number" : "d.run")"),
      [seed.condition] + scope + others, orders, search.limit, search.offset)
  }

  /// How many steps a walk takes until it has found enough, as far as the counts tell.
  private func walkCost(_ total: Int, _ seeds: [Seed]) -> Double {
    let all = Double(max(total, 1))
    let share = seeds.reduce(1.0) { $0 * min(1, Double($1.count) / all) }
    let wanted = Double(search.limit) + Double(search.offset)
    let steps = share > 0 ? min(all, wanted / share) : all
    return (isInOrder ? steps : all) * Double(1 + conditions.count)
  }

  /// Whether a walk meets runs in the order wanted, and so may stop early.
  private var isInOrder: Bool {
    switch orders.first?.field {
    case nil, .attribute(.startTime): true
    case .metric: true
    default: false
    }
  }
}
