import GRDB
import Platform
import SystemPackage

/// Finds the numbers of the runs that a search wants, in order.
///
/// Three ways lead there. A short walk is tried first, and is all when matches are frequent; else the cheapest way is
/// taken by an estimate from short counts in the indexes:
/// - walking the runs, newest first, and testing each, until there are enough: good when many runs match;
/// - walking the index of the metric, parameter or tag that is sorted by, the same way;
/// - collecting the runs that match one rare clause from that clause's index, testing the others on each, and sorting
///   what is left.
///
/// CROSS JOIN and INDEXED BY hold SQLite to the way chosen; it has no statistics that would let it choose well.
struct SearchPlanner {
  let db: Database
  let search: RunSearch
  let compiler: SearchCompiler
  /// What is asked of every run beside the clauses: its experiment and lifecycle.
  let scope: [SQLText]
  /// The clauses, one by one.
  let conditions: [SQLText]
  /// The orders that any run has a value for.
  let orders: [RunOrder]
  private let experiments: [ExperimentID]?
  /// The values that are sorted by first, when an index has all of them in order.
  private let values: OrderedValues?

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
    if let first = orders.first {
      values = try OrderedValues(first.field, compiler.keys, db)
    } else {
      values = nil
    }
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
    if let values { return try walk(values) }
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

  /// The index that gives runs in the order of what is sorted by first, as far as there is one.
  func index(for orders: [RunOrder]) -> String {
    if isByName { return "INDEXED BY runs_named" }
    let byTime = orders.isEmpty || orders.first?.field == .attribute(.startTime)
    if let experiments, experiments.count == 1 { return "INDEXED BY runs_of_experiment" }
    return byTime && search.view == .active ? "INDEXED BY runs_newest" : "NOT INDEXED"
  }

  /// Whether names come first, of runs that the index of names has.
  private var isByName: Bool {
    orders.first?.field == .attribute(.name) && search.view == .active
  }

  func select(
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
    case .attribute(.name): isByName
    case .metric, .param, .tag: values != nil
    default: false
    }
  }
}
